"""What only two tables together can tell."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.combined import at_risk_totals as w
from custmetrics_cli.metrics.surveys.metrics import nps

NOTHING = "nobody pays when the period ends"

detractor_mrr = Metric(
    name="detractor-mrr",
    title="MRR held by detractors",
    asks="How much of the MRR is of customers who last said that they would not recommend us?",
    unit="money",
    better="lower",
    family="Recurring revenue",
    order=11,
    definitions={
        "standard": Definition(
            Formula("detractor_mrr"), w.BY_ANSWER, "customers whose latest answer to nps until the closing, however old, is 6 or less"
        ),
        "share": Definition(Formula("detractor_mrr / closing_mrr", NOTHING), w.BY_ANSWER, "of all MRR at the closing", unit="ratio"),
    },
    identities=(w.OF_ANSWERS,),
    example="--period 2022-Q2 subscriptions.csv surveys.csv",
    worked_example="100 at the closing, 30 of it of a customer who gave a 9 in March and a 6 in April: MRR of detractors = 30.00",
    options=tuple(option for option in nps.options if option.name == "scale"),
)
silent_mrr = Metric(
    name="silent-mrr",
    title="MRR of silent customers",
    asks="How much of the MRR is of customers who have not done anything of late?",
    unit="money",
    better="lower",
    family="Recurring revenue",
    order=12,
    definitions={
        "standard": Definition(
            Formula("silent_mrr"),
            w.BY_ACTIVITY,
            "customers without an event in the last --days days of the period",
            warnings=(w.BEGINS_LATE,),
        ),
        "share": Definition(
            Formula("silent_mrr / closing_mrr", NOTHING),
            w.BY_ACTIVITY,
            "of all MRR at the closing",
            unit="ratio",
            warnings=(w.BEGINS_LATE,),
        ),
    },
    identities=(w.OF_ACTIVITY,),
    example="--period 2022-12 subscriptions.csv activity.csv",
    worked_example="100 at the closing, 40 of it of a customer last seen on 31 March, none since: silent for the 30 days of April = 40.00",
    options=(w.DAYS,),
)
METRICS = (detractor_mrr, silent_mrr)
