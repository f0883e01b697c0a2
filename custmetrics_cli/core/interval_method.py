"""The confidence intervals of a definition."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple

from custmetrics_cli.core.data.dataset import FromCounts
from custmetrics_cli.core.formula import Number
from custmetrics_cli.stats.intervals import Interval, Scores
from custmetrics_cli.stats.pair_counts import PairCounts


class FormulaInputs(dict[str, Number]):
    """The numbers that a formula may name: totals, months, days, options and other metrics."""

    read: Callable[[], Any]  # gives the data of IntervalMethod.data

    @cached_property
    def pair_counts(self) -> PairCounts:
        """Customers grouped by equal pairs of numbers; read on first use."""
        pairs: PairCounts = self.read()
        return pairs

    @cached_property
    def scores(self) -> Scores:
        """Each score with the number of its answers; read on first use."""
        scores: Scores = self.read()
        return scores


class IntervalMethod(NamedTuple):
    """The functions that give the intervals of a definition."""

    interval: Callable[[FormulaInputs], Interval | None]
    difference: Callable[[FormulaInputs, FormulaInputs], Interval | None] | None = None  # of this period less another; None: not known
    data: FromCounts | None = None  # reads PairCounts or Scores
    value: Callable[[FormulaInputs], Number | None] | None = None  # the value again, from data: must equal the formula's
    lower_bound: Callable[[FormulaInputs], Interval | None] | None = None  # the interval where the formula has no value
