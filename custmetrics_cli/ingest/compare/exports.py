"""Two exports of the same tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.result import Notice
from custmetrics_cli.tables import TABLES, Table

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded


class Exports(NamedTuple):
    """The old and the new export."""

    old: Loaded
    new: Loaded

    @property
    def tables(self) -> list[str]:
        """The tables of both exports. Raise CustmetricsError E168 without any."""
        shared = [name for name in TABLES if name in self.old.frames and name in self.new.frames]
        if not shared:
            old, new = (" and ".join(sorted(side.frames)) or "no table that a metric uses" for side in self)
            message = f"nothing to compare: OLD contains {old}, NEW contains {new}"
            raise CustmetricsError(Problem("E168", message, hint="name two exports of the same table; TABLE=FILE sets the table of a file"))
        return shared

    def with_shared_tables(self) -> Exports:
        """Return the exports with nothing but the tables of both."""
        shared = self.tables
        return Exports(*(side.only_tables(shared) for side in self))

    def check_columns(self) -> None:
        """Raise CustmetricsError E341 if one side has a declared column that the other does not have: all rows would differ."""
        problems = [problem for table in self.tables for problem in self._missing_columns(TABLES[table])]
        if problems:
            raise CustmetricsError(*problems)

    def _missing_columns(self, table: Table) -> Iterator[Problem]:
        for column in table.columns:
            in_old, in_new = (column.name in side.present[table.name] for side in self)
            if in_old != in_new:
                without, other = (_path(side, table.name) for side in (self if in_new else self[::-1]))
                message = f"{table.name} has no column {column.name}, unlike {other}"
                yield Problem("E341", message, Place(without), f"export both files with it, or leave it out: --column {column.name}=")

    def warnings(self) -> Iterator[Notice]:
        """Yield a warning for tables and columns that only one side has, and that are not compared."""
        for name, side, other in (("OLD", *self), ("NEW", *self[::-1])):
            if tables := [table for table in side.frames if table not in other.frames]:
                yield Notice("W240", f"not compared, because only {name} has it: {' and '.join(tables)}")
            for table in (table for table in side.frames if table in other.frames):
                extra = [column for column in side.headers[table] if column not in (*other.headers[table], *TABLES[table].by_name)]
                if extra:
                    yield Notice("W241", f"{table}: not compared, because only {name} has it: {', '.join(extra)}")


def _path(side: Loaded, table: str) -> str:
    return next((report.path for report in side.inputs if report.table == table), table)
