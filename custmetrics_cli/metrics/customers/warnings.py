"""Data of customers that looks wrong but is not an error: each is counted in a warning and listed by its name."""

from __future__ import annotations

from custmetrics_cli.core.data.dataset import DataWarning

REPEATED = DataWarning(
    "repeated",
    "W301",
    "{n} (same customer, start and end) counted once",
    "duplicate row",
    "customers.checks:repeated",
)
OVERLAPPING = DataWarning(
    "overlapping",
    "W302",
    "{n} had overlapping rows; counted as one stint",
    "customer",
    "customers.checks:overlapping",
)
DAY_AFTER = DataWarning(
    "day_after",
    "W204",
    "{n} started the day after another row of the same customer ended; counted as lost and back. "
    "If ended_at is the last day of service, pass --ends inclusive",
    "row",
    "customers.checks:day_after",
)
UNCLEAR = DataWarning(
    "unclear",
    "W304",
    "{n} ended for an unclear reason (neither a decision nor a failed payment); not counted as voluntary or involuntary",
    "row",
    "customers.checks:unclear_reasons",
    for_totals=("voluntary", "involuntary"),
)
DISAGREEMENT = DataWarning(
    "disagreement",
    "W303",
    "customers and subscriptions disagree on {n} at the end of the period; this metric uses customers",
    "customer",
    "customers.checks:disagreement",
)
BY_SUBSCRIPTIONS = DISAGREEMENT._replace(
    message="customers and subscriptions disagree on {n} at the end of the period; metrics with money use subscriptions"
)
DUPLICATE_ITEMS = DataWarning(
    "alike",
    "W305",
    "{n} (same customer, start, end and price) counted separately; remove copies from the file",
    "duplicate row",
    "customers.checks:duplicate_items",
)
