"""Confidence intervals of customer value: as wide as that of churn. What customers pay is taken without an interval."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from custmetrics_cli.core.interval_method import FormulaInputs, IntervalMethod
from custmetrics_cli.metrics.revenue.metrics import arpa
from custmetrics_cli.stats.intervals import Interval, wilson

PAID = arpa.standard.formula
METHOD = "wilson"
NEEDED = (*PAID.names, "margin", "opening_months", "lost_months")
FromValue = Callable[[float, FormulaInputs], float]


def value(from_value: FromValue, *positive: str) -> IntervalMethod:
    """Return the interval of a number made from customer value, with both ends of the interval of churn.

    If no customer was lost, there is no upper end, and the upper end of churn gives a lower bound. positive: inputs that must be above 0
    for that.
    """

    def interval(inputs: FormulaInputs) -> Interval | None:
        churn, margin = _monthly_churn(inputs), _monthly_margin(inputs)
        return churn and _between(from_value(margin / churn.high, inputs), from_value(margin / churn.low, inputs))

    def lower_bound(inputs: FormulaInputs) -> Interval | None:
        if not inputs.keys() >= {*NEEDED, *positive} or inputs["lost_months"] or not all(inputs[name] > 0 for name in positive):
            return None
        churn, margin = _monthly_churn(inputs), _monthly_margin(inputs)
        return Interval(from_value(margin / churn.high, inputs), inf, METHOD) if churn and margin else None

    return IntervalMethod(interval, lower_bound=lower_bound)


def _monthly_churn(inputs: FormulaInputs) -> Interval | None:
    return wilson(int(inputs["lost_months"]), int(inputs["opening_months"]))


def _between(one: float, other: float) -> Interval:
    return Interval(min(one, other), max(one, other), METHOD)


def _monthly_margin(inputs: FormulaInputs) -> float:
    """Return what is left of the payment of a customer and month."""
    return float((PAID(inputs) or 0) * inputs["margin"])
