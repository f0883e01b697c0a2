"""How sure figures of surveys are. Answers of one customer are not independent: where some answer repeatedly, customers are drawn anew."""

from __future__ import annotations

from custmetrics_cli.core.data.dataset import FromCounts
from custmetrics_cli.core.interval_method import FormulaInputs, IntervalMethod
from custmetrics_cli.stats import bootstrap
from custmetrics_cli.stats.intervals import Interval, mean, means_apart, net_apart, net_share
from custmetrics_cli.stats.pair_counts import PairCounts

POINTS = 100  # in the whole


def promoters(customers: FromCounts, whose: str = "") -> IntervalMethod:
    """Of promoters less detractors in points. Cells: customers alike, as their answers and their promoters less detractors.

    whose: how the names of the totals begin.
    """

    def of(inputs: FormulaInputs) -> Interval | None:
        if _repeatedly(inputs.cells):
            return _points(bootstrap.ratio(inputs.cells))
        return _points(net_share(*_counts(inputs, whose)))

    def apart(now: FormulaInputs, then: FormulaInputs) -> Interval | None:
        if _repeatedly(now.cells) or _repeatedly(then.cells):
            return _points(bootstrap.difference(now.cells, then.cells))
        return _points(net_apart(*_counts(now, whose), *_counts(then, whose)))

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
    return IntervalMethod(lambda state: mean(state.scores), lambda now, then: means_apart(now.scores, then.scores), scores)
