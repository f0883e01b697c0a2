"""What customers say when they are asked."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.core.options import OptionSpec, whole
from custmetrics_cli.metrics.shared.intervals import share
from custmetrics_cli.metrics.surveys import totals as a
from custmetrics_cli.metrics.surveys.intervals import mean_score, promoters
from custmetrics_cli.tables.surveys import SCALE

FAMILY = "Surveys"
NOBODY = "nobody answered in the period"


def _scale(survey: str, *known: str) -> OptionSpec:
    """What was said and what is usual are not the same: of what is usual there may be doubt."""
    return OptionSpec(
        "scale",
        "Scale of the scores",
        "SCALE",
        str,
        choices=known,
        when_absent=SCALE[survey],
        default_from=lambda options: a.scale(survey, options),
    )


ANSWERS = OptionSpec(
    "answers",
    "Answers to count if a customer has several in a period",
    "WHICH",
    str,
    default="all",
    choices=("all", "latest", "first"),
)

nps = Metric(
    name="nps",
    title="Net promoter score",
    asks="By how much do customers who would recommend us outweigh those who would not?",
    unit="points",
    better="higher",
    family=FAMILY,
    order=1,
    definitions={
        "standard": Definition(
            Formula("100 * (promoters - detractors) / answers", NOBODY),
            (a.promoters, a.passives, a.detractors, a.nps_answers),
            "promoters give 9 or 10, passives 7 or 8, detractors 6 or less; nothing is rounded before it is subtracted",
            promoters(a.CUSTOMERS),
        )
    },
    identities=(a.OF_NPS,),
    example="--period 2022-Q2 surveys.csv",
    worked_example="120 promoters, 45 passives, 30 detractors: 100 x (120 - 30) / 195 = 46.2 points",
    options=(_scale("nps", "0-10", "1-10"), ANSWERS),
)
csat = Metric(
    name="csat",
    title="Customer satisfaction score",
    asks="What share of the answers is from satisfied customers?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    order=2,
    aliases=("css",),
    definitions={
        "standard": Definition(
            Formula("positive / answers", NOBODY),
            (a.positive, a.not_positive, a.csat_answers),
            "positive are scores of 6 and above on 1-10, of 4 and above on 1-5, or as --positive-from says",
            share("positive", "answers"),
        )
    },
    identities=(a.OF_CSAT,),
    example="--period 2022-Q2 surveys.csv",
    worked_example="50 answers on 1-10, 30 of them 6 or more: 30 / 50 = 60.00 %",
    options=(
        _scale("csat", "1-10", "1-5", "1-7", "0-10"),
        OptionSpec(
            "positive-from", "The lowest positive score", "SCORE", whole, when_absent="6 on 1-10, 4 on 1-5", default_from=a.positive_from
        ),
        ANSWERS,
    ),
)
ces = Metric(
    name="ces",
    title="Customer effort score",
    asks="How easy was it, on average?",
    unit="score",
    better="higher",
    family=FAMILY,
    order=3,
    definitions={
        "standard": Definition(
            Formula("score_sum / answers", NOBODY),
            (a.score_sum, a.ces_answers),
            "the mean score, where the highest means easy",
            mean_score(a.SCORES),
        ),
        "top": Definition(
            Formula("easy / answers", NOBODY),
            (a.easy, a.not_easy, a.ces_answers),
            "the share of scores that say easy: 5 and above on 1-7, 4 and above on 1-5, 8 and above on 1-10",
            share("easy", "answers"),
            unit="ratio",
        ),
    },
    identities=(a.OF_CES,),
    example="--period 2022-Q2 surveys.csv",
    worked_example="4 answers on 1-7, 7, 6, 6 and 2: 21 / 4 = 5.25",
    options=(_scale("ces", "1-7", "1-5", "1-10"), ANSWERS),
)
METRICS = (nps, csat, ces)
