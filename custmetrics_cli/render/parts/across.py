"""The table of a series with its periods as columns: totals down and periods across, or groups down and periods across."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.render.numbers import value_text
from custmetrics_cli.render.page import Header, Line, Page, Table
from custmetrics_cli.render.parts.groups import group_cells
from custmetrics_cli.render.parts.totals import in_columns, signs, total_cell, value_signs

if TYPE_CHECKING:
    from custmetrics_cli.core.result import Result

NO_VALUE = "n/a"


def across(results: Sequence[Result], by: Sequence[str]) -> Page:
    """Return the table with the reasons for missing values below it. Empty for one period, and for comparisons."""
    periods = list(dict.fromkeys(result.period for result in results))
    if len(periods) < 2 or any(result.comparison or result.target or result.band for result in results):
        return []
    if by:
        return [_groups_down(results, by), *_reasons(results, by)]
    return [_totals_down(results), *_reasons(results, by)] if in_columns(results[0]) else []


def _periods(results: Sequence[Result]) -> list[Header]:
    partial = {result.period.name for result in results if not result.complete}
    names = dict.fromkeys(result.period.name for result in results)
    return [Header(f"{name} (partial)" if name in partial else name, right=True) for name in names]


def _totals_down(results: Sequence[Result]) -> Table:
    """Return a row for the value and one for each total. The value follows the totals that add up to it."""
    first = results[0]
    signed, parts = signs(first), value_signs(first)
    name = _with_currency(first.metric.name, results)
    rows = {
        total: (f"{signed.get(total, '')} {total}".strip(), *(total_cell(each, total) for each in results)) for total in in_columns(first)
    }
    value = (f"= {name}" if parts else name, *map(_value, results))
    before = [row for total, row in rows.items() if total in parts]
    return Table(
        (Header(""), *_periods(results)), [*before, value, *(row for total, row in rows.items() if total not in parts)], key_columns=1
    )


def _groups_down(results: Sequence[Result], by: Sequence[str]) -> Table:
    """Return a row for each group."""
    headers = _periods(results)
    periods = dict.fromkeys(result.period.name for result in results)
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for result in results:
        rows.setdefault(tuple(group_cells(result, by)), dict.fromkeys(periods, ""))[result.period.name] = _value(result)
    names = [Header(_with_currency(by[0], results)), *map(Header, by[1:])]
    return Table((*names, *headers), [(*name, *cells.values()) for name, cells in rows.items()], key_columns=len(by))


def _with_currency(name: str, results: Sequence[Result]) -> str:
    currencies = {result.currency for result in results if result.currency and result.unit == "money"}
    return f"{name} ({currencies.pop()})" if len(currencies) == 1 else name


def _value(result: Result) -> str:
    return value_text(result.value, result.unit)


def _reasons(results: Sequence[Result], by: Sequence[str]) -> Page:
    """Return each reason for a missing value, with the first of its periods."""
    reasons: dict[str, str] = {}
    for result in results:
        if result.value is None and result.reason:
            reasons.setdefault(result.reason, ", ".join([result.period.name, *group_cells(result, by)]))
    return [Line(f"{NO_VALUE} in {where}: {reason}") for reason, where in reasons.items()]
