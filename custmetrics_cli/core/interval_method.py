"""The confidence intervals of a definition, and of the difference of two of its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from custmetrics_cli.core.data.dataset import FromCounts
from custmetrics_cli.core.data.fitted import Fitted
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.options import Value
from custmetrics_cli.stats.intervals import Estimated, Interval
from custmetrics_cli.stats.pair_counts import PairCounts


class FormulaInputs(dict[str, Number]):
    """The numbers that a formula may name: totals, months, days, options and other metrics."""

    read: Callable[[], Any]  # gives the data of IntervalMethod.data
    options: Mapping[str, Value] = {}  # of the question, by symbol
    fitted: Fitted | None = None  # the model of the definition

    @cached_property
    def pair_counts(self) -> PairCounts:
        """Customers grouped by equal pairs of numbers; read on first use."""
        pairs: PairCounts = self.read()
        return pairs


class Both(NamedTuple):
    """Data about the customers of two periods."""

    data: FromCounts  # read for the last of the periods
    from_end_to_end: bool = (
        False  # the periods: one, from the end of the earlier to the end of the later; else from the earlier to the later
    )


class Compared(NamedTuple):
    """Two periods of a definition."""

    now: FormulaInputs
    then: FormulaInputs
    value: float
    value_then: float
    interval: Interval
    interval_then: Interval
    both: Any = None  # what Both.data gives, the earlier period first
    is_later: bool = True  # the period is later than the one that it is compared with


class PerTime(NamedTuple):
    """A rate that grows with the length of its period, so that it is compared per 30 days."""

    neutral: int = 0  # the value of a period without a day
    mean_of: str = ""  # the input with the number of parts of the period that the rate is the mean of; "": it is of the whole period


class IntervalMethod(NamedTuple):
    """The functions that give the intervals of a definition."""

    interval: Callable[[FormulaInputs], Estimated]
    names: tuple[str, ...] = ()  # of the methods, as explain describes them
    data: FromCounts | None = None  # reads PairCounts
    value: Callable[[FormulaInputs], Number | None] | None = None  # the value again, from data: must equal the formula's
    lower_bound: Callable[[FormulaInputs], Estimated | None] | None = None  # the interval where the formula has no value
    difference: Callable[[Compared], Estimated] | None = None  # None: the values cannot be compared
    both: Both | None = None
    per_time: PerTime | None = None
    needs_intervals: bool = True  # no difference without an interval of both values
    judged_by: Judge | None = None


class Judge(NamedTuple):
    """Another rate whose verdict counts, such as churn for the lifetime."""

    value: Callable[[FormulaInputs], Number | None]
    method: IntervalMethod
