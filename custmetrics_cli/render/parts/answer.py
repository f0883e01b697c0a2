"""An answer as a page: for each metric a title, a table, its exhibits, the formula and the totals; below them a footer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from custmetrics_cli.render.page import Line, Page, aligned
from custmetrics_cli.render.parts.across import across
from custmetrics_cli.render.parts.definitions.sources import source_lines
from custmetrics_cli.render.parts.exhibits import bar_row, exhibit_pages
from custmetrics_cli.render.parts.footer import footer, scoped
from custmetrics_cli.render.parts.formulas import formula_lines
from custmetrics_cli.render.parts.groups import group_cells
from custmetrics_cli.render.parts.results import interval_lines, period_cell, results_table
from custmetrics_cli.render.parts.targets import benchmark_lines
from custmetrics_cli.render.parts.totals import glossary, ledger
from custmetrics_cli.render.text import days_text, period_text

if TYPE_CHECKING:
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.result import Answer, Result

SOURCES = {
    "preset": "of this export",
    "header": "in the header",
    "labels": "in the cells",
    "words": "of words",
}  # of options that a file settles


def answer_page(answer: Answer, ascii: bool = False) -> Page:
    """Return everything but the warnings."""
    page: Page = [] if answer.results else [Line("no results: no rows are left to count")]
    for _, results in groupby(answer.results, lambda result: (result.metric.name, result.definition)):
        page += [*([Line()] if page else []), *_section(list(results), answer, ascii)]
    options = [option for result in answer.results for option in _options(result)]
    return [*page, *footer([*options, *answer.policies.items()], answer.inputs, _unnamed_currencies(answer))]


def _options(result: Result) -> Iterator[tuple[str, str | Number]]:
    """Yield the options of a metric. One that a file settles names its source."""
    for name, value in result.options.items():
        source = SOURCES.get(result.option_sources.get(name, ""))
        yield name, f"{value} ({source})" if source else value


def _unnamed_currencies(answer: Answer) -> set[str | None]:
    """Return the currencies of totals and exhibits that no value names."""
    named = {result.currency for result in answer.results if result.unit == "money" and result.value is not None}
    return {result.currency for result in answer.results if result.has_money} - named


def _section(results: Sequence[Result], answer: Answer, ascii: bool) -> Page:
    """Return the page of one metric in one definition."""
    first = results[0]
    return [
        Line(scoped(_title(results), answer.policies), strong=True),
        Line(),
        *_tables(with_total(results, answer), answer.by or tuple(first.group)),
        *interval_lines(results),
        *(_series(results, ascii) if not answer.by else []),
        *_exhibits(results, ascii),
        *(Line(line) for result in results for line in result.lines),
        *formula_lines(first.metric, first.definition),
        *_description(first),
        *source_lines(results),
        *(ledger(first) if len(results) == 1 else glossary(first)),
        *_overlap(first),
        *benchmark_lines(results),
    ]


def with_total(results: Sequence[Result], answer: Answer) -> list[Result]:
    """Return the results of one metric and, with --by, those of all groups together."""
    return [*results, *(total for total in answer.total if (total.metric, total.definition) == (results[0].metric, results[0].definition))]


def _tables(results: Sequence[Result], by: Sequence[str]) -> Page:
    return across(results, by) or [results_table(results, by)]


def _title(results: Sequence[Result]) -> str:
    first, last = results[0], results[-1]
    name = first.title
    if first.period == last.period:
        return f"{name}, {period_text(first.period)}{'' if first.complete else ', partial period'}"
    return f"{name}, {first.period.name} to {last.period.name} ({days_text(first.period.start, last.period.end)})"


def _description(result: Result) -> Page:
    """Return the remark on a definition that its totals do not explain: a named one, or one that uses other metrics.

    `explain` shows the remarks of all definitions.
    """
    definition = result.metric.definitions[result.definition]
    repeated = definition.description in {total.description for total in result.metric.totals.values()}
    needed = result.definition != "standard" or definition.uses
    return [Line(f"   {definition.description}")] if needed and definition.description and not repeated else []


def _overlap(result: Result) -> Page:
    names = ", ".join(result.overlapping)
    return [Line(f"a customer can be in several groups, so these do not add up to the total: {names}")] if names else []


def _exhibits(results: Sequence[Result], ascii: bool) -> Page:
    """Return the exhibits. Those of several results are below their period and group."""
    pages = [(result, exhibit_pages(result, ascii)) for result in results]
    if len(results) == 1:
        return pages[0][1]
    return [piece for result, page in pages if page for piece in (Line(_name(result)), *page)]


def _name(result: Result) -> str:
    by = tuple(result.group) if result.group or not result.folded else ("",)
    return ", ".join([period_cell(result), *group_cells(result, by)])


def _series(results: Sequence[Result], ascii: bool) -> Page:
    """Return a line of bars for a series."""
    first = results[0]
    bars = bar_row(first.metric.name, [result.value for result in results], first.unit, ascii, first.currency) if len(results) > 1 else ()
    return aligned([bars]) if bars else []
