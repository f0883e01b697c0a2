"""Metrics of MRR at risk: of detractors and of customers who have gone silent."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.combined import at_risk_totals as t
from custmetrics_cli.metrics.surveys.metrics import nps

FAMILY = "Recurring revenue"
NO_MRR = "no MRR at the end of the period"

detractor_mrr = Metric(
    name="detractor-mrr",
    title="MRR at risk (detractors)",
    asks="How much MRR comes from customers who would not recommend us?",
    unit="money",
    better="lower",
    family=FAMILY,
    order=11,
    definitions={
        "standard": Definition(
            Formula("detractor_mrr"), t.ANSWER_TOTALS, "customers whose latest nps answer by the end of the period is 6 or less"
        ),
        "share": Definition(Formula("detractor_mrr / closing_mrr", NO_MRR), t.ANSWER_TOTALS, "share of the MRR at the end", unit="ratio"),
    },
    identities=(t.ANSWERS_ADD_UP,),
    example="--period 2022-Q2 subscriptions.csv surveys.csv",
    worked_example="100 at the end, 30 of it from a customer who answered 9 in March and 6 in April: MRR of detractors = 30.00",
    options=tuple(option for option in nps.options if option.name == "scale"),
)
silent_mrr = Metric(
    name="silent-mrr",
    title="MRR at risk (silent customers)",
    asks="How much MRR comes from customers without recent activity?",
    unit="money",
    better="lower",
    family=FAMILY,
    order=12,
    definitions={
        "standard": Definition(
            Formula("silent_mrr"),
            t.ACTIVITY_TOTALS,
            "customers without an event in the last --days days of the period",
            warnings=(t.BEGINS_LATE,),
        ),
        "share": Definition(
            Formula("silent_mrr / closing_mrr", NO_MRR),
            t.ACTIVITY_TOTALS,
            "share of the MRR at the end",
            unit="ratio",
            warnings=(t.BEGINS_LATE,),
        ),
    },
    identities=(t.ACTIVITY_ADDS_UP,),
    example="--period 2022-12 subscriptions.csv activity.csv",
    worked_example="100 at the end of April, 40 of it from a customer last active on 31 March: silent for 30 days = 40.00",
    options=(t.DAYS,),
)
METRICS = (detractor_mrr, silent_mrr)
