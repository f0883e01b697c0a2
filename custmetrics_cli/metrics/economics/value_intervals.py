"""How sure a customer's value is: as sure as the churn it stands on. What customers pay is taken as it is."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from custmetrics_cli.core.interval_method import FormulaInputs, IntervalMethod
from custmetrics_cli.metrics.revenue.metrics import arpa
from custmetrics_cli.stats.intervals import Interval, wilson

PAID = arpa.standard.formula
METHOD = "wilson"
NAMED = (*PAID.names, "margin", "opening_months", "lost_months")


def value(then: Callable[[float, FormulaInputs], float], *also: str) -> IntervalMethod:
    """Both ends of the interval of churn, carried to the value of a customer and, by then, further; also: what must be above 0 for that.

    Where nobody was lost the value is open above, and the upper limit of churn says what it would at least be.
    """

    def of(inputs: FormulaInputs) -> Interval | None:
        churn, paid = _churn(inputs), _paid(inputs)
        return churn and _between(then(paid / churn.high, inputs), then(paid / churn.low, inputs))

    def beyond(inputs: FormulaInputs) -> Interval | None:
        if not inputs.keys() >= {*NAMED, *also} or inputs["lost_months"] or not all(inputs[name] > 0 for name in also):
            return None
        churn, paid = _churn(inputs), _paid(inputs)
        return Interval(then(paid / churn.high, inputs), inf, METHOD) if churn and paid else None

    return IntervalMethod(of, lower_bound=beyond)


def _churn(inputs: FormulaInputs) -> Interval | None:
    """Of a month."""
    return wilson(int(inputs["lost_months"]), int(inputs["opening_months"]))


def _between(one: float, other: float) -> Interval:
    return Interval(min(one, other), max(one, other), METHOD)


def _paid(inputs: FormulaInputs) -> float:
    """What a customer leaves a month."""
    return float((PAID(inputs) or 0) * inputs["margin"])
