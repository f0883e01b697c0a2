"""The difference that rounding to the parts of money makes to the amounts of a file."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.columns.parsing.numbers import FINE, plain
from custmetrics_cli.core.words import plural

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

PARTS = 10**FINE  # of a part of money
HUNDREDTH = MONEY_PARTS // 100 * PARTS
SHARE = 1000  # rounding matters, too, if it moves the sum by one in so many


class Rounding(NamedTuple):
    """The amounts of a column that are finer than the parts of money, in the rows used."""

    rows: int = 0
    rest: int = 0  # the sum in the file less the sum of the rounded amounts, in 1/PARTS of a part
    total: int = 0  # the sum of all amounts without their signs, in parts, nearly

    def add(self, rests: Array, amounts: Array) -> Rounding:
        """Add rows."""
        counted = rests != 0
        total = int(np.abs(amounts).sum(dtype=float))
        return Rounding(self.rows + int(counted.sum()), self.rest + int(rests[counted].sum()), self.total + total)

    @property
    def matters(self) -> bool:
        """True if rounding moves the sum by a hundredth, or by a thousandth of the sum."""
        moves: bool = abs(self.rest) >= min(HUNDREDTH, self.total * PARTS // SHARE + 1)
        return moves

    def describe(self) -> str:
        """
        >>> Rounding(3, -2 * HUNDREDTH, MONEY_PARTS).describe()
        '3 amounts have too many decimals and were rounded; this raises their sum by 0.02'
        >>> Rounding(1, HUNDREDTH // 1_000_000, 1).describe()
        '1 amount has too many decimals and was rounded; this lowers their sum by 0.00000001'
        """
        count = plural(self.rows, "amount has", "amounts have")
        verb, were = "raises" if self.rest < 0 else "lowers", "was" if self.rows == 1 else "were"
        return f"{count} too many decimals and {were} rounded; this {verb} their sum by {self._moved}"

    @property
    def _moved(self) -> str:
        """The difference of the sum, with two decimals or with one digit that is not 0."""
        moved, places = Fraction(abs(self.rest), PARTS * MONEY_PARTS), 2
        while moved and not round(moved * 10**places):
            places += 1
        moved_by = round(moved * 10**places)
        return plain(moved_by, 10**places) if places > 2 else f"{Decimal(moved_by) / 100:,.2f}"
