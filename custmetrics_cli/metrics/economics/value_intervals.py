"""Confidence intervals of customer value: of what customers pay, and of how many leave."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import inf

from custmetrics_cli.core.interval_method import Compared, FormulaInputs, IntervalMethod
from custmetrics_cli.metrics.revenue.totals import CUSTOMERS_AT_CLOSING
from custmetrics_cli.metrics.shared.intervals import independent, mean_amount
from custmetrics_cli.stats.intervals import Estimated, Interval, NoInterval, wilson_limits
from custmetrics_cli.stats.means import difference_of_logs, quotient

NAMES = ("square and add", "log t", "wilson")
NEEDED = ("payers_mrr", "payers", "margin", "opening_months", "lost_months")
MEAN = mean_amount(CUSTOMERS_AT_CLOSING)
FromValue = Callable[[float, FormulaInputs], float]


def value(from_value: FromValue, *positive: str, is_difference: bool = False) -> IntervalMethod:
    """Return the interval of a number made from customer value: revenue per customer over churn, on the log scale.

    If no customer was lost, the interval has no upper end. positive: inputs that must be above 0 for a lower bound.
    is_difference: the number may be below 0, so two of them are compared by their difference.
    """

    def interval(inputs: FormulaInputs) -> Estimated:
        paid = _paid(inputs)
        if isinstance(paid, NoInterval):
            return paid
        lost, months = int(inputs["lost_months"]), int(inputs["opening_months"])
        mean = float(inputs["payers_mrr"] / Fraction(inputs["payers"]))
        low, high = quotient(mean, (paid.low, paid.high), lost / months, wilson_limits(lost / months, months))
        margin = float(inputs["margin"])
        ends = sorted((from_value(low * margin, inputs), from_value(high * margin, inputs)))
        return Interval(ends[0], ends[1], "square and add")

    def lower_bound(inputs: FormulaInputs) -> Estimated | None:
        if not inputs.keys() >= {*NEEDED, *positive} or inputs["lost_months"] or not all(inputs[name] > 0 for name in positive):
            return None
        if not inputs["opening_months"]:
            return None
        paid = _paid(inputs)
        if isinstance(paid, NoInterval):
            return paid
        highest_churn = wilson_limits(0.0, int(inputs["opening_months"]))[1]
        return Interval(from_value(paid.low * float(inputs["margin"]) / highest_churn, inputs), inf, "square and add")

    difference = independent if is_difference else _difference
    return IntervalMethod(interval, NAMES, CUSTOMERS_AT_CLOSING, lower_bound=lower_bound, difference=difference)


def payback() -> IntervalMethod:
    """Return the interval of cac / (arpa x margin): the cost is exact."""

    def interval(inputs: FormulaInputs) -> Estimated:
        paid, cost = _paid(inputs), float(inputs["cac"])
        if isinstance(paid, NoInterval):
            return paid
        per_month = cost / float(inputs["margin"])
        return Interval(per_month / paid.high, per_month / paid.low, "square and add")

    return IntervalMethod(interval, NAMES[:2], CUSTOMERS_AT_CLOSING, difference=_difference)


def _paid(inputs: FormulaInputs) -> Estimated:
    """Return the interval of revenue per customer."""
    return NoInterval("the margin is not above 0") if inputs["margin"] <= 0 else MEAN.interval(inputs)


def _difference(compared: Compared) -> Estimated:
    ends = (compared.interval.low, compared.interval_then.low, compared.value, compared.value_then)
    if min(ends) <= 0:
        return NoInterval("a value is not above 0")
    return difference_of_logs(compared.value, compared.interval, compared.value_then, compared.interval_then)
