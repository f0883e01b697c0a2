"""Costs as a small histogram of money by category and channel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from custmetrics_cli.core.data.counts import WHOLE, Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.options import OptionSpec
from custmetrics_cli.metrics.economics.categories import TO_WIN, counted_names, is_counted
from custmetrics_cli.metrics.shared.counting import Counted, Row, with_details
from custmetrics_cli.metrics.shared.dated_money import day_if_listed, sum_amounts
from custmetrics_cli.metrics.shared.rates import Rates

Words = Sequence[str]


def costs(view: TableView, scope: Scope, option: OptionSpec) -> list[Aggregation]:
    """Sum costs by category and channel. option: names the categories that count; without a column category all are TO_WIN."""
    (category, categories), (channel, channels) = view.encoded("category"), view.encoded("channel")
    counts = partial(is_counted, counted_names(option, scope, categories)) if view.can_answer("category") else lambda word: option is TO_WIN
    frame, rates = sum_amounts(view, scope, {"category": category, "channel": channel, **day_if_listed(scope)})
    return [Aggregation(frame, partial(_count, rates, counts, categories, channels))]


def _count(rates: Rates, counts: Callable[[str], bool], categories: Words, channels: Words, row: Row) -> Counted:
    category, channel = categories[row["category"]], channels[row["channel"]]
    money, is_own = row["amount"] * rates.at(row["currency"], row["rate_step"]), counts(category)
    sums: dict[Any, Any] = {"all": money, "counted" if is_own else "other": money, ("category", category): money}
    if is_own and not channel:
        sums["without_channel"] = money
    detailed = with_details(sums, (row["day"], category, channel) if "day" in row else ())
    for group in (row["row_group"], WHOLE):
        yield row["period"], group, detailed
