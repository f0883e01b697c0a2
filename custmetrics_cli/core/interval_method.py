"""How sure a value is: the intervals of a definition."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple

from custmetrics_cli.core.data.dataset import FromCounts
from custmetrics_cli.core.formula import Number
from custmetrics_cli.stats.intervals import Interval, Scores
from custmetrics_cli.stats.pair_counts import PairCounts


class FormulaInputs(dict[str, Number]):
    """What a formula sees: totals, months, options that are numbers, other metrics. read: gives what Spread.cells reads."""

    read: Callable[[], Any]

    @cached_property
    def cells(self) -> PairCounts:
        """Customers alike; read when somebody looks at them."""
        found: PairCounts = self.read()
        return found

    @cached_property
    def scores(self) -> Scores:
        """How often each score was given."""
        found: Scores = self.read()
        return found


class IntervalMethod(NamedTuple):
    """How sure a value is: its interval, and that of the difference between two periods; both from the totals, or from cells."""

    interval: Callable[[FormulaInputs], Interval | None]
    difference: Callable[[FormulaInputs, FormulaInputs], Interval | None] | None = None  # None: a difference cannot be told from chance
    data: FromCounts | None = None  # reads Cells, or Scores
    value: Callable[[FormulaInputs], Number | None] | None = None  # the value again, from cells: must be what the formula gives
    lower_bound: Callable[[FormulaInputs], Interval | None] | None = None  # where there is no value: what it would at least be
