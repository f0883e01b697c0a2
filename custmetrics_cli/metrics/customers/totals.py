"""Totals of customers: at the start and end of a period, and what happened in between."""

from __future__ import annotations

from custmetrics_cli.core.data.dataset import Dataset, FromCounts
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.metrics.customers.warnings import DAY_AFTER, DISAGREEMENT, OVERLAPPING, REPEATED, SEVERAL_GROUPS, UNCLEAR

CHECKS = (OVERLAPPING, REPEATED, DAY_AFTER, UNCLEAR, DISAGREEMENT, SEVERAL_GROUPS)
CUSTOMERS = Dataset(
    "customers",
    needs=(("customers",), ("subscriptions",), ("purchases",)),
    make="customers.frames:aggregations",
    day_columns="customers.frames:days_of_customers",
    words=("reason",),
    checks=CHECKS,
    reads=("started_at", "ended_at", "canceled_at", "monthly", "date", "amount"),
    whole_unless=("reason",),  # of two rows that end on one day, the group decides which reason counts
)
ENDED_AT, REASON = ("ended_at",), ("ended_at", "reason")


def _flow(name: str, description: str, needs: tuple[str, ...] = ENDED_AT, by_leave_reason: bool = False) -> Total:
    return Total(name, description, CUSTOMERS, flow=name, needs=needs, by_leave_reason=by_leave_reason)


def _move(name: str, description: str) -> Total:
    return Total(name, description, CUSTOMERS, flow=name, needs=ENDED_AT, additive=False, between_groups=True)


UNDATED = FromCounts(CUSTOMERS, read="customers.warnings:undated_ends")
opening = Total("opening", "customers on the day before the period", CUSTOMERS, stock="net", needs=ENDED_AT)
closing = Total("closing", "customers on the last day of the period", CUSTOMERS, flow="net", stock="net", needs=ENDED_AT)
kept = Total("kept", "customers at the start who are still there at the end", CUSTOMERS, flow="unlost", stock="net", needs=ENDED_AT)
lost = _flow("lost", "customers at the start who are gone by the end", by_leave_reason=True)
new = _flow("new", "customers at the end who joined in the period for the first time")
reactivated = _flow("reactivated", "customers at the end who returned in the period")
new_and_lost = _flow("new_and_lost", "customers who joined for the first time and left again in the period")
back_and_lost = _flow("back_and_lost", "customers who returned and left again in the period")
lost_and_back = _flow("lost_and_back", "customers at the start and at the end who were away in between")
starts = _flow("starts", "first stints that began in the period", needs=())._replace(once=True)
returns = _flow("returns", "later stints that began in the period")
ends = _flow("ends", "stints that ended in the period", by_leave_reason=True)
leaving = _flow("leaving", "customers at the end who cancelled in the period and will leave", needs=("ended_at", "canceled_at"))
voluntary = _flow("voluntary", "lost customers who decided to leave", needs=REASON, by_leave_reason=True)
involuntary = _flow("involuntary", "lost customers whose payment failed", needs=REASON, by_leave_reason=True)
moved_in = _move("moved_in", "customers at the start and at the end who moved in from another group")
moved_out = _move("moved_out", "customers at the start and at the end who moved out to another group")
opening_months = Total(
    "opening_months", "customers at the start of each month of the period, summed", CUSTOMERS, stock="net", needs=ENDED_AT, monthly=True
)
lost_months = _flow("lost_months", "customers lost in each month of the period, summed", by_leave_reason=True)._replace(
    flow="lost", monthly=True
)

MOVEMENTS = Identity(
    Formula("opening + new + reactivated + moved_in - lost - moved_out"),
    Formula("closing"),
    (opening, new, reactivated, moved_in, lost, moved_out, closing),
)
KEPT_OR_LOST = Identity(Formula("kept + lost"), Formula("opening"), (kept, lost, opening))
STINTS = Identity(
    Formula("opening + starts + returns - ends"), Formula("closing"), (opening, starts, returns, ends, closing), holds_in_groups=False
)
FIRST_STINTS = Identity(Formula("new + new_and_lost"), Formula("starts"), (new, new_and_lost, starts), holds_in_groups=False)
IDENTITIES = (MOVEMENTS, KEPT_OR_LOST, STINTS, FIRST_STINTS)
