"""The money of a table as one currency: what a unit of each of its currencies is worth on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

ONE_UNIT = Fraction(1)


class SingleCurrency(NamedTuple):
    """Money that is in one currency as it stands."""

    converts: bool = False
    change_days: Sequence[int] = ()

    def rate(self, code: int, day: int) -> Fraction:
        return ONE_UNIT


ONE = SingleCurrency()


class Series(NamedTuple):
    """The rates of one currency in the answer's: days in order, and the rate from each of them on."""

    days: Sequence[int] = ()
    rates: Sequence[Fraction] = ()

    def on(self, day: int) -> Fraction | None:
        """The latest rate on or before a day."""
        at = bisect_right(self.days, day)
        return self.rates[at - 1] if at else None

    @property
    def changes(self) -> list[int]:
        """The days on which it is another than before; from the first on it is known at all."""
        steps = zip(self.days[1:], pairwise(self.rates), strict=True)
        return [*self.days[:1], *(day for day, (before, now) in steps if now != before)]


@dataclass(eq=False, repr=False)
class ConvertedMoney:
    """Money of several currencies in one.

    names: of the currencies, by their code in the table. series: of each currency but the answer's own.
    missing: currency -> the first day on which there is no rate and one is needed.
    """

    names: Sequence[str]
    own: str
    series: Mapping[str, Series]
    missing: dict[str, int]
    _known: dict[tuple[int, int], Fraction] = field(default_factory=dict)

    converts = True

    @cached_property
    def change_days(self) -> Sequence[int]:
        return sorted({day for name in {*self.names} - {self.own} for day in self._of(name).changes})

    def rate(self, code: int, day: int) -> Fraction:
        key = (code, bisect_right(self.change_days, day))
        if key not in self._known:
            found = self._looked(self.names[code], day)
            if found is None:
                return ONE_UNIT
            self._known[key] = found
        return self._known[key]

    def _looked(self, name: str, day: int) -> Fraction | None:
        if name == self.own:
            return ONE_UNIT
        found = self._of(name).on(day)
        if found is None:
            self.missing[name] = min(day, self.missing.get(name, day))
        return found

    def _of(self, name: str) -> Series:
        return self.series.get(name, Series())
