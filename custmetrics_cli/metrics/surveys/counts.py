"""From scores to counts, in plain Python."""

from __future__ import annotations

from collections.abc import Callable

from custmetrics_cli.columns.score import scale_of
from custmetrics_cli.core.data.counts import Counts, CountsByPeriod
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.metrics.surveys.scales import Options, easy_from, is_good, positive_from, scale, score_name
from custmetrics_cli.stats.intervals import Scores
from custmetrics_cli.stats.pair_counts import PairCounts


def count_nps(options: Options, score: int, count: int) -> Counts:
    return {"answers": count, score_name(score): count}


def count_csat(options: Options, score: int, count: int) -> Counts:
    return {"answers": count, "positive" if is_good(score, positive_from(options), options) else "not_positive": count}


def count_ces(options: Options, score: int, count: int) -> Counts:
    """Count answers, and each score under its own number."""
    name = "easy" if is_good(score, easy_from(options), options) else "not_easy"
    return {"answers": count, "score_sum": score * count, name: count, score: count}


COUNT: dict[str, Callable[[Options, int, int], Counts]] = {"nps": count_nps, "csat": count_csat, "ces": count_ces}


def customers(view: TableView, scope: Scope, counts: CountsByPeriod, period: int) -> PairCounts:
    """Return customers by their number of answers, and their promoters less detractors."""
    return PairCounts.of((answers, net, int(count)) for (net, answers), count in counts.during(period).items())


def scores(view: TableView, scope: Scope, counts: CountsByPeriod, period: int) -> Scores:
    """Return every score of the scale of ces with the number of its answers."""
    low, high = scale_of(scale("ces", scope.options))
    during = counts.during(period)
    return [(score, int(during.get(score, 0))) for score in range(low, high + 1)]
