"""MRR of customers while something is known of them: how they answered last, or that they are silent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from custmetrics_cli.columns.interval import MONTHLY
from custmetrics_cli.core.data.counts import Aggregation, CountsByPeriod
from custmetrics_cli.core.data.dataset import Dataset, FromCounts, Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.options import Option, whole
from custmetrics_cli.core.result import Notice
from custmetrics_cli.core.time.calendar import day_of
from custmetrics_cli.metrics.revenue.totals import BEFORE_AFTER, READS
from custmetrics_cli.metrics.surveys.totals import NPS

DAYS = Option("days", "Days up to the closing without activity after which a customer is silent", "DAYS", whole, default="30")


def _made(name: str) -> Callable[[TableView, Scope], Sequence[Aggregation]]:
    return lambda source, ask: getattr(import_module("custmetrics_cli.metrics.combined.at_risk_frames"), name)(source, ask)


def _begins_late(view: TableView, scope: Scope, counts: CountsByPeriod, k: int) -> Notice | None:
    """Where the data begins too late for silence to be known."""
    oldest = view.first_day("activity")
    for since in (period.end_number - int(scope.options["days"]) for period in scope.periods):
        if oldest is not None and since < oldest < since + int(scope.options["days"]):
            begins = f"activity begins on {day_of(oldest)}, and who is silent is judged from {day_of(since)} on"
            return Notice("W226", f"{begins}: who was active before that may seem silent")
    return None


ANSWERED = NPS._replace(
    name="MRR by latest answer",
    needs=(("subscriptions", "surveys"),),
    make=_made("by_answer"),
    reads=(*READS, *NPS.reads),
    detail_columns=BEFORE_AFTER,
    parts=MONTHLY,
    comment_column="",
)
ACTIVE = Dataset(
    "MRR by activity",
    (("subscriptions", "activity"),),
    _made("by_activity"),
    reads=(*READS, "timestamp"),
    detail_columns=BEFORE_AFTER,
    parts=MONTHLY,
)
BEGINS_LATE = FromCounts(ACTIVE, _begins_late)


def _mrr(dataset: Dataset, name: str, means: str) -> Total:
    lately = DAYS.name if dataset is ACTIVE else ""
    return Total(name, means, dataset, name, name, ("ended_at", "surveys.customer_id"), unit="money", parts=MONTHLY, window_option=lately)


detractor_mrr = _mrr(ANSWERED, "detractor_mrr", "of closing_mrr, of customers whose latest answer to nps is 6 or less")
passive_mrr = _mrr(ANSWERED, "passive_mrr", "of those whose latest answer is 7 or 8")
promoter_mrr = _mrr(ANSWERED, "promoter_mrr", "of those whose latest answer is 9 or 10")
unanswered_mrr = _mrr(ANSWERED, "unanswered_mrr", "of those who had not answered by then")
silent_mrr = _mrr(ACTIVE, "silent_mrr", "of closing_mrr, of customers without an event in the last --days days of the period")
never_active_mrr = _mrr(ACTIVE, "never_active_mrr", "of silent_mrr, of customers without any event by then")
active_mrr = _mrr(ACTIVE, "active_mrr", "of the other customers")
closing_answered, closing_active = (_mrr(rows, "closing_mrr", "MRR on the last day of the period") for rows in (ANSWERED, ACTIVE))
BY_ANSWER = (detractor_mrr, passive_mrr, promoter_mrr, unanswered_mrr, closing_answered)
BY_ACTIVITY = (silent_mrr, never_active_mrr, active_mrr, closing_active)
OF_ANSWERS = Identity(Formula("detractor_mrr + passive_mrr + promoter_mrr + unanswered_mrr"), Formula("closing_mrr"), BY_ANSWER)
OF_ACTIVITY = Identity(Formula("silent_mrr + active_mrr"), Formula("closing_mrr"), BY_ACTIVITY)
