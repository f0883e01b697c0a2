"""What only two tables together can tell."""

from __future__ import annotations

from custmetrics_cli.formula import Formula
from custmetrics_cli.metric import Definition, Metric
from custmetrics_cli.metrics import _leavers as v
from custmetrics_cli.metrics import _mrr_while as w
from custmetrics_cli.metrics._survey_spread import promoters
from custmetrics_cli.metrics.surveys import nps

NONE_LEFT = "nobody who answered in the period has left since"
NONE_STAYED = "nobody who answered in the period has stayed"
NOTHING = "nobody pays when the period ends"
LEAVERS = "100 * (leaver_promoters - leaver_detractors) / leaver_answers"
STAYERS = "100 * (stayer_promoters - stayer_detractors) / stayer_answers"
BESIDE = (*v.LEAVERS, *v.STAYERS, v.outsider_answers)

nps_of_leavers = Metric(
    name="nps-of-leavers",
    title="Net promoter score of those who left later",
    asks="What did customers say who have left since, and what did those say who stayed?",
    unit="points",
    better="higher",
    family="Surveys",
    order=4,
    definitions={
        "standard": Definition(
            Formula(LEAVERS, NONE_LEFT),
            BESIDE,
            "answers in the period, given in a stint that has ended since",
            promoters(v.customers("leaver"), "leaver_"),
        ),
        "stayers": Definition(
            Formula(STAYERS, NONE_STAYED),
            BESIDE,
            "answers given in a stint that has not ended",
            promoters(v.customers("stayer"), "stayer_"),
        ),
        "difference": Definition(
            Formula(f"{LEAVERS} - {STAYERS}", "nobody who answered in the period has left since, or nobody has stayed"),
            BESIDE,
            "of those who left later from those who stayed: below 0, who left had said so",
        ),
    },
    identities=v.IDENTITIES,
    example="--period 2021 surveys.csv customers.csv",
    worked="3 answers of customers who left later, 1 promoter and 2 detractors: 100 x (1 - 2) / 3 = -33.3 points",
    notes="Who answered lately has had little time to leave: look at a period that lies some time back.",
    options=nps.options,
)
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
    worked="100 at the closing, 30 of it of a customer who gave a 9 in March and a 6 in April: MRR of detractors = 30.00",
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
            remarks=(w.BEGINS_LATE,),
        ),
        "share": Definition(
            Formula("silent_mrr / closing_mrr", NOTHING), w.BY_ACTIVITY, "of all MRR at the closing", unit="ratio", remarks=(w.BEGINS_LATE,)
        ),
    },
    identities=(w.OF_ACTIVITY,),
    example="--period 2022-12 subscriptions.csv activity.csv",
    worked="100 at the closing, 40 of it of a customer last seen on 31 March, none since: silent for the 30 days of April = 40.00",
    options=(w.DAYS,),
)
METRICS = (nps_of_leavers, detractor_mrr, silent_mrr)
