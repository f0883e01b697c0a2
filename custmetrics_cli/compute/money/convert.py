"""The money of a table in one currency: the rate of each of its currencies on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

ONE = Fraction(1)


class SingleCurrency(NamedTuple):
    """Money that needs no conversion."""

    converts: bool = False
    change_days: Sequence[int] = ()

    def rate(self, code: int, day: int) -> Fraction:
        return ONE


class RateSeries(NamedTuple):
    """The rates of one currency in the answer's currency."""

    days: Sequence[int] = ()  # in order
    rates: Sequence[Fraction] = ()  # each is valid from its day on

    def on(self, day: int) -> Fraction | None:
        """Return the latest rate on or before a day."""
        at = bisect_right(self.days, day)
        return self.rates[at - 1] if at else None

    @property
    def change_days(self) -> list[int]:
        """The days on which the rate changes, and the first day."""
        steps = zip(self.days[1:], pairwise(self.rates), strict=True)
        return [*self.days[:1], *(day for day, (before, now) in steps if now != before)]


@dataclass(eq=False, repr=False)
class ConvertedMoney:
    """Money of several currencies in one."""

    currencies: Sequence[str]  # by their code in the table
    answer_currency: str
    series: Mapping[str, RateSeries]  # by currency
    missing: dict[str, int]  # currency -> first day that needed a rate and had none; written here
    _rates: dict[tuple[int, int], Fraction] = field(default_factory=dict)

    converts = True

    @cached_property
    def change_days(self) -> Sequence[int]:
        others = {*self.currencies} - {self.answer_currency}
        return sorted({day for currency in others for day in self._series(currency).change_days})

    def rate(self, code: int, day: int) -> Fraction:
        key = (code, bisect_right(self.change_days, day))
        if key not in self._rates:
            rate = self._find(self.currencies[code], day)
            if rate is None:
                return ONE
            self._rates[key] = rate
        return self._rates[key]

    def _find(self, currency: str, day: int) -> Fraction | None:
        """Return the rate of a currency on a day. Note it as missing if there is none."""
        if currency == self.answer_currency:
            return ONE
        rate = self._series(currency).on(day)
        if rate is None:
            self.missing[currency] = min(day, self.missing.get(currency, day))
        return rate

    def _series(self, currency: str) -> RateSeries:
        return self.series.get(currency, RateSeries())
