"""Totals of nps answers by the later status of the customer: left, stayed, or never a customer."""

from __future__ import annotations

from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.metrics.surveys import totals as surveys

STATUSES = {
    "leaver": "customers who left later",
    "stayer": "customers who stayed",
    "outsider": "people who were not customers that day, or are unknown",
}
ANSWERS_BY_STATUS = surveys.NPS._replace(
    name="answers by status",
    needs=(("surveys", "customers"), ("surveys", "subscriptions")),
    make="combined.leaver_frames:answers_by_status",
    arguments=(),
    reads=(*surveys.NPS.reads, "started_at", "ended_at"),
    detail_columns={**surveys.NPS.detail_columns, "ended_at": "day"},
)


def customers(status: str) -> surveys.Customers:
    """Return the customers of a status by their answers, for confidence intervals."""
    return surveys.by_customer(ANSWERS_BY_STATUS, status, "net", "combined.leaver_frames")


def _total(name: str, description: str) -> Total:
    needs = ("customer_id", "customers.ended_at", "subscriptions.ended_at")
    return Total(name, description, ANSWERS_BY_STATUS, flow=name, needs=needs)


def _totals(status: str) -> tuple[Total, ...]:
    return tuple(_total(f"{status}_{total.name}", f"{total.description}, by {STATUSES[status]}") for total in surveys.NPS_ANSWERS.totals)


answers = _total("answers", surveys.ANSWERS)
leaver_promoters, leaver_passives, leaver_detractors, leaver_answers = LEAVERS = _totals("leaver")
stayer_promoters, stayer_passives, stayer_detractors, stayer_answers = STAYERS = _totals("stayer")
*_, outsider_answers = _totals("outsider")

IDENTITIES = (
    Identity(Formula("leaver_promoters + leaver_passives + leaver_detractors"), Formula("leaver_answers"), LEAVERS),
    Identity(Formula("stayer_promoters + stayer_passives + stayer_detractors"), Formula("stayer_answers"), STAYERS),
    Identity(
        Formula("leaver_answers + stayer_answers + outsider_answers"),
        Formula("answers"),
        (leaver_answers, stayer_answers, outsider_answers, answers),
    ),
)
