"""Counts: whole numbers by name, per period and group. Only they leave an engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from custmetrics_cli.core.formula import Number

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

OUTSIDE, WHOLE = -1, -2  # groups: rows that --where excludes; all rows, ignoring --by and --where

Counts = Mapping[Any, Number]  # by name, or by any hashable key for a FromCounts


class DetailedCounts(dict[Any, Number]):
    """Counts with the details that --list shows: one value per column of Dataset.detail_columns."""

    details: tuple[Number | str | None, ...] = ()
    customer: Any = None  # the id that counts, where one row stores the counts of several customers


class Aggregation(NamedTuple):
    """A frame to collect, and a function that counts what comes out.

    `counts` gives any number of (period number, group number, counts). Period 0 is the time before the first period.
    With Scope.with_ids each row has an id and counts for one customer. A cost has no customer and no id.
    """

    frame: nw.LazyFrame[Any]
    counts: Callable[[Any], Iterable[tuple[int, int, Mapping[Any, Any]]]]
    by: Literal["row", "customer", "columns"] = "row"  # argument of counts: a row, the list of a customer's rows, or all rows as arrays


class CountsByPeriod(Protocol):
    """The counts of one group, by period number."""

    def during(self, period_number: int) -> Counts:
        """Return the counts of one period."""

    def before(self, period_number: int) -> Counts:
        """Return the sums over all earlier periods."""
