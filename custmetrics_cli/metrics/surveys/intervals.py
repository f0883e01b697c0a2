"""How sure figures of surveys are. Answers of one customer are not independent: where some answer repeatedly, customers are drawn anew."""

from __future__ import annotations

from custmetrics_cli.core.data.dataset import FromCounts
from custmetrics_cli.core.interval_method import FormulaInputs, IntervalMethod
from custmetrics_cli.stats import bootstrap
from custmetrics_cli.stats.intervals import Interval, mean, mean_difference, net_share, net_share_difference
from custmetrics_cli.stats.pair_counts import PairCounts

POINTS = 100  # in the whole


def promoters(customers: FromCounts, whose: str = "") -> IntervalMethod:
    """Of promoters less detractors in points. Cells: customers alike, as their answers and their promoters less detractors.

    whose: how the names of the totals begin.
    """

    def of(inputs: FormulaInputs) -> Interval | None:
        if _repeatedly(inputs.pair_counts):
            return _points(bootstrap.ratio(inputs.pair_counts))
        return _points(net_share(*_counts(inputs, whose)))

    def apart(now: FormulaInputs, then: FormulaInputs) -> Interval | None:
        if _repeatedly(now.pair_counts) or _repeatedly(then.pair_counts):
            return _points(bootstrap.difference(now.pair_counts, then.pair_counts))
        return _points(net_share_difference(_counts(now, whose), _counts(then, whose)))

    return IntervalMethod(of, apart, customers)


def _repeatedly(pairs: PairCounts) -> bool:
    return bool((pairs.columns[0] > 1).any())


def _counts(inputs: FormulaInputs, whose: str) -> tuple[int, int, int]:
    promoting, detracting, answers = (int(inputs[whose + name]) for name in ("promoters", "detractors", "answers"))
    return promoting, detracting, answers


def _points(found: Interval | None) -> Interval | None:
    return found and found._replace(low=found.low * POINTS, high=found.high * POINTS)


def mean_score(scores: FromCounts) -> IntervalMethod:
    """Of a mean. scores: reads every score of the scale, and how many gave it."""
    return IntervalMethod(lambda state: mean(state.scores), lambda now, then: mean_difference(now.scores, then.scores), scores)
