"""The difference that rounding to hundredths makes to the amounts of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from custmetrics_cli.core.words import plural

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

PARTS = 10**9  # of a hundredth
MOST = 2**62


class Rounding(NamedTuple):
    """The amounts of a column that have more than two decimals, in the rows used."""

    rows: int = 0
    rest: int = 0  # the sum in the file less the sum of the rounded amounts, in 1/PARTS of a hundredth

    def add(self, rests: Array, quantities: Array) -> Rounding:
        """Add rows. quantities: how often each amount counts."""
        counted = rests != 0
        products, largest = rests[counted], int(np.abs(quantities).max(initial=1))
        is_small = PARTS * largest * max(len(rests), 1) < MOST
        weighted = products * quantities[counted] if is_small else products.astype(object) * quantities[counted]
        return Rounding(self.rows + len(products), self.rest + int(weighted.sum()))

    @property
    def matters(self) -> bool:
        """True if rounding moves the sum by a hundredth or more."""
        return abs(self.rest) >= PARTS

    def describe(self) -> str:
        """
        >>> Rounding(3, -2 * PARTS).describe()
        '3 amounts have more than two decimals and were rounded to hundredths; this raises their sum by 0.02'
        """
        count = plural(self.rows, "amount has", "amounts have")
        verb = "raises" if self.rest < 0 else "lowers"
        were = "was" if self.rows == 1 else "were"
        return f"{count} more than two decimals and {were} rounded to hundredths; this {verb} their sum by {self._moved}"

    @property
    def _moved(self) -> str:
        hundredths = round(abs(self.rest) / PARTS)
        return f"{hundredths // 100:,}.{hundredths % 100:02}"
