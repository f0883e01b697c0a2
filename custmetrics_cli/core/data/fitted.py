"""A model fitted to the counts of one period and group, and the comparison of groups by their models.

Numbers of a model are not exact. They are rounded to ten digits, so that the last bits of a machine are not shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli.core.formula import Number

if TYPE_CHECKING:
    from custmetrics_cli.core.exhibits import Exhibit
    from custmetrics_cli.stats.intervals import Estimated

DIGITS = 10


class Fitted(NamedTuple):
    """A model, or the reason why there is none."""

    reason: str | None = None
    unit: str = ""  # of the value, where it is not that of the definition
    numbers: Mapping[str, Number] = {}  # by name: the formula and the words of a definition may name them
    units: Mapping[str, str] = {}  # of numbers that are not counts
    facts: Mapping[str, Any] = {}  # the key `model` of the JSON contract
    interval: Estimated | None = None  # of the value
    exhibits: tuple[Exhibit, ...] = ()
    lines: tuple[str, ...] = ()  # sentences for people, below the exhibits


class Across(NamedTuple):
    """The comparison of all groups of one period."""

    facts: Mapping[str, Any] = {}  # added to the model of each group
    lines: tuple[str, ...] = ()


def rounded(value: float) -> float:
    """Return a number with ten significant digits.

    >>> rounded(2 / 3), rounded(5031.0)
    (0.6666666667, 5031.0)
    """
    return float(f"{value:.{DIGITS}g}") + 0.0


def exact(value: float) -> Fraction:
    """Return a rounded number as a fraction.

    >>> exact(0.1 + 0.2)
    Fraction(3, 10)
    """
    return Fraction(repr(rounded(value)))


def finite(value: float | None) -> float | None:
    """Return a rounded number, None for an infinite one, as JSON has no infinity."""
    return rounded(value) if value is not None and isfinite(value) else None
