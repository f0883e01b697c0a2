"""How sure a customer's value is: as sure as the churn it stands on. What customers pay is taken as it is."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import inf

from custmetrics_cli.intervals import wilson
from custmetrics_cli.metric import Spread, State
from custmetrics_cli.result import Interval

NAMED = ("closing_mrr", "payers", "margin", "opening_months", "lost_months")


def value(then: Callable[[float, State], float], *also: str) -> Spread:
    """Both ends of the interval of churn, carried to the value of a customer and, by then, further; also: what must be above 0 for that.

    Where nobody was lost the value is open above, and the upper limit of churn says what it would at least be.
    """

    def of(state: State) -> Interval | None:
        churn = wilson(int(state["lost_months"]), int(state["opening_months"]))
        low, high = sorted(then(_paid(state) / end, state) for end in (churn.low, churn.high)) if churn else (0.0, inf)
        return Interval(low, high, "wilson")

    def beyond(state: State) -> Interval | None:
        if not state.keys() >= {*NAMED, *also} or state["lost_months"] or not all(state[name] > 0 for name in ("payers", *also)):
            return None
        churn = wilson(0, int(state["opening_months"]))
        return churn and Interval(then(_paid(state) / churn.high, state), inf, "wilson")

    return Spread(of, beyond=beyond)


def _paid(state: State) -> float:
    """What a customer leaves a month."""
    return float(Fraction(state["closing_mrr"]) / state["payers"] * state["margin"])
