"""Figures and words as people read them. Figures are rounded once, half to even, from the exact value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import NamedTuple

MISSING = "n/a"
PLACES = 6  # the most decimals a figure is given to keep it apart from 0 and from 100 %
BARS = "▁▂▃▄▅▆▇█"
ASCII_BARS = ".:-=+*#"

# Controls (C0, DEL, C1), bidirectional marks and overrides, invisible format characters, halves of surrogate pairs.
HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


class Unit(NamedTuple):
    """How a unit is written: value x scale, decimals, what follows a value and what follows a difference."""

    scale: int = 1
    places: int = 2
    after: str = ""
    apart: str = ""


UNITS = {
    "ratio": Unit(100, 2, " %", " points"),
    "count": Unit(1, 0),
    "months": Unit(1, 1, " months", " months"),
    "points": Unit(1, 1, " points", " points"),
    "seconds": Unit(1, 1, " s", " s"),
    "money": Unit(),
}


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape", "surrogatepass").decode("ascii")


def safe(text: str) -> str:
    r"""Text that cannot act on a terminal or hide from a reader: what would is shown as its escape.

    >>> safe("pro\x1b[2J\u202e")
    'pro\\x1b[2J\\u202e'
    """
    return HARMFUL.sub(_escaped, text)


def fixed(value: Fraction | float, places: int) -> str:
    """
    >>> fixed(Fraction(2342, 2), 0), fixed(Fraction(-1, 3), 2), fixed(Fraction(-1, 999), 2)
    ('1,171', '-0.33', '0.00')
    """
    whole = round(Fraction(value) * 10**places)
    return f"{Decimal(f'{whole}e-{places}'):,.{places}f}"


def _places(value: Fraction, unit: Unit) -> int:
    """As many decimals as the unit has, more where rounding would claim none or all."""
    edges = (0, 100) if unit.scale == 100 else (0,)
    for places in range(unit.places, PLACES):
        if value in edges or round(value, places) not in edges:
            return places
    return PLACES


def _scaled(value: Fraction | float, unit: str) -> str:
    how = UNITS.get(unit, Unit())
    exact = Fraction(value) * how.scale
    return fixed(exact, max(_places(exact, how), 2 if unit == "count" and exact.denominator != 1 else 0))


def value_text(value: Fraction | float | None, unit: str, currency: str | None = None) -> str:
    """
    >>> value_text(Fraction(71, 1171), "ratio"), value_text(Fraction(1171), "count"), value_text(Fraction(33, 2), "months")
    ('6.06 %', '1,171', '16.5 months')
    >>> value_text(Fraction(1, 10**6), "ratio"), value_text(Fraction(99999, 100000), "ratio"), value_text(None, "ratio")
    ('0.0001 %', '99.999 %', 'n/a')
    """
    if value is None:
        return MISSING
    return _scaled(value, unit) + _after(unit, currency)


def _after(unit: str, currency: str | None) -> str:
    return UNITS.get(unit, Unit()).after or (f" {currency}" if currency and unit == "money" else "")


def interval_text(low: float, high: float, unit: str, currency: str | None = None) -> str:
    """
    >>> interval_text(0.0483, 0.0758, "ratio"), interval_text(270.5, inf, "money", "EUR")
    ('4.83 to 7.58 %', 'at least 270.50 EUR')
    """
    if high == inf:
        return f"at least {value_text(low, unit, currency)}"
    return f"{_scaled(low, unit)} to {_scaled(high, unit)}{_after(unit, currency)}"


def difference_text(value: Fraction | float | None, unit: str, currency: str | None = None) -> str:
    """A difference, signed; that of two percentages is in points.

    >>> difference_text(Fraction(1, 80), "ratio"), difference_text(Fraction(-3), "count"), difference_text(Fraction(7, 3), "money", "EUR")
    ('+1.25 points', '-3', '+2.33 EUR')
    """
    if value is None:
        return MISSING
    return signed_text(value, unit) + (UNITS.get(unit, Unit()).apart or _after(unit, currency))


def signed_text(value: Fraction | float, unit: str) -> str:
    return ("+" if value > 0 else "") + _scaled(value, unit)


def total_text(value: int | Fraction, unit: str = "count") -> str:
    """A total: money without its currency; else whole, or with two decimals.

    >>> total_text(1171), total_text(Fraction(487, 16)), total_text(Fraction(3)), total_text(1234, "money")
    ('1,171', '30.44', '3', '1,234.00')
    """
    if unit == "money":
        return _scaled(value, unit)
    return fixed(value, 0 if Fraction(value).denominator == 1 else 2)


def formula_text(text: str) -> str:
    """
    >>> formula_text("1 - (1 - churn) ** (12 / months)")
    '1 - (1 - churn)^(12 / months)'
    """
    return re.sub(r"\s*\*\*\s*", "^", text)


def days(start: date, end: date) -> str:
    """A half-open span as people write it, last day included.

    >>> days(date(2022, 4, 1), date(2022, 7, 1))
    '2022-04-01 to 2022-06-30'
    """
    last = end - timedelta(days=1)
    return f"{start}" if last <= start else f"{start} to {last}"


def sparkline(values: Sequence[Fraction | None], ascii: bool = False) -> str:
    """One bar per value from the lowest to the highest; a blank where there is no answer.

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
    step = (high - low) / (len(bars) - 1) or Fraction(1)
    return "".join(" " if value is None else bars[int((value - low) / step)] for value in values)
