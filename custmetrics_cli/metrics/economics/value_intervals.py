"""How sure a customer's value is: as sure as the churn it stands on. What customers pay is taken as it is."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from custmetrics_cli.core.metric import FormulaInputs, IntervalMethod
from custmetrics_cli.metrics.revenue.metrics import arpa
from custmetrics_cli.stats.intervals import Interval, wilson

PAID = arpa.standard.formula
METHOD = "wilson"
NAMED = (*PAID.names, "margin", "opening_months", "lost_months")


def value(then: Callable[[float, FormulaInputs], float], *also: str) -> IntervalMethod:
    """Both ends of the interval of churn, carried to the value of a customer and, by then, further; also: what must be above 0 for that.

    Where nobody was lost the value is open above, and the upper limit of churn says what it would at least be.
    """

    def of(state: FormulaInputs) -> Interval | None:
        churn, paid = _churn(state), _paid(state)
        return churn and _between(then(paid / churn.high, state), then(paid / churn.low, state))

    def beyond(state: FormulaInputs) -> Interval | None:
        if not state.keys() >= {*NAMED, *also} or state["lost_months"] or not all(state[name] > 0 for name in also):
            return None
        churn, paid = _churn(state), _paid(state)
        return Interval(then(paid / churn.high, state), inf, METHOD) if churn and paid else None

    return IntervalMethod(of, lower_bound=beyond)


def _churn(state: FormulaInputs) -> Interval | None:
    """Of a month."""
    return wilson(int(state["lost_months"]), int(state["opening_months"]))


def _between(one: float, other: float) -> Interval:
    return Interval(min(one, other), max(one, other), METHOD)


def _paid(state: FormulaInputs) -> float:
    """What a customer leaves a month."""
    return float((PAID(state) or 0) * state["margin"])
