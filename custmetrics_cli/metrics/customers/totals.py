"""Customers at the two edges of a period and between: the totals that churn, retention, growth, MRR and CAC share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Dataset, Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.metrics.customers.checks import DAY_AFTER, DISAGREEMENT, OVERLAPPING, REPEATED, UNCLEAR

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw


def _make(view: TableView, scope: Scope) -> Sequence[Aggregation]:
    from custmetrics_cli.metrics.customers.frames import touches
    from custmetrics_cli.metrics.customers.stints import stints

    return touches(stints(view, scope), scope, view.group_of if view.is_grouped else None)


def _shows(view: TableView) -> nw.LazyFrame[Any]:
    """The first and the last day of each customer."""
    import narwhals.stable.v2 as nw

    return view.frame().group_by("id").agg(nw.col("started_at").min(), nw.col("ended_at").max())


READS = ("started_at", "ended_at", "canceled_at", "monthly")
CHECKS = (OVERLAPPING, REPEATED, DAY_AFTER, UNCLEAR, DISAGREEMENT)
CUSTOMERS = Dataset("customers", (("customers",), ("subscriptions",)), _make, _shows, ("reason",), CHECKS, READS)
ENDS = ("ended_at",)


def _flow(name: str, means: str, needs: tuple[str, ...] = ENDS, by_leave_reason: bool = False) -> Total:
    return Total(name, means, CUSTOMERS, flow=name, needs=needs, by_leave_reason=by_leave_reason)


opening = Total("opening", "customers the day before the period", CUSTOMERS, stock="net", needs=ENDS)
closing = Total("closing", "customers on the last day of the period", CUSTOMERS, flow="net", stock="net", needs=ENDS)
kept = Total("kept", "customers at both edges", CUSTOMERS, flow="unlost", stock="net", needs=ENDS)
lost = _flow("lost", "customers at the opening who are not there at the closing", by_leave_reason=True)
new = _flow("new", "customers at the closing whose first stint began in the period")
reactivated = _flow("reactivated", "customers at the closing, not at the opening, who had been customers before")
new_and_lost = _flow("new_and_lost", "customers whose first stint began in the period and who are not there at the closing")
back_and_lost = _flow("back_and_lost", "earlier customers who came back in the period and left again")
lost_and_back = _flow("lost_and_back", "customers at both edges who had left in between")
starts = _flow("starts", "first stints that began in the period", needs=())
returns = _flow("returns", "later stints that began in the period")
ends = _flow("ends", "stints that ended in the period", by_leave_reason=True)
leaving = _flow("leaving", "customers at the closing who decided in the period to leave", needs=("ended_at", "canceled_at"))
voluntary = _flow("voluntary", "lost customers whose reason is a decision", needs=("ended_at", "reason"), by_leave_reason=True)
involuntary = _flow(
    "involuntary", "lost customers whose reason is a payment that failed", needs=("ended_at", "reason"), by_leave_reason=True
)
moved_in = Total(
    "moved_in",
    "customers at both edges who came from another group",
    CUSTOMERS,
    flow="moved_in",
    needs=ENDS,
    additive=False,
    between_groups=True,
)
moved_out = Total(
    "moved_out",
    "customers at both edges who went to another group",
    CUSTOMERS,
    flow="moved_out",
    needs=ENDS,
    additive=False,
    between_groups=True,
)
opening_months = Total(
    "opening_months", "opening of each calendar month of the period, summed", CUSTOMERS, stock="net", needs=ENDS, monthly=True
)
lost_months = Total(
    "lost_months",
    "lost in each calendar month of the period, summed",
    CUSTOMERS,
    flow="lost",
    needs=ENDS,
    monthly=True,
    by_leave_reason=True,
)

IDENTITIES = (
    Identity(
        Formula("opening + new + reactivated + moved_in - lost - moved_out"),
        Formula("closing"),
        (opening, new, reactivated, moved_in, lost, moved_out, closing),
    ),
    Identity(Formula("kept + lost"), Formula("opening"), (kept, lost, opening)),
    Identity(
        Formula("opening + starts + returns - ends"), Formula("closing"), (opening, starts, returns, ends, closing), holds_in_groups=False
    ),
    Identity(Formula("new + new_and_lost"), Formula("starts"), (new, new_and_lost, starts), holds_in_groups=False),
)
