"""The columns that --by and --where name: of the table that is split, or TABLE.COLUMN of another.

A header of the table itself that is written so, with its dot, comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.errors import CustmetricsError, Problem, near
from custmetrics_cli.tables import TABLES
from custmetrics_cli.tables.shared.column import Column

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded

WHO = "customer_id"


class ColumnRef(NamedTuple):
    """A column, and the table whose it is; '' = the one that is split.

    >>> ColumnRef.parse("customers.plan"), ColumnRef.parse("plan")
    (ColumnRef(table='customers', column='plan'), ColumnRef(table='', column='plan'))
    """

    table: str
    column: str

    @classmethod
    def parse(cls, name: str) -> ColumnRef:
        table, dot, column = name.partition(".")
        return cls(table, column) if dot and table in TABLES else cls("", name)

    @property
    def declared_column(self) -> Column | None:
        return TABLES[self.table].by_name.get(self.column)


def of_tables(names: Iterable[str]) -> dict[str, list[str]]:
    """The columns named with their table, by that."""
    found: dict[str, list[str]] = {}
    for table, column in map(ColumnRef.parse, names):
        if table:
            found.setdefault(table, []).append(column)
    return found


@dataclass(frozen=True, eq=False, repr=False)
class ColumnResolver:
    """What names mean for one table. instead: tables that could be split in its place. whose: those whose columns come before its own."""

    loaded: Loaded
    table: str
    instead: tuple[str, ...] = ()
    whose: tuple[str, ...] = ()

    def of(self, name: str) -> ColumnRef:
        """Raises CustmetricsError E124 where no table has it, E134, E135 where rows cannot be told by it."""
        there = ColumnRef.parse(name)
        if not there.table or name in self._names(self.table):
            there = ColumnRef(next(self._of_customers(name), self.table), name)
        if there.table not in self.loaded.frames:
            hint = f"say which it is: {there.table}=FILE; `custmetrics inspect FILE` shows what is found"
            raise CustmetricsError(Problem("E134", f"{name} needs {there.table}, and no file is one", hint=hint))
        if there.column not in self.loaded.words[there.table] and there.column not in self._names(there.table):
            raise self._nowhere(there)
        if there.table != self.table:
            self._same_customers(name, there.table)
        return there

    def _of_customers(self, name: str) -> Iterator[str]:
        """The tables of whose that have the column, and customers in common with the table."""
        there = (table for table in self.whose if table in self.loaded.frames and self._has_customers(self.table))
        return (table for table in there if name in self._names(table))

    def words(self, name: str) -> Sequence[str]:
        """The words of a column, in order. Raises CustmetricsError E125 where it holds none, and what `of` does."""
        table, column = self.of(name)
        words = self.loaded.words.get(table, {})
        if column in words:
            return words[column]
        raise CustmetricsError(
            Problem("E125", f"{column} of {table} holds no words to split or filter by", hint=near("", self._names(table)))
        )

    def _same_customers(self, name: str, other: str) -> None:
        for table in (self.table, other):
            if not self._has_customers(table):
                mend = f"say which column it is: --column {table}.{WHO}=…"
                hint = mend if WHO in TABLES[table].by_name else f"no row of {table} is of a customer: split by a column of its own"
                raise CustmetricsError(Problem("E135", f"{table} has no {WHO}, by which {name} could be looked up", hint=hint))

    def _has_customers(self, table: str) -> bool:
        return WHO in self._names(table)

    def _nowhere(self, there: ColumnRef) -> CustmetricsError:
        mine = self._names(there.table)
        others = [name for name in dict.fromkeys((*self.instead, *self.loaded.headers)) if there.column in self._names(name)]
        joined = [name for name in others if self._has_customers(name)] if self._has_customers(there.table) else []
        has, hint = "", near(there.column, [*mine, *self._elsewhere()] if "." in there.column else mine)
        if joined:
            has, hint = f"; {joined[0]} has", f"take it from there, as --by {joined[0]}.{there.column}"
        elif taken := [name for name in others if name in self.loaded.frames]:
            has = f"; {taken[0]} has, but this takes {there.table} too: both must have it"
        return CustmetricsError(Problem("E124", f"{there.table} has no column {there.column!r}{has}", hint=hint))

    def _elsewhere(self) -> list[str]:
        """What could be asked for of other tables."""
        others = [name for name in self.loaded.headers if name != self.table and self._has_customers(name)]
        return [f"{name}.{column}" for name in others for column in self._names(name)]

    def _names(self, table: str) -> list[str]:
        """What files have, without what we make of it."""
        declared = [name for name in sorted(self.loaded.present.get(table, ())) if name in TABLES[table].by_name]
        return list(dict.fromkeys([*self.loaded.headers.get(table, ()), *declared]))
