"""Figures as people read them, rounded once, half away from zero, from the exact value."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor, inf
from typing import NamedTuple

from custmetrics_cli.core.data.currencies import decimals_of

MISSING = "n/a"
PLACES = 6  # the most decimals used to keep a figure apart from 0 % and 100 %
BARS = "▁▂▃▄▅▆▇█"
ASCII_BARS = ".:-=+*#"


class Unit(NamedTuple):
    """The way a unit is written."""

    scale: int = 1  # the value is multiplied by it
    places: int = 2  # decimals
    suffix: str = ""  # after a value
    difference_suffix: str = ""  # after a difference; '': the suffix of a value


UNITS = {
    "ratio": Unit(100, 2, " %", " points"),
    "count": Unit(1, 0),
    "months": Unit(1, 1, " months"),
    "days": Unit(1, 1, " days"),
    "points": Unit(1, 1, " points"),
    "seconds": Unit(1, 1, " s"),
    "money": Unit(),
}


def fixed(value: Fraction | float, places: int) -> str:
    """Return the value with so many decimals and with separated thousands.

    >>> fixed(Fraction(2342, 2), 0), fixed(Fraction(-1, 3), 2), fixed(Fraction(-1, 999), 2)
    ('1,171', '-0.33', '0.00')
    >>> fixed(Fraction(25, 4), 1), fixed(Fraction(-25, 4), 1)
    ('6.3', '-6.3')
    """
    whole = half_away(Fraction(value) * 10**places)
    return f"{Decimal(f'{whole}e-{places}'):,.{places}f}"


def half_away(value: Fraction) -> int:
    """Round to a whole number, halves away from zero, as spreadsheets and commerce do."""
    return floor(abs(value) + Fraction(1, 2)) * (-1 if value < 0 else 1)


def _places(value: Fraction, unit: Unit) -> int:
    """Return the decimals of the unit, or more if rounding would give 0 % or 100 % wrongly."""
    edges = (0, 100) if unit.scale == 100 else (0,)
    for places in range(unit.places, PLACES):
        if value in edges or round(value, places) not in edges:
            return places
    return PLACES


def _unit(name: str, currency: str | None) -> Unit:
    unit = UNITS.get(name, Unit())
    return unit._replace(places=decimals_of(currency)) if name == "money" else unit


def shown_parts(name: str, currency: str | None = None) -> int:
    """Return how many of the smallest shown parts make 1 of a unit.

    >>> shown_parts("ratio"), shown_parts("count"), shown_parts("money", "KWD")
    (10000, 1, 1000)
    """
    unit = _unit(name, currency)
    return int(unit.scale * 10**unit.places)


def _scaled(value: Fraction | float, name: str, currency: str | None = None) -> str:
    unit = _unit(name, currency)
    exact = Fraction(value) * unit.scale
    return fixed(exact, max(_places(exact, unit), 2 if name == "count" and exact.denominator != 1 else 0))


def value_text(value: Fraction | float | None, unit: str, currency: str | None = None, named: bool = True) -> str:
    """Return a value with its unit. The currency sets the decimals; without named, it is not written.

    >>> value_text(Fraction(71, 1171), "ratio"), value_text(Fraction(1171), "count"), value_text(Fraction(33, 2), "months")
    ('6.06 %', '1,171', '16.5 months')
    >>> value_text(Fraction(1, 10**6), "ratio"), value_text(Fraction(99999, 100000), "ratio"), value_text(None, "ratio")
    ('0.0001 %', '99.999 %', 'n/a')
    >>> value_text(Fraction(107, 8), "money", "KWD"), value_text(Fraction(2999, 2), "money", "JPY", named=False)
    ('13.375 KWD', '1,500')
    """
    if value is None:
        return MISSING
    return _scaled(value, unit, currency) + _suffix(unit, currency if named else None)


def _suffix(unit: str, currency: str | None) -> str:
    return UNITS.get(unit, Unit()).suffix or (f" {currency}" if currency and unit == "money" else "")


def interval_text(low: float, high: float, unit: str, currency: str | None = None) -> str:
    """Return both ends of an interval.

    >>> interval_text(0.0483, 0.0758, "ratio"), interval_text(270.5, inf, "money", "EUR")
    ('4.83 to 7.58 %', 'at least 270.50 EUR')
    """
    if high == inf:
        return f"at least {value_text(low, unit, currency)}"
    return f"{_scaled(low, unit, currency)} to {_scaled(high, unit, currency)}{_suffix(unit, currency)}"


def difference_text(value: Fraction | float | None, unit: str, currency: str | None = None, named: bool = True) -> str:
    """Return a difference with its sign. The difference of two percentages is in points.

    >>> difference_text(Fraction(1, 80), "ratio"), difference_text(Fraction(-3), "count"), difference_text(Fraction(7, 3), "money", "EUR")
    ('+1.25 points', '-3', '+2.33 EUR')
    """
    if value is None:
        return MISSING
    suffix = UNITS.get(unit, Unit()).difference_suffix or _suffix(unit, currency if named else None)
    return signed_text(value, unit, currency) + suffix


def signed_text(value: Fraction | float, unit: str, currency: str | None = None) -> str:
    return ("+" if value > 0 else "") + _scaled(value, unit, currency)


def total_text(value: int | Fraction, unit: str = "count", currency: str | None = None) -> str:
    """Return a total: money with the decimals of its currency, which is not written; other totals whole or with two decimals.

    >>> total_text(1171), total_text(Fraction(487, 16)), total_text(Fraction(3)), total_text(1234, "money")
    ('1,171', '30.44', '3', '1,234.00')
    """
    if unit == "money":
        return _scaled(value, unit, currency)
    return fixed(value, 0 if Fraction(value).denominator == 1 else 2)


def sparkline(values: Sequence[Fraction | int | None], ascii: bool = False) -> str:
    """Return one bar per value, from the lowest to the highest, and a blank for a missing value.

    >>> sparkline([Fraction(1), None, Fraction(3), Fraction(2)])
    '▁ █▄'
    >>> sparkline([Fraction(1), None, Fraction(3), Fraction(2)], ascii=True)
    '. #='
    """
    bars = ASCII_BARS if ascii else BARS
    known = [value for value in values if value is not None]
    if not known:
        return " " * len(values)
    low, high = min(known), max(known)
    step = Fraction(high - low) / (len(bars) - 1) or Fraction(1)
    return "".join(" " if value is None else bars[int((value - low) / step)] for value in values)
