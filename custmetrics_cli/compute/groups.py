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
from custmetrics_cli.compute.inside import Digit, good, of_days, of_words
from custmetrics_cli.compute.where import Condition
from custmetrics_cli.errors import CustmetricsError, Problem, near
from custmetrics_cli.metric import OUTSIDE
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    from custmetrics_cli.sources import Loaded

MOST = 2**30  # groups that can be told apart


@dataclass(frozen=True, eq=False, repr=False)
class Groups:
    """How the rows of one table are split. Raises CustmetricsError E124, E125 for columns that cannot be used."""

    loaded: Loaded
    table: str
    by: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()

    @property
    def grouped(self) -> bool:
        return bool(self.by or self.where)

    @cached_property
    def words(self) -> list[Sequence[str]]:
        return [self.words_of(column) for column in self.by]

    def words_of(self, column: str) -> Sequence[str]:
        words = self.loaded.words.get(self.table, {})
        if column in words:
            return words[column]
        self._exists(column)
        raise CustmetricsError(
            Problem("E125", f"{column} of {self.table} holds no words to split or filter by", hint=near("", self._names()))
        )

    def column(self, name: str) -> nw.Expr:
        """The numbers of a column's words. A frame calls it otherwise where a header has the name of one of our columns."""
        return nw.col(self.loaded.segments[self.table][name])

    def _exists(self, column: str) -> None:
        if column not in self._names():
            others = [name for name in self.loaded.frames if name != self.table and column in self.loaded.present[name]]
            there = f"; {others[0]} has, but this counts {self.table}: leave {self.table} out to count by {others[0]}" if others else ""
            raise CustmetricsError(Problem("E124", f"{self.table} has no column {column!r}{there}", hint=near(column, self._names())))

    def _names(self) -> list[str]:
        return list(dict.fromkeys([*self.loaded.headers.get(self.table, ()), *sorted(self.loaded.present[self.table])]))

    @cached_property
    def digits(self) -> list[Digit]:
        return [self._digit(condition) for condition in self.where]

    def _digit(self, condition: Condition) -> Digit:
        declared = TABLES[self.table].by_name.get(condition.column)
        if declared and declared.of_end:
            raise known_of_the_lost(condition.column, "leaves out those who are still there, so nothing is left to divide by")
        if declared and declared.kind is DAY:
            self._exists(condition.column)
            return of_days(condition, declared.empty)
        words = self.words_of(condition.column)
        condition.check(words)
        return of_words(self.column(condition.column), words, condition)

    def number(self) -> nw.Expr:
        """Of a row: which values of --by it has, and the digits of --where. Raises CustmetricsError E129 when they are too many."""
        sizes = [*(len(words) + 1 for words in self.words), *(len(digit.holds) for digit in self.digits)]
        if prod(sizes) > MOST:
            raise CustmetricsError(Problem("E129", "this makes too many groups", hint="split by columns with fewer values"))
        code = nw.lit(0)
        for column, words in zip(self.by, self.words, strict=True):
            code = code * (len(words) + 1) + self.column(column).cast(nw.Int64)
        for digit in self.digits:
            code = code * len(digit.holds) + digit.of
        return code

    @cached_property
    def _good(self) -> frozenset[int]:
        return good(self.digits)

    def place(self, number: int) -> int:
        """The group of a number: what --by says of it, or OUTSIDE."""
        group, rest = divmod(number, prod(len(digit.holds) for digit in self.digits))
        return group if rest in self._good else OUTSIDE

    def placed(self) -> nw.Expr:
        """The group of each row, from its number in the column g."""
        size = prod(len(digit.holds) for digit in self.digits)
        if size == 1:
            return nw.col("g").cast(nw.Int64)
        good = (nw.col("g") % size).is_in(sorted(self._good))
        return nw.when(good).then((nw.col("g") // size).cast(nw.Int64)).otherwise(nw.lit(OUTSIDE).cast(nw.Int64))

    def values(self, number: int) -> tuple[str | None, ...]:
        """The values of --by of a group."""
        found: list[str | None] = []
        for words in reversed(self.words):
            number, code = divmod(number, len(words) + 1)
            found.append(words[code] if code < len(words) else None)
        return tuple(reversed(found))

    @property
    def ended(self) -> tuple[bool, ...]:
        """Which columns of --by only those have who left."""
        declared = TABLES[self.table].by_name
        return tuple(column in declared and declared[column].of_end for column in self.by)


def known_of_the_lost(column: str, what: str) -> CustmetricsError:
    """For a column that only those have who left."""
    hint = f"--by {column} is for what counts who was lost: each {column} over all who were there"
    return CustmetricsError(Problem("E133", f"{column} is known only of those who left; this {what}", hint=hint))
