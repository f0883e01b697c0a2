"""Merged cells: a text or a day that is merged over several rows belongs to each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from custmetrics_cli.ingest.model import RefusedCell
from custmetrics_cli.ingest.open.excel.cell_text import address
from custmetrics_cli.ingest.open.excel.marks import Position

NUMBERS = (float, int)


class MergedCells:
    """The merged cells of a sheet that cover several rows.

    They are filled down only into rows that hold a number or a day: other rows are lines of the header.
    """

    def __init__(self, ranges: Iterable[tuple[Position, Position]]) -> None:
        self.rows: dict[int, list[Position]] = defaultdict(list)  # row -> first cells of the ranges that cover it
        self._values: dict[Position, Any] = {}
        for (first, left), (last, _) in ranges:
            for row in range(first, last + 1) if last > first else ():
                self.rows[row].append((first, left))

    def fill(self, row: int, cells: list[Any]) -> Iterator[RefusedCell]:
        """Fill the merged cells of a row. Yield the numbers: one number for several rows may be a total of them."""
        has_data = any(isinstance(value, (*NUMBERS, date)) for value in cells)
        for first, column in self.rows[row]:
            if column >= len(cells):
                continue
            if first == row:
                self._values[first, column] = cells[column]
            value = self._values.get((first, column), "")
            if type(value) in NUMBERS:
                yield self._refused(row, column)
            elif has_data and first != row:
                cells[column] = value

    def _refused(self, row: int, column: int) -> RefusedCell:
        hint = "unmerge the cells, and write the number that belongs to each row"
        return RefusedCell(row + 1, column + 1, "E222", f"cell {address(row, column)} is a number merged over several rows", hint, "")
