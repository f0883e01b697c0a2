"""Exchange rates of the days that rows and periods have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from custmetrics_cli.core.data.table_view import Money
from custmetrics_cli.core.formula import Number


class Rates(NamedTuple):
    """The exchange rates of a table's money, for contiguous periods."""

    money: Money
    borders: Sequence[int]  # the first day of each period, and the day after the last

    def at(self, currency: int, rate_step: int) -> Number:
        """Return the rate after so many rate changes."""
        if not self.money.converts:
            return 1
        return self.money.rate(currency, self.money.change_days[rate_step - 1] if rate_step else self.borders[0] - 1)

    def opening(self, currency: int, period: int) -> Number:
        """Return the rate on the day before a period; period counts from 1."""
        return self.money.rate(currency, self.borders[period - 1] - 1) if self.money.converts else 1
