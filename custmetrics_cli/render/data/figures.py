"""Figures, intervals and periods as data of the JSON contract.

A number is the correctly rounded double of the exact value. Whole totals stay whole numbers. Only the ends of intervals of money are
rounded: to four decimals.
"""

from __future__ import annotations

from math import isinf
from typing import TYPE_CHECKING

from custmetrics_cli.render.document import Record

if TYPE_CHECKING:
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.time.period import Period
    from custmetrics_cli.stats.intervals import Interval

END_DECIMALS = 4


def figure(value: Number | None, unit: str) -> int | float | None:
    """Return a number for JSON.

    >>> from fractions import Fraction
    >>> figure(Fraction(1171), "count"), figure(Fraction(1, 8), "ratio"), figure(Fraction(2, 3), "money")
    (1171, 0.125, 0.6666666666666666)
    """
    if value is not None and unit == "money":
        return float(value)
    if value is None or isinstance(value, int):
        return value
    return value.numerator if unit == "count" and value.denominator == 1 else float(value)


def period_record(period: Period) -> Record:
    if period.is_wave:
        return {"name": period.name, "start": None, "end": None}
    return {"name": period.name, "start": period.start.isoformat(), "end": period.end.isoformat()}


def interval_record(interval: Interval | None, unit: str) -> Record | None:
    if interval is None:
        return None
    return {"level": interval.level, "low": _end(interval.low, unit), "high": _end(interval.high, unit), "method": interval.method}


def _end(end: float, unit: str) -> float | None:
    """Return None for an infinite end. Adding 0.0 turns -0.0 into 0.0."""
    if isinf(end):
        return None
    return round(end, END_DECIMALS) + 0.0 if unit == "money" else end + 0.0
