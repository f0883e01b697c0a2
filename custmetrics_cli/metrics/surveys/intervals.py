"""Confidence intervals of surveys. Answers of one customer are not independent: if some answer repeatedly, customers are resampled."""

from __future__ import annotations

from custmetrics_cli.core.data.dataset import FromCounts
from custmetrics_cli.core.interval_method import FormulaInputs, IntervalMethod
from custmetrics_cli.stats import bootstrap
from custmetrics_cli.stats.intervals import Interval, mean, mean_difference, net_share, net_share_difference
from custmetrics_cli.stats.pair_counts import PairCounts

POINTS = 100  # per 100 answers


def net_promoters(customers: FromCounts, prefix: str = "") -> IntervalMethod:
    """Return the interval of promoters less detractors, in points. prefix: of the names of the totals."""

    def interval(inputs: FormulaInputs) -> Interval | None:
        if _answer_repeatedly(inputs.pair_counts):
            return _in_points(bootstrap.ratio(inputs.pair_counts))
        return _in_points(net_share(*_counts(inputs, prefix)))

    def difference(now: FormulaInputs, then: FormulaInputs) -> Interval | None:
        if _answer_repeatedly(now.pair_counts) or _answer_repeatedly(then.pair_counts):
            return _in_points(bootstrap.difference(now.pair_counts, then.pair_counts))
        return _in_points(net_share_difference(_counts(now, prefix), _counts(then, prefix)))

    return IntervalMethod(interval, difference, customers)


def _answer_repeatedly(customers: PairCounts) -> bool:
    return bool((customers.columns[0] > 1).any())


def _counts(inputs: FormulaInputs, prefix: str) -> tuple[int, int, int]:
    promoters, detractors, answers = (int(inputs[prefix + name]) for name in ("promoters", "detractors", "answers"))
    return promoters, detractors, answers


def _in_points(interval: Interval | None) -> Interval | None:
    return interval and interval._replace(low=interval.low * POINTS, high=interval.high * POINTS)


def mean_score(scores: FromCounts) -> IntervalMethod:
    """Return the interval of a mean score. scores: reads every score of the scale with its answers."""
    return IntervalMethod(lambda inputs: mean(inputs.scores), lambda now, then: mean_difference(now.scores, then.scores), scores)
