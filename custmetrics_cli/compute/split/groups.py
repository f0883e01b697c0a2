"""--by and --where as one whole number per row.

Words of a column are numbered in order of name, a missing one last. So group numbers sort as the names of groups do.
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
from custmetrics_cli.compute.split.filter_codes import FilterDigit, day_digit, passing_numbers, word_digit
from custmetrics_cli.compute.split.filters import Condition
from custmetrics_cli.compute.split.lookup import Lookup
from custmetrics_cli.core.data.counts import OUTSIDE
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.packing import LARGEST, Field, Packing
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded

MOST = 2**30  # the largest number of groups


@dataclass(frozen=True, eq=False, repr=False)
class Groups:
    """The split of one table. Raises the errors of ColumnResolver for columns that cannot be used."""

    loaded: Loaded
    table: str
    by: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    alternatives: tuple[str, ...] = ()  # tables that could be split instead, for hints
    preferred: tuple[str, ...] = ()  # tables whose columns win over those of the split table

    @property
    def is_grouped(self) -> bool:
        return bool(self.by or self.where)

    @cached_property
    def resolver(self) -> ColumnResolver:
        return ColumnResolver(self.loaded, self.table, self.alternatives, self.preferred)

    @cached_property
    def words(self) -> list[Sequence[str]]:
        """The words of each column of --by."""
        return [self.resolver.words(name) for name in self.by]

    def codes(self, column: str) -> nw.Expr:
        """Return the codes of a column's words. The frame may have another name for the column, if ours clash with a header."""
        return nw.col(self.loaded.split_columns[self.table][column])

    @cached_property
    def lookups(self) -> dict[ColumnRef, Lookup]:
        """The columns of other tables that split the rows."""
        names = (*self.by, *(condition.column for condition in self.where))
        others = dict.fromkeys(ref for ref in map(self.resolver.resolve, names) if ref.table != self.table)
        return {ref: self._lookup(f"_of_other_{n}", ref) for n, ref in enumerate(others)}

    def _lookup(self, name: str, ref: ColumnRef) -> Lookup:
        table, column = ref
        full_name = f"{table}.{column}"
        if _is_leave_reason(ref) and any(own.is_leave_reason for own in TABLES[self.table].columns):
            raise only_known_of_lost(full_name, f"{self.table} cannot be split by it")
        if ref.declared and ref.declared.kind is DAY:
            return Lookup(name, table, nw.col(column), ref.declared.empty)
        missing = len(self.resolver.words(full_name))
        return Lookup(name, table, nw.col(self.loaded.split_columns[table][column]), missing)

    def _values(self, name: str) -> nw.Expr:
        """Return the codes or days of a column that --by or --where names."""
        ref = self.resolver.resolve(name)
        if ref in self.lookups:
            return nw.col(self.lookups[ref].name)
        return nw.col(ref.column) if ref.declared and ref.declared.kind is DAY else self.codes(ref.column)

    @cached_property
    def digits(self) -> list[FilterDigit]:
        return [self._digit(condition) for condition in self.where]

    def _digit(self, condition: Condition) -> FilterDigit:
        ref = self.resolver.resolve(condition.column)
        if _is_leave_reason(ref) and ref.table == self.table:
            raise only_known_of_lost(condition.column, "--where would exclude all other customers")
        if ref.declared and ref.declared.kind is DAY:
            return day_digit(self._values(condition.column), condition, ref.declared.empty)
        words = self.resolver.words(condition.column)
        condition.check(words)
        return word_digit(self._values(condition.column), words, condition)

    @cached_property
    def _by_packing(self) -> Packing:
        """The values of --by in one number."""
        return Packing(*(Field(f"{n}", len(words) + 1) for n, words in enumerate(self.words)))

    @cached_property
    def _filter_packing(self) -> Packing:
        """The digits of --where in one number."""
        return Packing(*(Field(f"{n}", len(digit.passes)) for n, digit in enumerate(self.digits)))

    @cached_property
    def _row_packing(self) -> Packing:
        """Both in the group number of a row."""
        return Packing(Field("group", self._by_packing.size), Field("digits", self._filter_packing.size))

    def group_number(self) -> nw.Expr:
        """Return the number of a row: its values of --by, then the digits of --where. Raises CustmetricsError E129."""
        if prod((*(len(words) + 1 for words in self.words), *(len(digit.passes) for digit in self.digits))) > MOST:
            raise CustmetricsError(Problem("E129", "this makes too many groups", hint="split by columns with fewer values"))
        group = self._by_packing.pack(**{f"{n}": self._values(column).cast(nw.Int64) for n, column in enumerate(self.by)})
        digits = self._filter_packing.pack(**{f"{n}": digit.digit for n, digit in enumerate(self.digits)})
        number: nw.Expr = nw.lit(0) + self._row_packing.pack(group=group, digits=digits)
        return number

    @cached_property
    def has_parts(self) -> bool:
        """True if --where may hide groups: then the groups that it hides still matter for what moved between groups."""
        return bool(self.where)

    def part_number(self) -> nw.Expr:
        """Return the number of a row's group, and for rows that --where excludes, that of the values which exclude them.

        So the rows of --where plan=B count as the row B of --by plan. Where there are too many values, return group_number().
        """
        columns = dict.fromkeys((*self.by, *(each.column for each in self.where if not self._is_day(each.column))))
        fields = [Field(name, len(self.resolver.words(name)) + 1) for name in columns]
        days = {f"day {n}": digit for n, digit in enumerate(self.digits) if self._is_day(self.where[n].column)}
        packing_fields = (*fields, *(Field(name, len(digit.passes)) for name, digit in days.items()))
        if prod(field.size for field in packing_fields) > LARGEST:
            return self.group_number()
        values = {name: self._part_value(name) for name in columns} | {name: digit.digit for name, digit in days.items()}
        number: nw.Expr = nw.lit(0) + Packing(*packing_fields).pack(**values)
        return number

    def _part_value(self, name: str) -> nw.Expr:
        """Return the codes of a column; values that --where accepts have the code of the first of them, unless --by splits them."""
        codes, words = self._values(name).cast(nw.Int64), (*self.resolver.words(name), "")
        conditions = [each for each in self.where if each.column == name]
        accepted = [code for code, word in enumerate(words) if all(each.passes(word) for each in conditions)]
        if name in self.by or not accepted:
            return codes
        return nw.when(codes.is_in(accepted)).then(nw.lit(accepted[0]).cast(nw.Int64)).otherwise(codes)

    def _is_day(self, name: str) -> bool:
        declared = self.resolver.resolve(name).declared
        return declared is not None and declared.kind is DAY

    @cached_property
    def _passing(self) -> frozenset[int]:
        return passing_numbers(self.digits)

    def group_of(self, number: int) -> int:
        """Return the group of a group number: its values of --by, or OUTSIDE if --where excludes it."""
        group, digits = self._row_packing.unpack(number)
        return group if digits in self._passing else OUTSIDE

    def group_column(self) -> nw.Expr:
        """Return group_of() as an expression over the column group."""
        group: nw.Expr
        group, digits = self._row_packing.unpack(nw.col("group").cast(nw.Int64))
        outside = nw.lit(OUTSIDE).cast(nw.Int64)
        if len(self._passing) in (0, self._filter_packing.size):
            return group if self._passing else outside
        return nw.when(digits.is_in(sorted(self._passing))).then(group).otherwise(outside)

    def values(self, group: int) -> tuple[str | None, ...]:
        """Return the values of --by of a group."""
        codes = self._by_packing.unpack(group)
        return tuple(words[code] if code < len(words) else None for words, code in zip(self.words, codes, strict=True))

    @cached_property
    def by_leave_reason(self) -> tuple[bool, ...]:
        """For each column of --by: True if only lost customers have it."""
        refs = [self.resolver.resolve(name) for name in self.by]
        return tuple(ref.table == self.table and _is_leave_reason(ref) for ref in refs)


def _is_leave_reason(ref: ColumnRef) -> bool:
    return ref.declared is not None and ref.declared.is_leave_reason


def only_known_of_lost(column: str, effect: str) -> CustmetricsError:
    """Return the error for a column that only lost customers have."""
    hint = f"use --by {column} with a metric of lost customers"
    return CustmetricsError(Problem("E133", f"{column} is only known for lost customers, so {effect}", hint=hint))
