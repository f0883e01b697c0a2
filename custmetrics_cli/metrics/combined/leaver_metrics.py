"""The net promoter score of customers who left later, beside that of customers who stayed."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.combined import leaver_totals as t
from custmetrics_cli.metrics.surveys.intervals import net_promoters
from custmetrics_cli.metrics.surveys.metrics import nps

NO_LEAVERS = "no customer who answered in the period has left since"
NO_STAYERS = "no customer who answered in the period has stayed"
LEAVERS = "100 * (leaver_promoters - leaver_detractors) / leaver_answers"
STAYERS = "100 * (stayer_promoters - stayer_detractors) / stayer_answers"
TOTALS = (*t.LEAVERS, *t.STAYERS, t.outsider_answers)

nps_of_leavers = Metric(
    name="nps-of-leavers",
    title="Net promoter score of customers who left",
    asks="What did customers answer who left later, compared with those who stayed?",
    unit="points",
    better="higher",
    family="Surveys",
    order=4,
    definitions={
        "standard": Definition(
            Formula(LEAVERS, NO_LEAVERS),
            TOTALS,
            "answers in the period by customers who have left since",
            net_promoters(*t.customers("leaver")),
            how="{leaver_promoters:promoter}, {leaver_detractors:detractor} in {leaver_answers:answer}",
        ),
        "stayers": Definition(
            Formula(STAYERS, NO_STAYERS),
            TOTALS,
            "answers in the period by customers who have stayed",
            net_promoters(*t.customers("stayer")),
            how="{stayer_promoters:promoter}, {stayer_detractors:detractor} in {stayer_answers:answer}",
        ),
        "difference": Definition(
            Formula(f"{LEAVERS} - {STAYERS}", "no customer who answered in the period has left since, or none has stayed"),
            TOTALS,
            "leavers minus stayers; below 0, answers announced who would leave",
        ),
    },
    identities=t.IDENTITIES,
    example="--period 2021 surveys.csv customers.csv",
    worked_example="3 answers by customers who left later, 1 promoter and 2 detractors: 100 x (1 - 2) / 3 = -33.3 points",
    notes="Choose a period some time ago: customers who answered recently have had little time to leave.",
    options=nps.options,
)
METRICS = (nps_of_leavers,)
