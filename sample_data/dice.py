"""Random choices and dates. All choices use Random.random() only, because its sequence is the same in every Python version."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from random import Random


class Dice:
    """Random choices from a seed."""

    def __init__(self, seed: int) -> None:
        self.roll = Random(seed).random

    def chance(self, share: float) -> bool:
        """Return True in this share of cases (0 to 1)."""
        return self.roll() < share

    def between(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + int(self.roll() * (high - low + 1))

    def pick(self, weights: Mapping[str, int]) -> str:
        """Return a name. Its chance is its weight divided by the sum of all weights."""
        left = int(self.roll() * sum(weights.values()))
        for name, weight in weights.items():
            left -= weight
            if left < 0:
                return name
        raise AssertionError("weights are whole and positive")


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or the last day of that month.

    >>> months_after(date(2020, 1, 31), 1)
    datetime.date(2020, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
