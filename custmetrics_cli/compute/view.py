"""The tables of one dataset, split by --by and --where: the TableView that datasets see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from custmetrics_cli.compute.cache import RunCache
from custmetrics_cli.compute.known.planned_ends import with_open_ends
from custmetrics_cli.compute.money.currency import Currencies
from custmetrics_cli.compute.split.columns import CUSTOMER, ColumnRef, no_file_hint
from custmetrics_cli.compute.split.groups import Groups
from custmetrics_cli.compute.split.lookup import count_unmatched, look_up
from custmetrics_cli.core.data.counts import OUTSIDE
from custmetrics_cli.core.data.dataset import Dataset
from custmetrics_cli.core.data.reading import AS_READ, Reading
from custmetrics_cli.core.data.table_view import Made, Money
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.result import Notice
from custmetrics_cli.core.words import plural
from custmetrics_cli.engines.query.run import materialise, total
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded
NO_TABLE = "E130"


class LoadedView:
    """The tables that one alternative of Dataset.needs names. The first table is split."""

    reading: Reading = AS_READ

    def __init__(self, loaded: Loaded, tables: tuple[str, ...], groups: Groups, currencies: Currencies, gap: int = 0) -> None:
        self.tables = tables
        self.groups = groups
        self._currencies = currencies
        self._loaded = loaded
        self._gap = gap
        self.last_end_days: Mapping[str, int] = {}  # table with planned ends -> the last day on which an end is a fact
        self._cache = RunCache()

    @property
    def is_grouped(self) -> bool:
        return self.groups.is_grouped

    @property
    def has_parts(self) -> bool:
        return self.groups.has_parts

    @property
    def money(self) -> Money:
        return self._currencies.money(self.tables[0])

    def frame(self, table: str = "") -> nw.LazyFrame[Any]:
        """Return the used rows with their group number, 0 in tables that are not split. Planned ends are left out."""
        return self._grouped(table or self.tables[0], self._loaded.used)

    def with_planned_ends(self) -> nw.LazyFrame[Any]:
        """Return the used rows of the first table with the ends of the file, without groups."""
        return self._loaded.used(self.tables[0])

    def with_skipped(self, table: str = "") -> nw.LazyFrame[Any]:
        """Return frame() with the skipped rows that some dataset keeps. The column skip_rule holds the number of the reason."""
        return self._grouped(table or self.tables[0], self._loaded.with_skipped)

    def _grouped(self, table: str, rows: Callable[[str], nw.LazyFrame[Any]]) -> nw.LazyFrame[Any]:
        frame = with_open_ends(rows(table), self.last_end_days.get(table))
        if table != self.tables[0]:
            return frame.with_columns(group=nw.lit(0))
        if not self.groups.lookups:
            return frame.with_columns(**self._group_columns())
        return self.once(("looked up", rows.__name__), lambda: materialise(self._with_lookups(frame)))

    def _with_lookups(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Return the rows with their group number, for groups that need columns of other tables."""
        names, (day, *_) = frame.collect_schema().names(), TABLES[self.tables[0]].days
        for lookup in self.groups.lookups.values():
            frame = look_up(frame, day, self._with_customer(lookup.table), TABLES[lookup.table].days, lookup)
        return frame.with_columns(**self._group_columns()).select(*names, *self._group_columns())

    def _group_columns(self) -> dict[str, nw.Expr]:
        return {"group": self.groups.group_number(), **({"part": self.groups.part_number()} if self.has_parts else {})}

    def _with_customer(self, table: str) -> nw.LazyFrame[Any]:
        """Return the used rows that name their customer."""
        return self._loaded.used(table).filter(self._loaded.has_id())

    @cached_property
    def matching_rows(self) -> tuple[int, int]:
        """The number of rows that pass --where, and of all rows used."""
        passes = nw.when(self.group_column() == OUTSIDE).then(0).otherwise(1)
        used = sum(report.used for report in self._loaded.inputs if report.table == self.tables[0])
        return total(self.frame().select(count=passes), "count"), used

    @cached_property
    def unmatched_customers(self) -> tuple[Notice, ...]:
        """The warnings about rows whose group cannot be looked up."""
        return tuple(self._unmatched_customers())

    def _unmatched_customers(self) -> Iterator[Notice]:
        table = self.tables[0]
        for other in dict.fromkeys(ref.table for ref in self.groups.lookups):
            if n := count_unmatched(self._loaded.used(table), self._with_customer(other)):
                columns = " and ".join(f"{other}.{ref.column}" for ref in self.groups.lookups if ref.table == other)
                verb = "has" if n == 1 else "have"
                yield Notice("W225", f"{plural(n, 'row')} of {table} {verb} no match in {other}, so {columns} is (none)", is_decisive=True)

    def skipped_rows(self, reason: str) -> int:
        return sum(report.excluded.get(reason, 0) for report in self._loaded.inputs if report.table == self.tables[0])

    def skip_number(self, reason: str) -> int:
        return next(number for number, rule in enumerate(TABLES[self.tables[0]].skip_rules, 1) if rule.reason == reason)

    def currency(self) -> nw.Expr:
        return self._currencies.code(self.tables[0])

    def group_of(self, number: int) -> int:
        return self.groups.group_of(number)

    def group_column(self) -> nw.Expr:
        return self.groups.group_column()

    def rows_within(self) -> nw.LazyFrame[Any]:
        """Return the rows that --where leaves."""
        return self.frame().with_columns(_within=self.group_column()).filter(nw.col("_within") != OUTSIDE)

    def has_table(self, table: str) -> bool:
        return table in self._loaded.frames

    def has_column(self, table: str, column: str) -> bool:
        return self.has_table(table) and column in self._loaded.present[table]

    def first_day(self, table: str) -> int | None:
        return self._loaded.oldest[table]

    def can_answer(self, column: str) -> bool:
        named, name = ColumnRef.parse(column)
        if (table := named or self.tables[0]) not in self.tables:
            return True
        return self._gap > 0 if name == TABLES[table].silent_end else name in self._loaded.present[table]

    def has_id(self) -> nw.Expr:
        return self._loaded.has_id()

    @property
    def id_name(self) -> str:
        """The column that a listing names customers by."""
        return CUSTOMER

    def id_texts(self, ids: Sequence[Any]) -> list[str]:
        return self._loaded.ids(ids)

    def is_read(self, column: str) -> bool:
        table = self.tables[0]
        return self.can_answer(column) and (
            column in self._loaded.words[table] or column in self._loaded.frames[table].collect_schema().names()
        )

    def matches(self, column: str, test: Callable[[str], bool]) -> nw.Expr:
        words = self._loaded.words[self.tables[0]][column]
        return self.groups.codes(column).is_in([code for code, word in enumerate((*words, "")) if test(word)])

    def encoded(self, column: str) -> tuple[nw.Expr, Sequence[str]]:
        if not self.is_read(column):
            return nw.lit(0).cast(nw.Int64), ("",)
        return self.groups.codes(column).cast(nw.Int64), (*self._loaded.words[self.tables[0]][column], "")

    def once(self, key: Any, make: Callable[[], Made]) -> Made:
        return self._cache.once(key, make)


def _has_ends(dataset: Dataset, loaded: Loaded, tables: tuple[str, ...]) -> bool:
    """Return whether the first table has the ends that the dataset reads from it."""
    ends = [column.name for column in TABLES[tables[0]].columns if column.is_end and column.name in dataset.reads]
    return loaded.present[tables[0]].issuperset(ends)


def choose_tables(dataset: Dataset, loaded: Loaded) -> tuple[str, ...]:
    """Return the first alternative of tables that are all loaded. Raises CustmetricsError E130.

    A table without its end dates, such as a list of contacts, does not hide another table that has them.
    """
    if alternatives := [tables for tables in dataset.needs if all(table in loaded.frames for table in tables)]:
        return next((tables for tables in alternatives if _has_ends(dataset, loaded, tables)), alternatives[0])
    missing = [tuple(table for table in tables if table not in loaded.frames) for tables in dataset.needs]
    fewest = dict.fromkeys(tables for tables in missing if not any({*other} < {*tables} for other in missing))
    listed = " or ".join(" and ".join(tables) for tables in fewest)
    raise CustmetricsError(Problem(NO_TABLE, f"no file contains {listed}", hint=_no_file_hint(loaded, next(iter(fewest))[0])))


def _no_file_hint(loaded: Loaded, table: str) -> str:
    """Return how to name the file of a table. If another file was given, the hint names its table."""
    if len(loaded.other_files) != 1:
        return no_file_hint(table)
    ((path, read_as),) = loaded.other_files
    return f"{path} is read as {read_as}; if it is {table}, pass {table}={path}"
