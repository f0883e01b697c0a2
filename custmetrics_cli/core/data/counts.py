"""What a dataset counts: whole numbers by name, per period and group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from custmetrics_cli.core.formula import Number

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

OUTSIDE, WHOLE = -1, -2  # groups: rows that --where leaves out; all rows, whatever their group

Counts = Mapping[Any, Number]  # by name; or by any key, where a FromCounts reads them


class Aggregation(NamedTuple):
    """A frame to collect, and how it counts: (period number k, group g, {name: number}) any number of times.

    When ask.named, each row has an id and counts for one customer; what nobody is behind (a cost) has none.
    given: what unfold is given at a time: a row; a list of all rows of a customer (an id); or all rows, as columns. There may be many
    of those, what they count may be Cells, which add up as numbers do, and there is nobody to be named.
    """

    frame: nw.LazyFrame[Any]
    counts: Callable[[Any], Iterable[tuple[int, int, Mapping[Any, Any]]]]
    by: Literal["row", "customer", "columns"] = "row"


class DetailedCounts(dict[Any, Number]):
    """Counts of which --list is told more: facts, one for each column of Rows.tells."""

    details: tuple[Number | str | None, ...] = ()
    customer: Any = None  # the id of the customer that counts, where rows are counted together that are not one customer's


class CountsByPeriod(Protocol):
    """What rows counted for one group, by period number."""

    def during(self, k: int) -> Counts: ...
    def before(self, k: int) -> Counts:
        """Summed over all that went before period k."""
