"""A total of a dataset, and the identities that hold between totals."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from custmetrics_cli.core.data.dataset import Dataset
from custmetrics_cli.core.data.reading import Reading
from custmetrics_cli.core.formula import Formula


class Total(NamedTuple):
    """A number counted from a dataset: a flow (summed over the period), a stock (summed over all time before it), or both.

    `lost` has a flow, `opening` a stock, `closing` both. `flow` and `stock` are names in the counts, "" for none.
    """

    name: str
    description: str
    dataset: Dataset
    flow: str = ""
    stock: str = ""
    needs: tuple[str, ...] = ()  # columns it cannot be counted without: COLUMN of the first table, or TABLE.COLUMN
    additive: bool = True  # the totals of the groups add up to the total of all rows
    between_groups: bool = False  # counts moves between groups, so it needs --by or --where
    by_leave_reason: bool = False  # can be split by the reason why customers left
    fx_only: bool = False  # shown only where money is converted
    unit: str = "count"  # count or money
    parts: int = 1  # counted in this fraction of the unit
    monthly: bool = False  # summed over the calendar months of the period
    once: bool = False  # a customer has at most one of it, ever
    lookback_days: int = 0  # days before the period whose rows count in it
    window_option: str = ""  # option with the length in days of the window that ends with the period
    required: bool = False  # a model needs it, though no formula names it
    missing_reason: str = ""  # reason for no answer if a needed column is missing; "": that is an error

    @property
    def overlaps(self) -> bool:
        """True if a customer of several groups counts in each, so that groups do not add up."""
        return not self.additive and not self.between_groups


class Identity(NamedTuple):
    """Arithmetic that must hold between totals for any data. Both sides are formulas over their names."""

    left: Formula
    right: Formula
    totals: tuple[Total, ...]
    holds_in_groups: bool = True  # holds inside each group of --by too

    def holds_under(self, datasets: Collection[Dataset], reading: Reading) -> bool:
        """Return True if it is over some of these datasets only. A customer who is new twice breaks those that count starts once."""
        is_over = all(total.dataset in datasets for total in self.totals)
        return is_over and (reading.new_after is None or not any(total.once for total in self.totals))

    def __str__(self) -> str:
        return f"{self.left.text} = {self.right.text}"
