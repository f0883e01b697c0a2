"""Totals of MRR at risk: of detractors, and of customers without recent activity."""

from __future__ import annotations

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.data.dataset import Dataset, FromCounts
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.options import OptionSpec, whole
from custmetrics_cli.metrics.revenue.totals import BEFORE_AFTER, READS
from custmetrics_cli.metrics.surveys.totals import NPS, ORDER

DAYS = OptionSpec("days", "Days without activity at the end of the period after which a customer is silent", "DAYS", whole, default="30")

BY_ANSWER = NPS._replace(
    name="MRR by latest answer",
    needs=(("subscriptions", "surveys"),),
    make="combined.at_risk_frames:by_answer",
    arguments=(),
    reads=(*READS, *NPS.reads, ORDER),
    detail_columns=BEFORE_AFTER,
    parts=MONEY_PARTS,
    comment_column="",
)
BY_ACTIVITY = Dataset(
    "MRR by activity",
    needs=(("subscriptions", "activity"),),
    make="combined.at_risk_frames:by_activity",
    reads=(*READS, "timestamp"),
    detail_columns=BEFORE_AFTER,
    parts=MONEY_PARTS,
)
BEGINS_LATE = FromCounts(BY_ACTIVITY, read="combined.at_risk_checks:begins_late")


def _mrr(dataset: Dataset, name: str, description: str) -> Total:
    window = DAYS.name if dataset is BY_ACTIVITY else ""
    needs = ("ended_at", "surveys.customer_id")
    return Total(name, description, dataset, name, name, needs, unit="money", parts=MONEY_PARTS, window_option=window)


CLOSING = "MRR on the last day of the period"
detractor_mrr = _mrr(BY_ANSWER, "detractor_mrr", "MRR of customers whose latest nps answer is 6 or less")
passive_mrr = _mrr(BY_ANSWER, "passive_mrr", "MRR of customers whose latest answer is 7 or 8")
promoter_mrr = _mrr(BY_ANSWER, "promoter_mrr", "MRR of customers whose latest answer is 9 or 10")
unanswered_mrr = _mrr(BY_ANSWER, "unanswered_mrr", "MRR of customers who have not answered yet")
closing_by_answer = _mrr(BY_ANSWER, "closing_mrr", CLOSING)
silent_mrr = _mrr(BY_ACTIVITY, "silent_mrr", "MRR of customers without an event in the last --days days")
never_active_mrr = _mrr(BY_ACTIVITY, "never_active_mrr", "part of silent_mrr: customers without any event")
active_mrr = _mrr(BY_ACTIVITY, "active_mrr", "MRR of all other customers")
closing_by_activity = _mrr(BY_ACTIVITY, "closing_mrr", CLOSING)

ANSWER_TOTALS = (detractor_mrr, passive_mrr, promoter_mrr, unanswered_mrr, closing_by_answer)
ACTIVITY_TOTALS = (silent_mrr, never_active_mrr, active_mrr, closing_by_activity)
ANSWERS_ADD_UP = Identity(Formula("detractor_mrr + passive_mrr + promoter_mrr + unanswered_mrr"), Formula("closing_mrr"), ANSWER_TOTALS)
ACTIVITY_ADDS_UP = Identity(Formula("silent_mrr + active_mrr"), Formula("closing_mrr"), ACTIVITY_TOTALS)
