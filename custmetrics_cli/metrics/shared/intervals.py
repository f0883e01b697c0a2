"""How sure a number is: intervals declared beside formulas."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from custmetrics_cli.core.data.dataset import FromCounts
from custmetrics_cli.core.interval_method import FormulaInputs, IntervalMethod
from custmetrics_cli.stats import bootstrap
from custmetrics_cli.stats.intervals import Interval, newcombe, wilson
from custmetrics_cli.stats.pair_counts import Part


def share(part: str, whole: str) -> IntervalMethod:
    """Wilson's interval of part / whole; Newcombe's of the difference of two such shares."""

    def apart(now: FormulaInputs, then: FormulaInputs) -> Interval | None:
        return newcombe(int(now[part]), int(now[whole]), int(then[part]), int(then[whole]))

    return IntervalMethod(lambda state: wilson(int(state[part]), int(state[whole])), apart)


def annualised(part: str, whole: str) -> IntervalMethod:
    """Both ends of the interval of part / whole, carried to a year as the rate itself is."""

    def spread(inputs: FormulaInputs) -> Interval | None:
        found = wilson(int(inputs[part]), int(inputs[whole]))
        power = 12 / float(inputs["months"])
        return found and found._replace(low=1 - (1 - found.low) ** power, high=1 - (1 - found.high) ** power)

    return IntervalMethod(spread)


def inverse(part: str, whole: str) -> IntervalMethod:
    """The interval of whole / part: one over the ends of the interval of part / whole; none when nothing is in part."""

    def spread(inputs: FormulaInputs) -> Interval | None:
        found = wilson(int(inputs[part]), int(inputs[whole])) if inputs[part] else None
        return found and found._replace(low=1 / found.high, high=1 / found.low)

    return IntervalMethod(spread)


def lesser(before: Any, after: Any) -> Any:
    """What each had at the opening already."""
    import numpy as np

    return np.minimum(before, after)


def given_up(before: Any, after: Any) -> Any:
    """What of it they pay no more."""
    return before - lesser(before, after)


def mean_money(cells: FromCounts) -> IntervalMethod:
    """The bootstrap, by customer, of the mean of what cells hold."""
    return of_opening(cells, bootstrap.all_of_y)


def of_opening(cells: FromCounts, part: Part) -> IntervalMethod:
    """The bootstrap, by customer, of a part of opening money. part: from opening and closing money, of customers in a column each."""

    def point(inputs: FormulaInputs) -> Fraction | None:
        below = inputs.pair_counts.sum(lambda before, after: before)
        return Fraction(inputs.pair_counts.sum(part)) / below if below else None

    def apart(now: FormulaInputs, then: FormulaInputs) -> Interval | None:
        return bootstrap.difference(now.pair_counts, then.pair_counts, part)

    return IntervalMethod(lambda state: bootstrap.ratio(state.pair_counts, part), apart, cells, point)
