"""Data of customers that looks wrong but is not an error: each is counted in a warning and listed by its name."""

from __future__ import annotations

from custmetrics_cli.core.data.counts import CountsByPeriod
from custmetrics_cli.core.data.dataset import DataWarning, Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.result import Notice
from custmetrics_cli.stats.intervals import NoInterval, wilson
from custmetrics_cli.tables.shared.end_dates import NO_END

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
    "{n} started one day after the customer's previous row ended, so the customer counts as lost and back; "
    "if ended_at is the last day of service, pass --ends inclusive",
    "row",
    "customers.checks:day_after",
    is_decisive=True,
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
SEVERAL_GROUPS = DataWarning(
    "several_groups",
    "W307",
    "{n} had rows in several groups at once; "
    "money is split by row; each customer counts once, in the group with the most MRR, then the first by name",
    "customer",
    "customers.group_checks:several_groups",
)


def undated_ends(view: TableView, scope: Scope, counts: CountsByPeriod, period: int) -> Notice | None:
    """Return W306 if the customers who left on an unknown day could move the share of lost customers beyond its interval.

    All of them may have left in the period, or none of them.
    """
    undated = view.skipped_rows(NO_END.reason)
    lost, opening = (int(total.get(name, 0)) for total, name in ((counts.during(period), "lost"), (counts.before(period), "net")))
    interval = wilson(lost, opening)
    if not undated or isinstance(interval, NoInterval):
        return None
    low, high = lost / opening, (lost + undated) / (opening + undated)
    if high <= interval.high and undated < lost:
        return None
    share = f"churn is between {100 * low:.0f} % and {100 * high:.0f} %"
    return Notice("W306", f"{undated:,} of {lost + undated:,} lost customers have no end date: {share}", is_decisive=True)
