"""A grid as a sheet: a row's name and size, a column per age, and under them the means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.render.numbers import value_text
from custmetrics_cli.render.page import SHADES, Heading, Page, Table

if TYPE_CHECKING:
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.result import Grid


def grid_page(grid: Grid) -> Page:
    heads = (Heading(grid.head), Heading("size", right=True), *(Heading(name, right=True) for name in grid.columns))
    rows = [(row.name, _cell(row.size, grid.size_unit), *(_cell(cell, grid.unit) for cell in row.cells)) for row in grid.rows]
    means = [(grid.averaged_by or "mean", "", *(_cell(mean, grid.unit) for mean in grid.averages))] if grid.averages else []
    return [Table(heads, [*rows, *means], key_columns=2, shading=_shades(grid))]


def _cell(value: Number | None, unit: str) -> str:
    """What is not known is empty; money is without its currency, which is said once."""
    return "" if value is None else value_text(value, unit)


def _shades(grid: Grid) -> list[tuple[int, ...]]:
    """By the largest cell of the grid; means stand apart."""
    largest = max((cell for row in grid.rows for cell in row.cells if cell is not None), default=0)
    return [(0, 0, *(_shade(cell, largest) for cell in row.cells)) for row in grid.rows]


def _shade(cell: Number | None, largest: Number) -> int:
    """
    >>> [_shade(cell, 10) for cell in (None, -3, 0, 1, 2, 3, 10)]
    [0, 0, 0, 1, 1, 2, 5]
    """
    return 0 if cell is None or cell <= 0 else int(-(-cell * SHADES // largest))
