"""Costs as a small histogram of money, by category and channel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from custmetrics_cli.core.data.counts import WHOLE, Aggregation, Counts, DetailedCounts
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.metrics.shared.dated_money import by_day, sums
from custmetrics_cli.metrics.shared.rates import Rates

Words = Sequence[str]


def harvest(view: TableView, scope: Scope, counts: Callable[[str], bool]) -> Aggregation:
    """counts: whether a category does. With ask.named each day by itself."""
    (category, categories), (channel, channels) = view.encoded("category"), view.encoded("channel")
    frame, rates = sums(view, scope, {"cat": category, "ch": channel, **by_day(scope)})
    return Aggregation(frame, partial(_unfold, rates, counts, categories, channels))


def _unfold(
    rates: Rates, counts: Callable[[str], bool], categories: Words, channels: Words, row: Mapping[str, Any]
) -> Iterator[tuple[int, int, Counts]]:
    category, channel, amount = categories[row["cat"]], channels[row["ch"]], row["amount"] * rates.at(row["cur"], row["x"])
    counted = counts(category)
    found = DetailedCounts({"all": amount, "counted" if counted else "other": amount, ("category", category): amount})
    if counted and not channel:
        found["nowhere"] = amount
    found.details = (row["t"], category, channel) if "t" in row else ()
    for g in (row["p"], WHOLE):
        yield row["k"], g, found
