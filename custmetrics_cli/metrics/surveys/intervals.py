"""Confidence intervals of surveys. Answers of one customer are not independent, so all answers of a customer are one draw."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from custmetrics_cli.columns.score import scale_of
from custmetrics_cli.core.data.dataset import FromCounts
from custmetrics_cli.core.interval_method import Both, Compared, FormulaInputs, IntervalMethod
from custmetrics_cli.stats.intervals import Estimated, Interval, NoInterval, square_and_add
from custmetrics_cli.stats.ratios import effective_n, plus_one
from custmetrics_cli.stats.sums import correlation
from custmetrics_cli.tables.answers.scales import USUAL_SCALES

POINTS = 100  # per 100 answers


def net_promoters(customers: FromCounts, both: FromCounts) -> IntervalMethod:
    """Return the interval of promoters less detractors, in points. customers: by answers, and by promoters less detractors."""

    def interval(inputs: FormulaInputs) -> Estimated:
        found = plus_one(inputs.pair_counts.sums())
        if isinstance(found, NoInterval):
            return found
        return found._replace(low=max(-1.0, found.low), high=min(1.0, found.high)).map(POINTS)

    return IntervalMethod(interval, ("plus one customer",), customers, difference=_correlated, both=Both(both))


def positive_share(customers: FromCounts, both: FromCounts) -> IntervalMethod:
    """Return the interval of the share of positive answers. customers: by answers, and by positive answers."""

    def interval(inputs: FormulaInputs) -> Estimated:
        return effective_n(inputs.pair_counts.sums())

    return IntervalMethod(interval, ("effective n",), customers, difference=_correlated, both=Both(both))


def mean_score(survey: str, customers: FromCounts, both: FromCounts) -> IntervalMethod:
    """Return the interval of a mean score, cut to its scale. customers: by answers, and by the sum of their scores."""

    def interval(inputs: FormulaInputs) -> Estimated:
        low, high = scale_of(str(inputs.options.get("scale", USUAL_SCALES[survey])))
        middle, half = Fraction(low + high, 2), Fraction(high - low, 2)
        found = plus_one(inputs.pair_counts.sums(lambda answers, score: 2 * score - (low + high) * answers).scaled(1, Fraction(1, 2)), half)
        if isinstance(found, NoInterval):
            return found
        shifted = found.map(1, float(middle))
        return shifted._replace(low=max(low, shifted.low), high=min(high, shifted.high))

    return IntervalMethod(interval, ("plus one customer",), customers, difference=_correlated, both=Both(both))


def _correlated(compared: Compared) -> Interval:
    """Return the interval of the difference. Customers who answered in both periods make it narrower."""
    periods: tuple[Any, Any] = (compared.then.pair_counts.sums(), compared.now.pair_counts.sums())
    earlier, later = periods if compared.is_later else reversed(periods)
    c = correlation(earlier, later, compared.both)
    return square_and_add(compared.value, compared.interval, compared.value_then, compared.interval_then, c)
