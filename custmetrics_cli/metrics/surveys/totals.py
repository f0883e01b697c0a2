"""Answers to surveys: what nps, csat and ces count of them, and on which scale."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from custmetrics_cli.columns.score import SCALES
from custmetrics_cli.core.data.counts import Aggregation, CountsByPeriod
from custmetrics_cli.core.data.dataset import Dataset, FromCounts, Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.options import Value
from custmetrics_cli.stats.intervals import Scores
from custmetrics_cli.stats.pair_counts import PairCounts
from custmetrics_cli.tables.surveys import SCALE

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

Options = Mapping[str, Value]
PROMOTER, PASSIVE = 9, 7  # the lowest scores of either
POSITIVE = {"1-10": 6, "1-5": 4}  # the lowest positive score, by scale
EASY = {"1-7": 5, "1-5": 4, "1-10": 8}  # the lowest score that says easy, by scale


def scale(survey: str, options: Options) -> str:
    """What --scale says, else the usual one."""
    return str(options.get("scale", SCALE[survey]))


def positive_from(options: Options) -> int:
    """The lowest positive score. Raises CustmetricsError E161 for one that is off the scale, E162 where none is usual."""
    on = scale("csat", options)
    if "positive_from" not in options and on not in POSITIVE:
        hint = f"say the lowest positive score, as --positive-from {SCALES[on].high - 1}"
        raise CustmetricsError(Problem("E162", f"on the scale {on} no score is usually the lowest positive one", hint=hint))
    lowest, ends = int(options.get("positive_from", POSITIVE.get(on, 0))), SCALES[on]
    if not ends.low < lowest <= ends.high:
        hint = f"from {ends.low + 1} to {ends.high}; --scale says which scale it is"
        raise CustmetricsError(Problem("E161", f"--positive-from {lowest} leaves all or none of the scale {on}", hint=hint))
    return lowest


def _told(survey: str, options: Options) -> dict[str, str]:
    """The scale where it was said. What is wrong with the options shows before any file is read."""
    if survey == "csat":
        positive_from(options)
    return {survey: str(options.get("scale", ""))}


def _nps(options: Options, score: int, n: int) -> dict[str | int, int]:
    name = "promoters" if score >= PROMOTER else "passives" if score >= PASSIVE else "detractors"
    return {"answers": n, name: n}


def _csat(options: Options, score: int, n: int) -> dict[str | int, int]:
    return {"answers": n, "positive" if score >= positive_from(options) else "not_positive": n}


def _ces(options: Options, score: int, n: int) -> dict[str | int, int]:
    name = "easy" if score >= EASY[scale("ces", options)] else "not_easy"
    return {"answers": n, "score_sum": score * n, name: n, score: n}


def _make(survey: str, count: Callable[[Options, int, int], dict[str | int, int]], view: TableView, scope: Scope) -> Sequence[Aggregation]:
    from custmetrics_cli.metrics.surveys.frames import histogram

    return [histogram(view, scope, survey, partial(count, scope.options))]


def _rows(survey: str, count: Callable[[Options, int, int], dict[str | int, int]]) -> Dataset:
    return Dataset(
        f"answers to {survey}",
        (("surveys",),),
        partial(_make, survey, count),
        reads=("responded_at", "score", "kind"),
        detail_columns={"score": "count", "responded_at": "day"},
        check_context=partial(_told, survey),
        kind_column="kind",
        comment_column="comment",
    )


def _of_customers(view: TableView, scope: Scope) -> Sequence[Aggregation]:
    from custmetrics_cli.metrics.surveys.frames import by_customer

    return by_customer(view, scope, "nps", net)


def net(score: nw.Expr) -> nw.Expr:
    """1 for a promoter, -1 for a detractor."""
    from custmetrics_cli.engines.query.run import flag

    return flag(score >= PROMOTER) - flag(score < PASSIVE)


def read_customers(view: TableView, scope: Scope, counts: CountsByPeriod, k: int) -> PairCounts:
    """Customers alike: their answers, promoters less detractors among these, how many."""
    return PairCounts.of((n, net, int(alike)) for (net, n), alike in counts.during(k).items())


def _read_scores(view: TableView, scope: Scope, counts: CountsByPeriod, k: int) -> Scores:
    """Every score of the scale, whether given or not, and how many gave it."""
    ends, found = SCALES[scale("ces", scope.options)], counts.during(k)
    return [(score, int(found.get(score, 0))) for score in range(ends.low, ends.high + 1)]


NPS, CSAT, CES = _rows("nps", _nps), _rows("csat", _csat), _rows("ces", _ces)
CUSTOMERS = FromCounts(NPS._replace(name="customers who answered nps", make=_of_customers, detail_columns={}), read_customers)
SCORES = FromCounts(CES, _read_scores)


def _total(dataset: Dataset, name: str, means: str) -> Total:
    return Total(name, means, dataset, flow=name)


promoters = _total(NPS, "promoters", "answers of 9 or 10")
passives = _total(NPS, "passives", "answers of 7 or 8")
detractors = _total(NPS, "detractors", "answers of 6 or less")
nps_answers = _total(NPS, "answers", "answers in the period that have a score")
positive = _total(CSAT, "positive", "answers of satisfied customers")
not_positive = _total(CSAT, "not_positive", "the other answers")
csat_answers = _total(CSAT, "answers", nps_answers.description)
score_sum = _total(CES, "score_sum", "the scores of all answers, summed")
easy = _total(CES, "easy", "answers that say it was easy")
not_easy = _total(CES, "not_easy", "the other answers")
ces_answers = _total(CES, "answers", nps_answers.description)

OF_NPS = Identity(Formula("promoters + passives + detractors"), Formula("answers"), (promoters, passives, detractors, nps_answers))
OF_CSAT = Identity(Formula("positive + not_positive"), Formula("answers"), (positive, not_positive, csat_answers))
OF_CES = Identity(Formula("easy + not_easy"), Formula("answers"), (easy, not_easy, ces_answers))
