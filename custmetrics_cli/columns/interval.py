"""Billing intervals, and what an amount per interval is per month.

A week is 3/13 of a month (52 weeks a year), a day 16/487 (365.25 days a year).
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from math import prod
from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns import HUNDREDTHS, ColumnFormat, ColumnKind, ParsedColumn
from custmetrics_cli.columns import _words as words
from custmetrics_cli.columns._texts import quoted
from custmetrics_cli.columns.discount import WHOLE
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.time.period import DAYS_PER_MONTH

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Array = np.ndarray[Any, Any]

INTERVALS = ("day", "week", "month", "quarter", "year")
PARTS = 5040  # of a hundredth, so that the common intervals and counts are exact
# How many of each a month holds, in 1/PARTS: all are whole, so that nothing is rounded but by discounts and counts.
PER_MONTH = tuple(int(many * PARTS) for many in (DAYS_PER_MONTH, Fraction(13, 3), Fraction(1), Fraction(1, 3), Fraction(1, 12)))
MONTHLY = PARTS * HUNDREDTHS  # of a unit of the currency: what frames hold of a monthly amount
MOST = 2**62
SMALLER = "check the amount, the quantity and the interval of this row"

KNOWN = words.spellings(
    {
        "day": "days, daily, per day, every day, /day, 1 day, d, день, дня, дней, ежедневно, ежедневный, в день, раз в день, сутки",
        "week": "weeks, weekly, per week, every week, /week, 1 week, 7 days, w, wk, неделя, недели, неделю, еженедельно, еженедельный, "
        "в неделю, раз в неделю",
        "month": "months, monthly, per month, every month, /month, 1 month, mo, mon, mth, /mo, месяц, месяца, мес, ежемесячно, "
        "ежемесячный, ежемесячная, помесячно, в месяц, раз в месяц, 1 месяц, 1 мес",
        "quarter": "quarters, quarterly, per quarter, every quarter, 1 quarter, 3 months, every 3 months, q, qtr, квартал, квартала, "
        "ежеквартально, ежеквартальный, поквартально, в квартал, раз в квартал, 3 месяца, 3 мес",
        "year": "years, yearly, annual, annually, per year, per annum, every year, /year, 1 year, 12 months, every 12 months, y, yr, "
        "/yr, год, года, ежегодно, ежегодный, ежегодная, годовой, годовая, в год, раз в год, 1 год, 12 месяцев, 12 мес",
    },
    INTERVALS,
)


def cell(text: str, format: ColumnFormat) -> int:
    """
    >>> INTERVALS[cell("Annually", ColumnFormat())], INTERVALS[cell("в месяц", ColumnFormat())]
    ('year', 'month')
    >>> cell("fortnight", ColumnFormat())
    Traceback (most recent call last):
    ValueError: 'fortnight' is not an interval: day, week, month, quarter or year
    """
    found = KNOWN.get(words.spelt(text))
    if found is None:
        raise ValueError(f"{quoted(text)} is not an interval: {', '.join(INTERVALS[:-1])} or {INTERVALS[-1]}")
    return found


def column(texts: pa.StringArray, format: ColumnFormat) -> ParsedColumn:
    return words.column(texts, lambda text: KNOWN.get(words.spelt(text), -1))


INTERVAL = ColumnKind(
    "interval", "E405", "what an amount pays for: day, week, month, quarter or year", "month", cell, column, decode=INTERVALS.__getitem__
)


def monthly(amount: Array, discount: Array, quantity: Array, interval: Array, interval_count: Array) -> Array:
    """(amount - discount) x quantity / months of the interval / interval_count, in 1/5040 of a hundredth.

    Exact, then rounded once, half to even. Raises E409 where a result does not fit 62 bits and a sign.

    >>> import numpy as np
    >>> monthly(*(np.array([x]) for x in (120_00, -20 * 10_000, 1, INTERVALS.index("year"), 1))) / 5040
    array([800.])
    """
    import numpy as np

    per = np.array(PER_MONTH, np.int64)[interval]
    if not discount.any() and (interval_count <= 1).all() and _fit([amount, quantity, per]):  # as it nearly always is: nothing to round
        whole: Array = amount * quantity * per
        return whole
    share = np.minimum(discount, 0).astype(np.int64) + WHOLE  # of the amount that is left, in 1/WHOLE
    common = np.gcd(share, WHOLE) if np.any(discount < 0) else share
    factors: list[Array] = [amount - np.maximum(discount, 0), share // common, quantity, per]
    divisors: list[Array] = [WHOLE // common, np.maximum(interval_count, 1)]  # an unreadable count is 0
    if _fit(factors):  # no row needs a look of its own
        return _halves_to_even(reduce(np.multiply, factors), reduce(np.multiply, divisors))
    size = reduce(np.multiply, (np.abs(each).astype(float) for each in factors))
    value = _halves_to_even(np.where(size < MOST, reduce(np.multiply, factors), 0), reduce(np.multiply, divisors))
    for row in np.flatnonzero(size >= MOST):
        value[row] = _slowly([int(each[row]) for each in factors], int(reduce(np.multiply, divisors)[row]))
    return value


def _fit(factors: list[Array]) -> bool:
    """Whether no product of theirs leaves 62 bits."""
    return prod(max(abs(int(each.min(initial=0))), int(each.max(initial=0))) for each in factors) < MOST


def _halves_to_even(dividend: Array, divisor: Array) -> Array:
    whole = dividend // divisor
    rest = 2 * (dividend - whole * divisor)
    whole += (rest > divisor) | ((rest == divisor) & (whole % 2 == 1))
    return whole


def _slowly(factors: list[int], divisor: int) -> int:
    value = round(Fraction(prod(factors), divisor))
    if abs(value) >= MOST:
        message = f"{factors[0] / 100:,.2f} x {factors[2]:,} is past what can be summed"
        raise CustmetricsError(Problem("E409", message, hint=SMALLER))
    return value
