"""Chance and the calendar. Only Random.random() is drawn from: its sequence is the same on every Python."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from random import Random


class Dice:
    """Choices made of Random.random() alone."""

    def __init__(self, seed: int) -> None:
        self.roll = Random(seed).random

    def chance(self, share: float) -> bool:
        return self.roll() < share

    def between(self, low: int, high: int) -> int:
        """A whole number; both ends can come up."""
        return low + int(self.roll() * (high - low + 1))

    def pick(self, weights: Mapping[str, int]) -> str:
        left = int(self.roll() * sum(weights.values()))
        for name, weight in weights.items():
            left -= weight
            if left < 0:
                return name
        raise AssertionError("weights are whole and positive")


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last.

    >>> months_after(date(2020, 1, 31), 1)
    datetime.date(2020, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
