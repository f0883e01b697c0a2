"""The Source that Rows see (metric.py): the tables chosen for them among those loaded, split by --by and --where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from custmetrics_cli.compute.money.currency import Currencies
from custmetrics_cli.compute.split.columns import ColumnRef
from custmetrics_cli.compute.split.groups import Groups
from custmetrics_cli.compute.split.lookup import look_up, unknown
from custmetrics_cli.core.data.dataset import Dataset
from custmetrics_cli.core.data.table_view import Made, Money
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.result import Notice
from custmetrics_cli.engines.query.run import materialise
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded

NO_TABLE = "E130"


class LoadedView:
    """One alternative of Rows.needs, split by --by and --where. The first table is the one that is split."""

    def __init__(self, loaded: Loaded, tables: tuple[str, ...], groups: Groups, currencies: Currencies) -> None:
        self.tables = tables
        self.groups = groups
        self._currencies = currencies
        self._loaded = loaded
        self._made: dict[Any, Any] = {}

    @property
    def is_grouped(self) -> bool:
        return self.groups.grouped

    def frame(self, table: str = "") -> nw.LazyFrame[Any]:
        """Rows of a table with their group: that of its own columns for the table that is split, else 0."""
        name = table or self.tables[0]
        return self._grouped(name, self._loaded.used)

    def with_skipped(self, table: str = "") -> nw.LazyFrame[Any]:
        """The same with rows set aside: those of whatever reasons anybody asked for, told apart by the column skip_rule."""
        name = table or self.tables[0]
        return self._grouped(name, self._loaded.with_skipped)

    def _grouped(self, table: str, rows: Callable[[str], nw.LazyFrame[Any]]) -> nw.LazyFrame[Any]:
        if table != self.tables[0]:
            return rows(table).with_columns(group=nw.lit(0))
        if not self.groups.lookups:
            return rows(table).with_columns(group=self.groups.number())
        return self.once(("crossed", rows.__name__), lambda: materialise(self._crossed(rows(table))))

    def _crossed(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """The same where other tables say which group a row is of."""
        names, (day, *_) = frame.collect_schema().names(), TABLES[self.tables[0]].days
        for crossing in self.groups.lookups.values():
            frame = look_up(frame, day, self._of_customers(crossing.table), TABLES[crossing.table].days, crossing)
        return frame.with_columns(group=self.groups.number()).select(*names, "group")

    def _of_customers(self, table: str) -> nw.LazyFrame[Any]:
        """The rows of which it is known whose they are."""
        return self._loaded.used(table).filter(self._loaded.has_id())

    @cached_property
    def unmatched_customers(self) -> tuple[Notice, ...]:
        """What should be known of rows that another table cannot put into a group."""
        return tuple(self._strangers())

    def _strangers(self) -> Iterator[Notice]:
        table, every = self.tables[0], self.groups.lookups
        for other in dict.fromkeys(segment.table for segment in every):
            if n := unknown(self._loaded.used(table), self._of_customers(other)):
                asked = " and ".join(f"{segment.table}.{segment.column}" for segment in every if segment.table == other)
                yield Notice("W225", f"{n:,} rows of {table} are of customers of whom {other} knows nothing: {asked} is missing there")

    def skip_number(self, reason: str) -> int:
        return next(number for number, rule in enumerate(TABLES[self.tables[0]].skip_rules, 1) if rule.reason == reason)

    def currency(self) -> nw.Expr:
        return self._currencies.code(self.tables[0])

    @property
    def money(self) -> Money:
        return self._currencies.money(self.tables[0])

    def group_of(self, number: int) -> int:
        return self.groups.group_of(number)

    def group_column(self) -> nw.Expr:
        return self.groups.group_column()

    def has_table(self, table: str) -> bool:
        return table in self._loaded.frames

    def first_day(self, table: str) -> int | None:
        return self._loaded.oldest[table]

    def can_answer(self, column: str) -> bool:
        """Whether the table can answer for the column: it is there, or follows from one that is."""
        named, own = ColumnRef.parse(column)
        table = named or self.tables[0]
        return table not in self.tables or own in self._loaded.present[table]

    def has_id(self) -> nw.Expr:
        return self._loaded.has_id()

    def is_read(self, column: str) -> bool:
        """Whether a column that the table can answer for is in its frame."""
        table = self.tables[0]
        return self.can_answer(column) and (
            column in self._loaded.words[table] or column in self._loaded.frames[table].collect_schema().names()
        )

    def matches(self, column: str, test: Callable[[str], bool]) -> nw.Expr:
        """Where the word of a column of the first table passes; a missing word is ''."""
        words = self._loaded.words[self.tables[0]][column]
        return self.groups.column(column).is_in([code for code, word in enumerate((*words, "")) if test(word)])

    def encoded(self, column: str) -> tuple[nw.Expr, Sequence[str]]:
        """The codes of a column's words in the first table, and the words by code."""
        if not self.is_read(column):
            return nw.lit(0).cast(nw.Int64), ("",)
        return self.groups.column(column).cast(nw.Int64), (*self._loaded.words[self.tables[0]][column], "")

    def once(self, key: Any, make: Callable[[], Made]) -> Made:
        """What make() gives, made once."""
        if key not in self._made:
            self._made[key] = make()
        found: Made = self._made[key]
        return found


def choose_tables(dataset: Dataset, loaded: Loaded) -> tuple[str, ...]:
    """The first alternative whose tables are all there. Raises CustmetricsError E130 when none is."""
    for tables in dataset.needs:
        if all(table in loaded.frames for table in tables):
            return tables
    needs = " or ".join(" and ".join(tables) for tables in dataset.needs)
    raise CustmetricsError(
        Problem(
            NO_TABLE,
            f"this needs {needs}, and no file is one",
            hint=f"say which it is: {dataset.needs[0][0]}=FILE; `custmetrics inspect FILE` shows what is found",
        )
    )
