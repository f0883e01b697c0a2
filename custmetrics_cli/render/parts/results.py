"""The table of results: a row for each result, a column for each fact that some result has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.render.numbers import difference_text, interval_text, signed_text, value_text
from custmetrics_cli.render.page import Header, Line, Page, Table
from custmetrics_cli.render.paper import Figure, Grid
from custmetrics_cli.render.parts.formulas import how_text
from custmetrics_cli.render.parts.groups import group_cells
from custmetrics_cli.render.parts.targets import target_text
from custmetrics_cli.render.parts.totals import in_columns, signs, total_cell

if TYPE_CHECKING:
    from fractions import Fraction

    from custmetrics_cli.core.data.comparison import Comparison
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.result import Result
    from custmetrics_cli.stats.intervals import Interval

NO_INTERVAL = "none"


class Column(NamedTuple):
    """A column of the table. It is left out if all its cells are empty, unless it is required."""

    header: Header
    cell: Callable[[Result], str]
    required: bool = False
    number: Callable[[Result], tuple[Number | None, str]] | None = None  # the exact value of a cell, and its unit


def results_table(results: Sequence[Result], by: Sequence[str]) -> Table:
    shown = _shown(results, by)
    return Table(tuple(column.header for column in shown), [tuple(column.cell(result) for column in shown) for result in results])


def results_grid(results: Sequence[Result], by: Sequence[str]) -> Grid:
    """Return the same table with the exact values of its cells."""
    shown = _shown(results, by)
    return Grid(tuple(column.header for column in shown), [tuple(_figure(column, result) for column in shown) for result in results])


def _shown(results: Sequence[Result], by: Sequence[str]) -> list[Column]:
    return [column for column in _columns(results, by) if column.required or any(column.cell(result) for result in results)]


def _figure(column: Column, result: Result) -> Figure:
    value, unit = column.number(result) if column.number else (None, "")
    return Figure(column.cell(result), value, unit, result.currency or "")


def _columns(results: Sequence[Result], by: Sequence[str]) -> list[Column]:
    first = results[0]
    level = next((f"{float(100 * r.interval.level):g} % interval" for r in results if r.interval), "interval")
    return [
        *([Column(Header("period"), period_cell)] if first.period != results[-1].period else []),
        *(_group_column(by, at) for at in range(len(by))),
        Column(
            Header(first.metric.name, right=True, strong=True), _value, required=True, number=lambda result: (result.value, result.unit)
        ),
        Column(Header("rule of thumb"), lambda result: result.band or ""),
        Column(Header("target"), lambda result: target_text(result.target)),
        Column(Header("how"), lambda result: result.reason or how_text(result)),
        Column(Header(level), _interval),
        Column(Header("compared with"), lambda result: _other_value(result, result.comparison)),
        Column(Header("difference"), lambda result: _difference(result, result.comparison)),
        Column(Header("per 30 days"), lambda result: _per_days(result, result.comparison)),
        Column(Header("verdict"), lambda result: result.comparison.verdict if result.comparison else ""),
        *(_total_columns(first) if len(results) > 1 else []),
    ]


def period_cell(result: Result) -> str:
    return result.period.name + ("" if result.complete else " (partial)")


def _group_column(by: Sequence[str], at: int) -> Column:
    return Column(Header(by[at]), lambda result: group_cells(result, by)[at], required=True)


def _value(result: Result) -> str:
    return value_text(result.value, result.unit, result.currency)


def _exact(result: Result) -> tuple[Number | None, str]:
    return result.value, result.unit


def _interval(result: Result) -> str:
    interval = result.interval
    if interval is None:
        return NO_INTERVAL if result.interval_reason and result.value is not None else ""
    return interval_text(interval.low, interval.high, result.unit, result.currency)


def _other_value(result: Result, other: Comparison | None) -> str:
    """Return the value of the other period. If only a part of this period is compared, return the value of that part too."""
    if other is None:
        return ""
    unit, currency = result.unit, result.currency
    text = f"{value_text(other.value, unit, currency)} ({other.period.name}{'' if other.complete else ', partial'})"
    return text + (f" against {value_text(other.value_of_span, unit, currency)} ({other.span.name})" if other.span else "")


def _difference(result: Result, other: Comparison | None) -> str:
    return "" if other is None else _with_interval(result, other.difference, other.interval)


def _per_days(result: Result, other: Comparison | None) -> str:
    """Return the difference of the rates per 30 days, for periods of unequal length."""
    return "" if other is None or other.per_days is None else _with_interval(result, other.per_days.difference, other.per_days.interval)


def _with_interval(result: Result, difference: Fraction | None, interval: Interval | None) -> str:
    unit = result.unit
    low, high = (signed_text(end, unit, result.currency) for end in (interval.low, interval.high)) if interval else ("", "")
    ends = f" ({low} to {high})" if interval else ""
    return difference_text(difference, unit, result.currency) + ends


def interval_lines(results: Sequence[Result]) -> Page:
    """Return why results and differences have no interval, each reason once."""
    reasons = [(result.interval_reason, "interval") for result in results if result.value is not None]
    reasons += [(result.comparison.interval_reason, "interval of the difference") for result in results if result.comparison]
    return [Line(f"no {what}: {reason}") for reason, what in dict.fromkeys(reasons) if reason]


def _total_columns(first: Result) -> list[Column]:
    signed = signs(first)
    return [_total_column(name, signed.get(name, "")) for name in in_columns(first)]


def _total_column(name: str, sign: str) -> Column:
    return Column(
        Header(f"{sign} {name}".strip(), right=True), lambda result: total_cell(result, name), number=lambda result: _total(result, name)
    )


def _total(result: Result, name: str) -> tuple[Number | None, str]:
    return result.totals.get(name), result.units.get(name, "count")
