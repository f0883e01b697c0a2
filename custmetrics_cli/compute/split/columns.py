"""The columns that --by and --where name: COLUMN of the table that is split, or TABLE.COLUMN of another table.

A header of the split table itself that contains the dot wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.errors import CustmetricsError, Problem, near
from custmetrics_cli.tables import TABLES
from custmetrics_cli.tables.shared.column import Column

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded

CUSTOMER = "customer_id"


class ColumnRef(NamedTuple):
    """A column and its table; "" is the table that is split.

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
    def declared(self) -> Column | None:
        """The declaration of the column; None: it is a column of the user's own."""
        return TABLES[self.table].by_name.get(self.column)


def columns_by_table(names: Iterable[str]) -> dict[str, list[str]]:
    """Return the columns that are named with their table.

    >>> columns_by_table(["plan", "customers.plan", "customers.country"])
    {'customers': ['plan', 'country']}
    """
    columns: dict[str, list[str]] = {}
    for table, column in map(ColumnRef.parse, names):
        if table:
            columns.setdefault(table, []).append(column)
    return columns


def no_file_hint(table: str) -> str:
    return f"name the file: {table}=FILE; `custmetrics inspect FILE` shows how a file is read"


@dataclass(frozen=True, eq=False, repr=False)
class ColumnResolver:
    """Finds the columns that names refer to, for one table that is split."""

    loaded: Loaded
    table: str
    alternatives: tuple[str, ...] = ()  # tables that could be split instead, for hints
    preferred: tuple[str, ...] = ()  # tables whose columns win over those of the split table

    def resolve(self, name: str) -> ColumnRef:
        """Return the column with its table. Raises CustmetricsError E124 (no such column), E134 (no file), E135 (no customers)."""
        ref = ColumnRef.parse(name)
        if not ref.table or name in self._columns(self.table):
            ref = ColumnRef(self._table_of(name), name)
        ref = ColumnRef(ref.table, self.loaded.column_named(ref.table, ref.column))
        if ref.table not in self.loaded.frames:
            raise CustmetricsError(Problem("E134", f"{name} needs a {ref.table} file", hint=no_file_hint(ref.table)))
        if ref.column not in self.loaded.words[ref.table] and ref.column not in self._columns(ref.table):
            raise self._no_such_column(ref)
        if ref.table != self.table:
            self._check_customers(name, ref.table)
        return ref

    def _table_of(self, column: str) -> str:
        """Return the table of a column that is named without one: a preferred table with customers in common, or the split one."""
        tables = (table for table in self.preferred if table in self.loaded.frames and self._has_customers(self.table))
        return next((table for table in tables if self.loaded.column_named(table, column) in self._columns(table)), self.table)

    def words(self, name: str) -> Sequence[str]:
        """Return the words of a column, in order. Raises CustmetricsError E125 for numbers, and the errors of resolve()."""
        table, column = self.resolve(name)
        words = self.loaded.words.get(table, {})
        if column in words:
            return words[column]
        message = f"{column} of {table} has no words to split or filter by"
        raise CustmetricsError(Problem("E125", message, hint=self._hint_of_words(table, column)))

    def _hint_of_words(self, table: str, refused: str) -> str:
        """Return the columns of words, without the refused one."""
        declared = TABLES[table].by_name
        columns = [name for name in self._columns(table) if name not in declared or declared[name].kind.is_text]
        columns = [name for name in columns if name not in (refused, CUSTOMER)]
        return near("", columns) if columns else f"{table} has no column of words; --by and --where take columns such as plan or country"

    def _check_customers(self, name: str, other: str) -> None:
        """Raise CustmetricsError E135 if one of the tables has no customers to look a column up by."""
        for table in (self.table, other):
            if not self._has_customers(table):
                has_column = CUSTOMER in TABLES[table].by_name
                hint = f"map the column: --column {table}.{CUSTOMER}=HEADER" if has_column else f"split by a column of {table} itself"
                raise CustmetricsError(Problem("E135", f"{table} has no {CUSTOMER}, so {name} cannot be looked up", hint=hint))

    def _has_customers(self, table: str) -> bool:
        return CUSTOMER in self._columns(table)

    def _no_such_column(self, ref: ColumnRef) -> CustmetricsError:
        columns = self._columns(ref.table)
        others = [table for table in dict.fromkeys((*self.alternatives, *self.loaded.headers)) if ref.column in self._columns(table)]
        linked = [table for table in others if self._has_customers(table)] if self._has_customers(ref.table) else []
        note, hint = "", near(ref.column, [*columns, *self._columns_elsewhere()] if "." in ref.column else columns)
        parts = [part.strip() for part in ref.column.split(",")]
        if len(parts) > 1 and all(part in columns for part in parts):
            hint = f"name each column: {' '.join(f'--by {part}' for part in parts)}"
        elif linked:
            note, hint = f"; {linked[0]} has it", f"look it up there: --by {linked[0]}.{ref.column}"
        elif used := [table for table in others if table in self.loaded.frames]:
            note = f"; {used[0]} has it, but {ref.table} needs it too"
        return CustmetricsError(Problem("E124", f"{ref.table} has no column {ref.column!r}{note}", hint=hint))

    def _columns_elsewhere(self) -> list[str]:
        """Return the columns of other tables that can be looked up, as TABLE.COLUMN."""
        others = [table for table in self.loaded.headers if table != self.table and self._has_customers(table)]
        return [f"{table}.{column}" for table in others for column in self._columns(table)]

    def _columns(self, table: str) -> list[str]:
        """Return the columns that the files of a table have, without derived ones."""
        declared = [name for name in sorted(self.loaded.present.get(table, ())) if name in TABLES[table].by_name]
        return list(dict.fromkeys([*self.loaded.headers.get(table, ()), *declared]))
