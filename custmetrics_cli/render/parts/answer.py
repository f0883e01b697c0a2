"""An answer as a page: one table per metric and definition, the formula in words and its totals under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.render.numbers import days, difference_text, formula_text, interval_text, signed_text, sparkline, value_text
from custmetrics_cli.render.page import Heading, Line, Page, Table, aligned, amounts_in, period_text, settings_text, skipped_rows
from custmetrics_cli.render.parts.formulas import NAME, expanded, formula_lines
from custmetrics_cli.render.parts.grid import grid_page
from custmetrics_cli.render.parts.options import asked_with, in_formulas
from custmetrics_cli.render.parts.targets import benchmark_lines, target_text
from custmetrics_cli.render.parts.totals import counted, definition, in_columns, leading, numbers, total

if TYPE_CHECKING:
    from custmetrics_cli.core.answers.answer import Answer
    from custmetrics_cli.core.result import Comparison, Result

ABSENT = "(none)"  # a segment that is missing
VERDICTS = {True: "can be told from chance", False: "cannot be told from chance", None: ""}


class _Column(NamedTuple):
    """A column of the table of results; one that is empty throughout is not shown, unless it must be."""

    head: Heading
    cell: Callable[[Result], str]
    must: bool = False


def answer_page(answer: Answer, ascii: bool = False) -> Page:
    """Everything an answer says to a person, warnings excepted."""
    if not answer.results:
        return [Line("no results: no row is left to count"), *settings_text(answer.policies), *skipped_rows(answer.inputs)]
    page: Page = []
    for _, each in groupby(answer.results, lambda result: (result.metric.name, result.definition)):
        page += [*([Line()] if page else []), *_section(list(each), answer.by, ascii)]
    return [*page, *_amounts(answer), *settings_text(answer.policies), *skipped_rows(answer.inputs)]


def _amounts(answer: Answer) -> Page:
    """The currency of totals and grids, where no value stands beside them that names it."""
    named = {result.currency for result in answer.results if result.unit == "money" and result.value is not None}
    return amounts_in({result.currency for result in answer.results if result.has_money} - named)


def _section(results: Sequence[Result], by: tuple[str, ...], ascii: bool) -> Page:
    shown_columns = [c for c in _columns(results, by or tuple(results[0].group)) if c.must or any(c.cell(r) for r in results)]
    table = Table(tuple(c.head for c in shown_columns), [tuple(c.cell(result) for c in shown_columns) for result in results])
    below = [*_sparklines(results, ascii), *_grids(results), *_words(results), *benchmark_lines(results)]
    return [Line(_title(results), strong=True), table, *below]


def _title(results: Sequence[Result]) -> str:
    first, last = results[0], results[-1]
    name = first.metric.title + ("" if first.definition == "standard" else f" ({first.definition})")
    if first.period == last.period:
        return f"{name}, {period_text(first.period)}{'' if first.complete else ', incomplete'}"
    return f"{name}, {first.period.name} to {last.period.name} ({days(first.period.start, last.period.end)})"


def _columns(results: Sequence[Result], by: Sequence[str]) -> list[_Column]:
    first = results[0]
    level = next((f"{float(100 * r.interval.level):g} % interval" for r in results if r.interval), "")
    return [
        *([_Column(Heading("period"), _period)] if first.period != results[-1].period else []),
        *(_group_column(name) for name in by),
        _Column(Heading(first.metric.name, right=True, strong=True), _value, must=True),
        _Column(Heading("rule of thumb"), lambda result: result.band or ""),
        _Column(Heading("target"), lambda result: target_text(result.target)),
        _Column(Heading("how"), _how),
        _Column(Heading(level), _interval),
        _Column(Heading("compared with"), lambda result: _compared(result, result.comparison)),
        _Column(Heading("difference"), lambda result: _difference(result, result.comparison)),
        _Column(Heading("verdict"), lambda result: VERDICTS[result.comparison.is_significant] if result.comparison else ""),
        *(_ledger(results) if len(results) > 1 else []),
    ]


def _period(result: Result) -> str:
    return result.period.name + ("" if result.complete else " (incomplete)")


def _group_column(name: str) -> _Column:
    return _Column(Heading(name), lambda result: _segment(result.group.get(name)), must=True)


def _segment(value: str | None) -> str:
    return ABSENT if value is None else value


def _value(result: Result) -> str:
    return value_text(result.value, result.unit, result.currency)


def _how(result: Result) -> str:
    """The formula with its numbers, where that says more than the value; why there is none, where there is none."""
    if result.reason:
        return result.reason
    known = in_formulas(result.options) | {name: total(result, name) for name in result.totals}
    filled = NAME.sub(lambda name: known.get(name[0], name[0]), formula_text(expanded(definition(result))))
    return "" if filled == value_text(result.value, result.unit) else filled


def _interval(result: Result) -> str:
    interval = result.interval
    return interval_text(interval.low, interval.high, result.unit, result.currency) if interval else ""


def _compared(result: Result, other: Comparison | None) -> str:
    """Where only a part of the period is compared, the value of that too: the difference is between what stands here."""
    if other is None:
        return ""
    unit, money = result.unit, result.currency
    then = f"{value_text(other.value, unit, money)} ({other.period.name}{'' if other.complete else ', incomplete'})"
    return then + (f", to {value_text(other.value_of_span, unit, money)} in {other.span.name}" if other.span else "")


def _difference(result: Result, other: Comparison | None) -> str:
    if other is None:
        return ""
    interval, unit = other.interval, result.unit
    return difference_text(other.difference, unit, result.currency) + (
        f" ({signed_text(interval.low, unit)} to {signed_text(interval.high, unit)})" if interval else ""
    )


def _ledger(results: Sequence[Result]) -> list[_Column]:
    signs = leading(results[0])
    return [_total_column(name, signs.get(name, "")) for name in in_columns(results[0])]


def _total_column(name: str, sign: str) -> _Column:
    return _Column(Heading(f"{sign} {name}".strip(), right=True), lambda result: total(result, name))


def _words(results: Sequence[Result]) -> Page:
    """The formula and its options, then the totals with what they count; all, with their numbers, where there is one result."""
    first = results[0]
    formula = [*formula_lines(first.metric, first.definition), *asked_with(first.options)]
    return [*formula, *(numbers(first) if len(results) == 1 else counted(first)), *_overlapping(first)]


def _overlapping(result: Result) -> Page:
    names = ", ".join(result.overlapping)
    return [Line(f"groups overlap: who is in several counts in each, so these do not add up: {names}")] if names else []


def _grids(results: Sequence[Result]) -> Page:
    """Each under its period and group where there are several results."""
    page: Page = []
    for result in results:
        which = ", ".join([_period(result), *(_segment(value) for value in result.group.values())])
        page += [*([Line(which)] if len(results) > 1 else []), *grid_page(result.grid)] if result.grid and result.grid.rows else []
    return page


def _sparklines(results: Sequence[Result], ascii: bool) -> Page:
    """One line per group of a series, from its lowest to its highest value."""
    series: dict[tuple[str | None, ...], list[Result]] = {}
    for result in results:
        series.setdefault(tuple(result.group.values()), []).append(result)
    rows = [_spark(group, each, ascii) for group, each in series.items() if len(each) > 1]
    return aligned([row for row in rows if row])


def _spark(group: tuple[str | None, ...], results: Sequence[Result], ascii: bool) -> tuple[str, ...]:
    values = [result.value for result in results]
    known = [value for value in values if value is not None]
    if not known:
        return ()
    unit, currency = results[0].unit, results[0].currency
    name = ", ".join(_segment(value) for value in group) or results[0].metric.name
    return (name, sparkline(values, ascii), f"{value_text(min(known), unit, currency)} to {value_text(max(known), unit, currency)}")
