"""Confidence intervals that metrics declare beside their formulas."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from custmetrics_cli.core.data.dataset import FromCounts
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.interval_method import Both, Compared, FormulaInputs, IntervalMethod, Judge, PerTime
from custmetrics_cli.stats.intervals import Estimated, Interval, NoInterval, square_and_add, wilson
from custmetrics_cli.stats.means import TwoMeans, difference_of_means, log_t
from custmetrics_cli.stats.pair_counts import Part
from custmetrics_cli.stats.ratios import effective_n, plus_one

EVENTS, KEPT = PerTime(), PerTime(neutral=1)


def fitted_interval(inputs: FormulaInputs) -> Estimated:
    """Return the interval that comes with the model."""
    found = inputs.fitted.interval if inputs.fitted else None
    return found or NoInterval("this definition has no interval")


def independent(compared: Compared) -> Interval:
    """Return the interval of the difference of two values that count different events."""
    return square_and_add(compared.value, compared.interval, compared.value_then, compared.interval_then)


def share(part: str, base: str, per_time: PerTime | None = None) -> IntervalMethod:
    """Return Wilson's interval of part / base, and the interval of the difference of two such shares."""
    return IntervalMethod(
        lambda inputs: wilson(int(inputs[part]), int(inputs[base])), ("wilson",), difference=independent, per_time=per_time
    )


def annualised(part: str, base: str) -> IntervalMethod:
    """Return Wilson's interval of part / base with both ends compounded to a year, as the rate itself. The verdict is that of the rate."""

    def interval(inputs: FormulaInputs) -> Estimated:
        rate, power = wilson(int(inputs[part]), int(inputs[base])), 12 / float(inputs["months"])
        if isinstance(rate, NoInterval):
            return rate
        return rate._replace(low=1 - (1 - rate.low) ** power, high=1 - (1 - rate.high) ** power)

    return IntervalMethod(interval, ("wilson",), judged_by=_judge(part, base, EVENTS))


def inverse(part: str, base: str) -> IntervalMethod:
    """Return the interval of base / part: one over the ends of Wilson's interval of part / base. The verdict is that of part / base."""

    def interval(inputs: FormulaInputs) -> Estimated:
        rate = wilson(int(inputs[part]), int(inputs[base]))
        return rate if isinstance(rate, NoInterval) else rate._replace(low=1 / rate.high, high=1 / rate.low)

    return IntervalMethod(interval, ("wilson",), judged_by=_judge(part, base, PerTime(mean_of="months")))


def _judge(part: str, base: str, per_time: PerTime) -> Judge:
    def value(inputs: FormulaInputs) -> Number | None:
        return Fraction(inputs[part]) / inputs[base] if inputs[base] else None

    return Judge(value, share(part, base, per_time))


def lesser(before: Any, after: Any) -> Any:
    """Return the money that each customer paid at the start and still pays at the end."""
    import numpy as np

    return np.minimum(before, after)


def lost_money(before: Any, after: Any) -> Any:
    """Return the money that each customer paid at the start and no longer pays at the end."""
    return before - lesser(before, after)


def change(before: Any, after: Any) -> Any:
    """Return what each customer pays on top at the end; negative for less."""
    return after - before


def added_money(before: Any, after: Any) -> Any:
    """Return what each customer pays on top at the end; 0 for less."""
    return after - lesser(before, after)


def loss_of_opening(customers: FromCounts, kept: bool) -> IntervalMethod:
    """Return the interval of the share of the opening money that was lost, or of the share that was kept."""
    sign, neutral = (-1, 1) if kept else (1, 0)

    def interval(inputs: FormulaInputs) -> Estimated:
        found = effective_n(inputs.pair_counts.sums(lost_money))
        return found if isinstance(found, NoInterval) else found.map(sign, neutral)

    value = _of_opening(lost_money, sign, neutral)
    return IntervalMethod(interval, ("effective n",), customers, value, difference=independent, per_time=PerTime(neutral))


def growth_of_opening(customers: FromCounts, sign: int = 1, neutral: int = 0, part: Part = change) -> IntervalMethod:
    """Return the interval of sign x growth of the opening money + neutral. What a customer pays at the end is never below 0.

    part: what counts as growth, from the columns of money at the start and at the end. If losses count, the lower limit leaves room for
    as much more loss as the interval of the loss alone does: few losses are rare events, for which Student's interval is too narrow.
    """
    least = 0 if part is added_money else -1

    def interval(inputs: FormulaInputs) -> Estimated:
        sums = inputs.pair_counts.sums(part)
        found = plus_one(sums, 1, inputs.pair_counts.largest(part))
        if isinstance(found, NoInterval):
            return found
        low = found.low if part is added_money else min(found.low, _least_growth(float(sums.ratio), inputs))
        return found._replace(low=max(least, low)).map(sign, neutral)

    value = _of_opening(part, sign, neutral)
    return IntervalMethod(interval, ("plus one customer",), customers, value, difference=independent, per_time=PerTime(neutral))


def _least_growth(growth: float, inputs: FormulaInputs) -> float:
    """Return the growth if as much is lost as the interval of the loss allows."""
    lost = inputs.pair_counts.sums(lost_money)
    loss = effective_n(lost)
    return growth if isinstance(loss, NoInterval) else growth - (loss.high - float(lost.ratio))


def _of_opening(part: Part, sign: int, neutral: int) -> Callable[[FormulaInputs], Fraction | None]:
    def value(inputs: FormulaInputs) -> Fraction | None:
        sums = inputs.pair_counts.sums(part)
        return sign * sums.ratio + neutral if sums.a else None

    return value


def mean_amount(customers: FromCounts, both: FromCounts | None = None) -> IntervalMethod:
    """Return the interval of the mean amount of a customer.

    both: reads TwoMeans from the end of the earlier period to the end of the later one; without it, means are not compared.
    """

    def interval(inputs: FormulaInputs) -> Estimated:
        return log_t(inputs.pair_counts.sums(), inputs.pair_counts.largest(lambda weight, amount: amount))

    def value(inputs: FormulaInputs) -> Fraction | None:
        sums = inputs.pair_counts.sums()
        return sums.ratio if sums.a else None

    if both is None:
        return IntervalMethod(interval, ("log t",), customers, value)
    ends = Both(both, from_end_to_end=True)
    return IntervalMethod(interval, ("log t",), customers, value, difference=_of_means, both=ends, needs_intervals=False)


def _of_means(compared: Compared) -> Estimated:
    means: TwoMeans = compared.both
    found = difference_of_means(means)
    return found if compared.is_later or isinstance(found, NoInterval) else found.map(-1)
