"""Exhibits on a page: a table of figures, or a curve with a row for each point."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from custmetrics_cli.core import exhibits
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.render.numbers import interval_text, sparkline, total_text, value_text
from custmetrics_cli.render.page import SHADES, Header, Page, Table, aligned

if TYPE_CHECKING:
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.result import Result


def exhibit_pages(result: Result, ascii: bool = False) -> Page:
    """Return the exhibits of a result that have rows."""
    return [piece for exhibit in (*result.tables, *result.curves) for piece in DRAWN[type(exhibit)](exhibit, ascii, result.currency)]


def _table_page(table: exhibits.Table, ascii: bool, currency: str | None) -> Page:
    """Return a row for each row of the table, then its averages."""
    headers = (Header(table.row_header), Header("size", right=True), *(Header(name, right=True) for name in table.columns))
    rows = [
        (row.name, _cell(row.size, table.size_unit, currency), *(_cell(cell, table.unit, currency) for cell in row.cells))
        for row in table.rows
    ]
    means = [(table.averaged_by or "mean", "", *(_cell(mean, table.unit, currency) for mean in table.averages))] if table.averages else []
    return [Table(headers, [*rows, *means], key_columns=2, shading=_shading(table))] if rows else []


def _cell(value: Number | None, unit: str, currency: str | None) -> str:
    """Return '' for an unknown value. The footer names the currency."""
    return "" if value is None else value_text(value, unit, currency, named=False)


def _shading(table: exhibits.Table) -> list[tuple[int, ...]]:
    """Shade each cell in proportion to the largest one. Averages are not shaded."""
    largest = max((cell for row in table.rows for cell in row.cells if cell is not None), default=0)
    return [(0, 0, *(_shade(cell, largest) for cell in row.cells)) for row in table.rows]


def _shade(cell: Number | None, largest: Number) -> int:
    """Return the shade of a cell.

    >>> [_shade(cell, 10) for cell in (None, -3, 0, 1, 2, 3, 10)]
    [0, 0, 0, 1, 1, 2, 5]
    """
    return 0 if cell is None or cell <= 0 else int(-(-cell * SHADES // largest))


def _curve_page(curve: exhibits.Curve, ascii: bool, currency: str | None) -> Page:
    """Return a row for each point, then the curve as a line of bars."""
    level = next((f"{float(100 * point.interval.level):g} % interval" for point in curve.points if point.interval), "")
    rows = [(position_text(point), _cell(point.value, curve.unit, currency), _interval(point, curve.unit)) for point in _listed(curve)]
    headers = (Header(curve.axis), Header(curve.name, right=True, strong=True), Header(level))
    shown = 3 if level else 2
    bars = bar_row(curve.name, [point.value for point in curve.points], curve.unit, ascii)
    return [Table(headers[:shown], [row[:shown] for row in rows]), *aligned([bars] if bars else [])] if rows else []


def _listed(curve: exhibits.Curve) -> Sequence[exhibits.Point]:
    return [curve.points[number] for number in curve.listed] or curve.points


def position_text(point: exhibits.Point) -> str:
    return point.at.name if isinstance(point.at, Period) else total_text(point.at)


def _interval(point: exhibits.Point, unit: str) -> str:
    return interval_text(point.interval.low, point.interval.high, unit) if point.interval else ""


def bar_row(name: str, values: Sequence[Number | None], unit: str, ascii: bool, currency: str | None = None) -> tuple[str, ...]:
    """Return the name, a bar for each value, and the lowest and highest value; () if no value is known."""
    known = [value for value in values if value is not None]
    if not known:
        return ()
    return (name, sparkline(values, ascii), f"{value_text(min(known), unit, currency)} to {value_text(max(known), unit, currency)}")


DRAWN: dict[type, Callable[[Any, bool, str | None], Page]] = {exhibits.Table: _table_page, exhibits.Curve: _curve_page}
