"""A total of a dataset, and the identities that hold between totals."""

from __future__ import annotations

from typing import NamedTuple

from custmetrics_cli.core.data.dataset import Dataset
from custmetrics_cli.core.formula import Formula


class Total(NamedTuple):
    """A number. `flow` is summed over the period, `carried` over all that went before it.

    lost: flow. opening: carried only. closing: both. Names that the rows count under, or '' for nothing.
    """

    name: str
    description: str
    dataset: Dataset
    flow: str = ""
    stock: str = ""
    needs: tuple[str, ...] = ()  # columns without which there is no answer: of the table, or TABLE.COLUMN where rows stand on that too
    additive: bool = True  # the totals of the groups add up to the whole
    between_groups: bool = False  # only means something between the groups of --by and --where
    by_leave_reason: bool = False  # split by the reason of leaving
    fx_only: bool = False  # only means something where money is converted
    unit: str = "count"  # or money
    parts: int = 1  # the unit of the total is so many of what the rows count: 100 for hundredths
    monthly: bool = False  # summed over the calendar months of the period
    lookback_days: int = 0  # days before the period that count in it
    window_option: str = ""  # the option that says how many days up to its end a period is judged by
    missing_reason: str = ""  # where a column of needs is missing: why there is no answer; '' = that is an error

    @property
    def overlaps(self) -> bool:
        """Whether a customer of several groups counts in each: the groups do not add up to the whole."""
        return not self.additive and not self.between_groups


class Identity(NamedTuple):
    """Arithmetic that must hold between totals, whatever the data; both sides are formulas over their names."""

    left: Formula
    right: Formula
    totals: tuple[Total, ...]
    holds_in_groups: bool = True  # holds inside a group of --by too

    def __str__(self) -> str:
        return f"{self.left.text} = {self.right.text}"
