"""Money of rows at the exchange rates of their days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from custmetrics_cli.core.data.counts import Counts, DetailedCounts
from custmetrics_cli.core.data.table_view import Money
from custmetrics_cli.core.formula import Number

Row = Mapping[str, Any]


Counted = Iterator[tuple[int, int, Counts]]


class Rates(NamedTuple):
    """What money was worth: on the days of its cuts (x of them gone by), and the day before each period begins (edges)."""

    money: Money
    edges: Sequence[int]

    def at(self, currency: int, x: int) -> Number:
        if not self.money.converts:
            return 1
        return self.money.rate(currency, self.money.change_days[x - 1] if x else self.edges[0] - 1)

    def opening(self, currency: int, k: int) -> Number:
        """k: the number of a period, from 1."""
        return self.money.rate(currency, self.edges[k - 1] - 1) if self.money.converts else 1


def detailed(counts: Counts, facts: tuple[Number | None, ...]) -> DetailedCounts:
    found = DetailedCounts(counts)
    found.details = facts
    return found
