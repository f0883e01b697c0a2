"""Totals of costs: acquisition cost, retention cost, and all other costs."""

from __future__ import annotations

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.data.dataset import Dataset, FromCounts
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.metrics.economics.categories import TO_KEEP, TO_WIN

WINNING = Dataset(
    "acquisition costs",
    needs=(("costs",),),
    make="economics.cost_frames:costs",
    arguments=(TO_WIN,),
    reads=("date", "amount"),
    words=("category", "channel"),
    detail_columns={"date": "day", "category": "text", "channel": "text"},
)
KEEPING = WINNING._replace(name="retention costs", arguments=(TO_KEEP,))

OTHER_CATEGORIES = "economics.cost_checks:other_categories"
NOT_TO_WIN = FromCounts(WINNING, read=OTHER_CATEGORIES, arguments=(TO_WIN,))
NOT_TO_KEEP = FromCounts(KEEPING, read=OTHER_CATEGORIES, arguments=(TO_KEEP,))
NEITHER = FromCounts(WINNING, read=OTHER_CATEGORIES, arguments=(TO_WIN, TO_KEEP))
NO_CATEGORIES = FromCounts(WINNING, read="economics.cost_checks:no_categories")
NO_RETENTION_COST = "costs have no column category, so the retention cost is unknown"


def _costs(dataset: Dataset, name: str, description: str, flow: str, needs: tuple[str, ...] = (), missing_reason: str = "") -> Total:
    return Total(name, description, dataset, flow, needs=needs, unit="money", parts=MONEY_PARTS, missing_reason=missing_reason)


spend = _costs(WINNING, "spend", "acquisition cost of the period", "counted")
without_channel = _costs(WINNING, "without_channel", "part of spend without a channel", "without_channel", ("channel",))
other_spend = _costs(WINNING, "other_spend", "costs of all other categories", "other", ("category",))
retention_spend = _costs(KEEPING, "retention_spend", "retention cost of the period", "counted", ("category",), NO_RETENTION_COST)
other_than_retention = other_spend._replace(dataset=KEEPING)


def _adds_up(counted: Total, other: Total) -> Identity:
    all_spend = _costs(counted.dataset, "all_spend", "all costs of the period", "all")
    return Identity(Formula(f"{counted.name} + other_spend"), Formula("all_spend"), (counted, other, all_spend))


SPEND_ADDS_UP = _adds_up(spend, other_spend)
RETENTION_SPEND_ADDS_UP = _adds_up(retention_spend, other_than_retention)
