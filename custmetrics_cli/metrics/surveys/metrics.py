"""Metrics of surveys: net promoter score, satisfaction and effort."""

from __future__ import annotations

from collections.abc import Callable

from custmetrics_cli.columns.score import read_scale
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.core.options import OptionSpec, whole
from custmetrics_cli.metrics.surveys import totals as t
from custmetrics_cli.metrics.surveys.intervals import mean_score, net_promoters, positive_share
from custmetrics_cli.metrics.surveys.scales import positive_from, read_nps_scale, scale
from custmetrics_cli.tables.answers.scales import NPS_SCALES, USUAL_SCALES

FAMILY = "Surveys"
NO_ANSWERS = "no answers in the period"


def _scale(survey: str, *scales: str, read: Callable[[str], str] = read_scale) -> OptionSpec:
    """Return the option --scale. Without it, the scale that the file shows is used, else the usual one."""
    return OptionSpec(
        "scale",
        "Scale of the scores",
        "SCALE",
        read,
        choices=scales,
        other_values=True,
        when_absent=USUAL_SCALES[survey],
        default_from=lambda options: scale(survey, options),
    )


ANSWERS = OptionSpec(
    "answers",
    "Answers that count if a customer answers repeatedly in a period: all, or one (before --by and --where)",
    "WHICH",
    str,
    default="all",
    choices=("all", "latest", "first"),
)

nps = Metric(
    name="nps",
    title="Net promoter score",
    asks="How many more customers recommend us than not, per 100 answers?",
    unit="points",
    better="higher",
    family=FAMILY,
    report_list="detractors",
    is_key=True,
    order=1,
    definitions={
        "standard": Definition(
            Formula("100 * (promoters - detractors) / answers", NO_ANSWERS),
            (t.promoters, t.passives, t.detractors, t.nps_answers),
            "promoters answer 9 or 10, passives 7 or 8, detractors 6 or less",
            net_promoters(*t.by_customer(t.NPS, "nps", "net")),
            how="{promoters:promoter}, {detractors:detractor} in {answers:answer}",
            shares=("promoters", "passives", "detractors"),
        )
    },
    identities=(t.NPS_ANSWERS,),
    example="--period 2022-Q2 surveys.csv",
    worked_example="120 promoters, 45 passives, 30 detractors: 100 x (120 - 30) / 195 = 46.2 points",
    options=(_scale("nps", *NPS_SCALES, read=read_nps_scale), ANSWERS),
)
csat = Metric(
    name="csat",
    title="Customer satisfaction score",
    asks="What share of the answers is positive?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    is_key=True,
    order=2,
    aliases=("css",),
    definitions={
        "standard": Definition(
            Formula("positive / answers", NO_ANSWERS),
            (t.positive, t.not_positive, t.csat_answers),
            "positive: 6 and above on 1-10, 4 and above on 1-5, or --positive-from; mirrored if low-is-good",
            positive_share(*t.by_customer(t.CSAT, "csat", "positive")),
            how="{positive} of {answers:answer} positive",
        ),
        "mean": Definition(
            Formula("score_sum / answers", NO_ANSWERS),
            (t.csat_score_sum, t.csat_answers),
            "average score, on the scale of the answers",
            mean_score("csat", *t.by_customer(t.CSAT, "csat", "score")),
            unit="score",
        ),
    },
    identities=(t.CSAT_ANSWERS,),
    example="--period 2022-Q2 surveys.csv",
    worked_example="50 answers on 1-10, 30 of them 6 or more: 30 / 50 = 60.00 %",
    options=(
        _scale("csat", "1-10", "1-5", "1-7", "0-10"),
        OptionSpec("positive-from", "Lowest positive score", "SCORE", whole, when_absent="6 on 1-10, 4 on 1-5", default_from=positive_from),
        ANSWERS,
    ),
)
ces = Metric(
    name="ces",
    title="Customer effort score",
    asks="How easy do customers find it, on average?",
    unit="score",
    better="higher",
    family=FAMILY,
    order=3,
    definitions={
        "standard": Definition(
            Formula("score_sum / answers", NO_ANSWERS),
            (t.score_sum, t.ces_answers),
            "average score; the highest score means easy, unless low-is-good",
            mean_score("ces", *t.by_customer(t.CES, "ces", "score")),
        ),
        "top": Definition(
            Formula("easy / answers", NO_ANSWERS),
            (t.easy, t.not_easy, t.ces_answers),
            "share of the scores that mean easy: 5 and above on 1-7, 4 and above on 1-5, 8 and above on 1-10; mirrored if low-is-good",
            positive_share(*t.by_customer(t.CES, "ces", "easy")),
            how="{easy} of {answers:answer} easy",
            unit="ratio",
        ),
    },
    identities=(t.CES_ANSWERS,),
    example="--period 2022-Q2 surveys.csv",
    worked_example="4 answers on 1-7: 7, 6, 6 and 2: 21 / 4 = 5.25",
    options=(_scale("ces", "1-7", "1-5", "1-10"), ANSWERS),
)
METRICS = (nps, csat, ces)
