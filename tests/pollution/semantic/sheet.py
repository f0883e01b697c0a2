"""A table by roles: its headers and cells can be changed without losing their meaning."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple


class Column(NamedTuple):
    role: str  # "" for a column that has none
    header: str
    cells: tuple[str, ...]


class Sheet(NamedTuple):
    """A file as columns, from left to right."""

    file: str
    columns: tuple[Column, ...]

    def cells(self, role: str) -> tuple[str, ...]:
        return self._column(role).cells

    def header(self, role: str) -> str:
        return self._column(role).header

    def renamed(self, **headers: str) -> Sheet:
        return self._replaced(lambda column: column._replace(header=headers.get(column.role, column.header)))

    def mapped(self, role: str, words: Mapping[str, str] | Callable[[str], str]) -> Sheet:
        """Change the cells of a role. Words that are not mapped stay."""
        change = words if callable(words) else lambda cell: words.get(cell, cell)
        return self.filled(role, [change(cell) for cell in self.cells(role)])

    def filled(self, role: str, cells: Sequence[str]) -> Sheet:
        return self._replaced(lambda column: column._replace(cells=tuple(cells)) if column.role == role else column)

    def moved(self, role: str, to: int) -> Sheet:
        """Move a column. to: its new position, -1 for the last."""
        moving = self._column(role)
        rest = [column for column in self.columns if column is not moving]
        rest.insert(to if to >= 0 else len(rest), moving)
        return self._replace(columns=tuple(rest))

    def with_column(self, header: str, cells: Sequence[str], at: int = -1, role: str = "") -> Sheet:
        """Add a column. cells are repeated to the length of the table."""
        rows = len(self.columns[0].cells)
        columns = list(self.columns)
        columns.insert(at if at >= 0 else len(columns), Column(role, header, tuple(cells[n % len(cells)] for n in range(rows))))
        return self._replace(columns=tuple(columns))

    def without(self, *roles: str) -> Sheet:
        return self._replace(columns=tuple(column for column in self.columns if column.role not in roles))

    def with_row(self, **cells: str) -> Sheet:
        """Add a row. A column that is not named repeats its last cell."""
        return self._replaced(lambda column: column._replace(cells=(*column.cells, cells.get(column.role, column.cells[-1]))))

    def text(self) -> str:
        out = io.StringIO()
        rows = zip(*(column.cells for column in self.columns), strict=True)
        csv.writer(out, lineterminator="\n").writerows([[column.header for column in self.columns], *rows])
        return out.getvalue()

    def _column(self, role: str) -> Column:
        return next(column for column in self.columns if column.role == role)

    def _replaced(self, change: Callable[[Column], Column]) -> Sheet:
        return self._replace(columns=tuple(map(change, self.columns)))


def sheet(file: str, header: str, *rows: str) -> Sheet:
    """Return a sheet whose headers are the names of the roles. The cells of a row stand between commas."""
    cells = zip(*(row.split(",") for row in rows), strict=True)
    return Sheet(file, tuple(Column(role, role, column) for role, column in zip(header.split(","), cells, strict=True)))
