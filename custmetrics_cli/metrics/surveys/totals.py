"""Totals of survey answers: nps, csat and ces."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from custmetrics_cli.core.data.dataset import Dataset, DataWarning, FromCounts
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.metrics.surveys.scales import Options, positive_from


def _context(survey: str, options: Options) -> dict[str, str]:
    """Return the scale that the user names. Wrong options are an error before any file is read."""
    if survey == "csat":
        positive_from(options)
    return {survey: str(options.get("scale", ""))}


SAME_DAY = DataWarning(
    "same_day_answers",
    "W308",
    "{n} gave different scores on one day without times; the row that comes first or last in the file decides",
    "customer",
    "surveys.frames:same_day_answers",
)
ORDER = "responded_at_order"  # of the frame: the time of an answer, then its row


def _order_if_one_answer(options: Options) -> tuple[str, ...]:
    return () if options.get("answers", "all") == "all" else (ORDER,)


NPS = Dataset(
    "answers to nps",
    needs=(("surveys",),),
    make="surveys.frames:histogram",
    arguments=("nps",),
    reads=("responded_at", "score", "kind", "count"),
    more_reads=_order_if_one_answer,
    checks=(SAME_DAY,),
    detail_columns={"score": "count", "responded_at": "day"},
    check_context=partial(_context, "nps"),
    kind_column="kind",
    comment_column="comment",
)
CSAT = NPS._replace(name="answers to csat", arguments=("csat",), check_context=partial(_context, "csat"))
CES = NPS._replace(name="answers to ces", arguments=("ces",), check_context=partial(_context, "ces"))


class Customers(NamedTuple):
    """Customers of one period, and of two, by their answers and the sum of what they answered."""

    one: FromCounts
    both: FromCounts


def by_customer(dataset: Dataset, survey: str, part: str, module: str = "surveys.customer_frames", **more: Any) -> Customers:
    """part: what is summed, as in customer_frames.py."""
    base = dataset._replace(detail_columns={}, arguments=(survey, part), **more)
    one = base._replace(name=f"customers by {survey} ({part})", make=f"{module}:customers")
    both = base._replace(name=f"customers of two periods by {survey} ({part})", make=f"{module}:of_both")
    return Customers(FromCounts(one, read="surveys.counts:customers"), FromCounts(both, read="surveys.counts:of_both"))


def _total(dataset: Dataset, name: str, description: str) -> Total:
    return Total(name, description, dataset, flow=name)


ANSWERS = "answers in the period"
promoters = _total(NPS, "promoters", "answers of 9 or 10")
passives = _total(NPS, "passives", "answers of 7 or 8")
detractors = _total(NPS, "detractors", "answers of 6 or less")
nps_answers = _total(NPS, "answers", ANSWERS)
positive = _total(CSAT, "positive", "answers of satisfied customers")
not_positive = _total(CSAT, "not_positive", "all other answers")
csat_score_sum = _total(CSAT, "score_sum", "sum of all scores")
csat_answers = _total(CSAT, "answers", ANSWERS)
score_sum = _total(CES, "score_sum", "sum of all scores")
easy = _total(CES, "easy", "answers that mean easy")
not_easy = _total(CES, "not_easy", "all other answers")
ces_answers = _total(CES, "answers", ANSWERS)

NPS_ANSWERS = Identity(Formula("promoters + passives + detractors"), Formula("answers"), (promoters, passives, detractors, nps_answers))
CSAT_ANSWERS = Identity(Formula("positive + not_positive"), Formula("answers"), (positive, not_positive, csat_answers))
CES_ANSWERS = Identity(Formula("easy + not_easy"), Formula("answers"), (easy, not_easy, ces_answers))
