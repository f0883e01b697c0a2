"""Confidence intervals that metrics declare beside their formulas."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from custmetrics_cli.core.data.dataset import FromCounts
from custmetrics_cli.core.interval_method import FormulaInputs, IntervalMethod
from custmetrics_cli.stats import bootstrap
from custmetrics_cli.stats.intervals import Interval, newcombe, wilson
from custmetrics_cli.stats.pair_counts import Part


def share(part: str, base: str) -> IntervalMethod:
    """Return Wilson's interval of part / base, and Newcombe's interval of the difference of two such shares."""

    def difference(now: FormulaInputs, then: FormulaInputs) -> Interval | None:
        return newcombe(int(now[part]), int(now[base]), int(then[part]), int(then[base]))

    return IntervalMethod(lambda inputs: wilson(int(inputs[part]), int(inputs[base])), difference)


def annualised(part: str, base: str) -> IntervalMethod:
    """Return Wilson's interval of part / base with both ends compounded to a year, as the rate itself."""

    def interval(inputs: FormulaInputs) -> Interval | None:
        rate = wilson(int(inputs[part]), int(inputs[base]))
        power = 12 / float(inputs["months"])
        return rate and rate._replace(low=1 - (1 - rate.low) ** power, high=1 - (1 - rate.high) ** power)

    return IntervalMethod(interval)


def inverse(part: str, base: str) -> IntervalMethod:
    """Return the interval of base / part: one over the ends of Wilson's interval of part / base; none if part is 0."""

    def interval(inputs: FormulaInputs) -> Interval | None:
        rate = wilson(int(inputs[part]), int(inputs[base])) if inputs[part] else None
        return rate and rate._replace(low=1 / rate.high, high=1 / rate.low)

    return IntervalMethod(interval)


def lesser(before: Any, after: Any) -> Any:
    """Return the money that each customer paid at the start and still pays at the end."""
    import numpy as np

    return np.minimum(before, after)


def lost_money(before: Any, after: Any) -> Any:
    """Return the money that each customer paid at the start and no longer pays at the end."""
    return before - lesser(before, after)


def mean_money(customers: FromCounts) -> IntervalMethod:
    """Return the bootstrap interval, by customer, of the mean money."""
    return part_of_opening(customers, bootstrap.all_of_y)


def part_of_opening(customers: FromCounts, part: Part) -> IntervalMethod:
    """Return the bootstrap interval, by customer, of a part of the money at the start.

    part: computes it from the columns of money at the start and at the end.
    """

    def value(inputs: FormulaInputs) -> Fraction | None:
        opening = inputs.pair_counts.sum(lambda before, after: before)
        return Fraction(inputs.pair_counts.sum(part)) / opening if opening else None

    def difference(now: FormulaInputs, then: FormulaInputs) -> Interval | None:
        return bootstrap.difference(now.pair_counts, then.pair_counts, part)

    return IntervalMethod(lambda inputs: bootstrap.ratio(inputs.pair_counts, part), difference, customers, value)
