"""--by and --where as one whole number per row.

The words of a column are numbered in order of name (a missing one last), so numbers of groups sort as their names do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.compute.split.columns import ColumnRef, ColumnResolver
from custmetrics_cli.compute.split.filter_codes import FilterDigit, good, of_days, of_words
from custmetrics_cli.compute.split.filters import Condition
from custmetrics_cli.compute.split.lookup import Lookup
from custmetrics_cli.core.data.counts import OUTSIDE
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded

MOST = 2**30  # groups that can be told apart


@dataclass(frozen=True, eq=False, repr=False)
class Groups:
    """How the rows of one table are split. Raises what Segments raises for columns that cannot be used.

    instead: tables that could be split in its place. whose: tables whose columns come before its own, where they are there.
    """

    loaded: Loaded
    table: str
    by: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    instead: tuple[str, ...] = ()
    whose: tuple[str, ...] = ()

    @property
    def grouped(self) -> bool:
        return bool(self.by or self.where)

    @cached_property
    def segments(self) -> ColumnResolver:
        return ColumnResolver(self.loaded, self.table, self.instead, self.whose)

    @cached_property
    def words(self) -> list[Sequence[str]]:
        return [self.segments.words(name) for name in self.by]

    def column(self, name: str) -> nw.Expr:
        """The numbers of a column's words. A frame calls it otherwise where a header has the name of one of our columns."""
        return nw.col(self.loaded.split_columns[self.table][name])

    @cached_property
    def lookups(self) -> dict[ColumnRef, Lookup]:
        """The columns of other tables by which rows are split."""
        names = (*self.by, *(condition.column for condition in self.where))
        others = dict.fromkeys(segment for segment in map(self.segments.of, names) if segment.table != self.table)
        return {segment: self._crossing(f"_of_other_{n}", segment) for n, segment in enumerate(others)}

    def _crossing(self, name: str, ref: ColumnRef) -> Lookup:
        table, column = ref
        declared, asked = ref.declared_column, f"{table}.{column}"
        if declared and declared.is_leave_reason and any(own.is_leave_reason for own in TABLES[self.table].columns):
            raise only_known_of_lost(asked, f"counts those of {self.table} too, who may still be there")
        if declared and declared.kind is DAY:
            return Lookup(name, table, nw.col(column), declared.empty)
        missing = len(self.segments.words(asked))
        return Lookup(name, table, nw.col(self.loaded.split_columns[table][column]), missing)

    def _coded(self, name: str) -> nw.Expr:
        """The numbers of what --by or --where names."""
        segment = self.segments.of(name)
        if segment in self.lookups:
            return nw.col(self.lookups[segment].name)
        return nw.col(segment.column) if segment.declared_column and segment.declared_column.kind is DAY else self.column(segment.column)

    @cached_property
    def digits(self) -> list[FilterDigit]:
        return [self._digit(condition) for condition in self.where]

    def _digit(self, condition: Condition) -> FilterDigit:
        declared = self.segments.of(condition.column).declared_column
        if declared and declared.is_leave_reason and self._own(condition.column):
            raise only_known_of_lost(condition.column, "leaves out those who are still there, so nothing is left to divide by")
        if declared and declared.kind is DAY:
            return of_days(self._coded(condition.column), condition, declared.empty)
        words = self.segments.words(condition.column)
        condition.check(words)
        return of_words(self._coded(condition.column), words, condition)

    def _own(self, name: str) -> bool:
        return self.segments.of(name).table == self.table

    def number(self) -> nw.Expr:
        """Of a row: which values of --by it has, and the digits of --where. Raises CustmetricsError E129 when they are too many."""
        sizes = [*(len(words) + 1 for words in self.words), *(len(digit.holds) for digit in self.digits)]
        if prod(sizes) > MOST:
            raise CustmetricsError(Problem("E129", "this makes too many groups", hint="split by columns with fewer values"))
        code = nw.lit(0)
        for column, words in zip(self.by, self.words, strict=True):
            code = code * (len(words) + 1) + self._coded(column).cast(nw.Int64)
        for digit in self.digits:
            code = code * len(digit.holds) + digit.of
        return code

    @cached_property
    def _good(self) -> frozenset[int]:
        return good(self.digits)

    def group_of(self, number: int) -> int:
        """The group of a number: what --by says of it, or OUTSIDE."""
        group, rest = divmod(number, prod(len(digit.holds) for digit in self.digits))
        return group if rest in self._good else OUTSIDE

    def group_column(self) -> nw.Expr:
        """The group of each row, from its number in the column group."""
        size = prod(len(digit.holds) for digit in self.digits)
        if size == 1:
            return nw.col("group").cast(nw.Int64)
        good = (nw.col("group") % size).is_in(sorted(self._good))
        return nw.when(good).then((nw.col("group") // size).cast(nw.Int64)).otherwise(nw.lit(OUTSIDE).cast(nw.Int64))

    def values(self, number: int) -> tuple[str | None, ...]:
        """The values of --by of a group."""
        found: list[str | None] = []
        for words in reversed(self.words):
            number, code = divmod(number, len(words) + 1)
            found.append(words[code] if code < len(words) else None)
        return tuple(reversed(found))

    @cached_property
    def ended(self) -> tuple[bool, ...]:
        """Which columns of --by only those have who left."""
        declared = {name: self.segments.of(name).declared_column for name in self.by}
        return tuple(self._own(name) and column is not None and column.is_leave_reason for name, column in declared.items())


def only_known_of_lost(column: str, what: str) -> CustmetricsError:
    """For a column that only those have who left."""
    hint = f"--by {column} is for what counts who was lost: each {column} over all who were there"
    return CustmetricsError(Problem("E133", f"{column} is known only of those who left; this {what}", hint=hint))
