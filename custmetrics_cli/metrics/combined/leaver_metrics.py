"""Metrics that compare customers who left with those who stayed."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.combined import leaver_totals as v
from custmetrics_cli.metrics.surveys.intervals import promoters
from custmetrics_cli.metrics.surveys.metrics import nps

NONE_LEFT = "nobody who answered in the period has left since"


NONE_STAYED = "nobody who answered in the period has stayed"


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
            "customers who left later minus customers who stayed",
        ),
    },
    identities=v.IDENTITIES,
    example="--period 2021 surveys.csv customers.csv",
    worked_example="3 answers of customers who left later, 1 promoter and 2 detractors: 100 x (1 - 2) / 3 = -33.3 points",
    notes="Recent answers have had little time to leave: use an earlier period.",
    options=nps.options,
)
METRICS = (nps_of_leavers,)
