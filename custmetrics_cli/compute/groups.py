"""--by and --where as one whole number per row: the number of its group, or OUTSIDE.

The words of a column are numbered in order of name (a missing one last), so numbers of groups sort as their names do.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from math import prod
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import Reading
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.compute.where import SIZES, Condition
from custmetrics_cli.errors import CustmetricsError, Problem, near
from custmetrics_cli.metric import OUTSIDE
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    from custmetrics_cli.sources import Loaded

MOST = 2**30  # groups that can be told apart
OPERATORS = {**SIZES, "=": operator.eq, "!=": operator.ne}


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
        found = [self.words_of(column) for column in self.by]
        if prod(len(words) + 1 for words in found) > MOST:
            raise CustmetricsError(
                Problem("E129", f"--by {' --by '.join(self.by)} makes too many groups", hint="split by columns with fewer values")
            )
        return found

    def words_of(self, column: str) -> Sequence[str]:
        words = self.loaded.words.get(self.table, {})
        if column in words:
            return words[column]
        self._exists(column)
        raise CustmetricsError(
            Problem(
                "E125", f"{self.table} cannot be split by {column}: it holds no words", hint="use it in --where, or split by another column"
            )
        )

    def column(self, name: str) -> nw.Expr:
        """The numbers of a column's words. A frame calls it otherwise where a header has the name of one of our columns."""
        return nw.col(self.loaded.segments[self.table][name])

    def _exists(self, column: str) -> None:
        names = [*self.loaded.headers.get(self.table, ()), *sorted(self.loaded.present[self.table])]
        if column not in names:
            raise CustmetricsError(Problem("E124", f"{self.table} has no column {column!r}", hint=near(column, dict.fromkeys(names))))

    def number(self) -> nw.Expr:
        """The group of a row."""
        code = nw.lit(0)
        for column, words in zip(self.by, self.words, strict=True):
            code = code * (len(words) + 1) + self.column(column).cast(nw.Int64)
        if not self.where:
            return code
        inside = reduce(lambda a, b: a & b, [self._condition(condition) for condition in self.where])
        return nw.when(inside).then(code).otherwise(nw.lit(OUTSIDE))

    def _condition(self, condition: Condition) -> nw.Expr:
        declared = TABLES[self.table].by_name.get(condition.column)
        if declared and declared.kind is DAY:
            self._exists(condition.column)
            return _day(condition)
        words = self.words_of(condition.column)
        condition.check(words)
        codes = [code for code, word in enumerate((*words, "")) if condition.holds(word)]
        return self.column(condition.column).is_in(codes)

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


def _day(condition: Condition) -> nw.Expr:
    """Raises CustmetricsError E126 when the value is not a day."""
    try:
        days = [DAY.cell(value, Reading()) for value in condition.values]
    except ValueError as wrong:
        raise CustmetricsError(Problem("E126", f"--where {condition.column}: {wrong}", hint="like started_at<2022-01-31")) from None
    column = nw.col(condition.column)
    found: nw.Expr = column.is_in(days) if condition.how == "in" else OPERATORS[condition.how](column, days[0])
    return found
