"""Billing intervals, and the monthly value of an amount per interval.

A week is 3/13 of a month (52 weeks a year), a day is 16/487 (365.25 days a year).
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from math import prod
from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns import HUNDREDTHS, ColumnKind, Reason
from custmetrics_cli.columns.discount import WHOLE
from custmetrics_cli.columns.parsing.readers import WordReader
from custmetrics_cli.columns.parsing.words import find_in, listed, spellings
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.time.period import DAYS_PER_MONTH

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

INTERVALS = ("day", "week", "month", "quarter", "year")
PARTS = 5040  # of a hundredth; the common intervals and counts are then exact
# Intervals in a month, in 1/PARTS. All are whole numbers, so that only discounts and counts need rounding.
PER_MONTH = tuple(int(many * PARTS) for many in (DAYS_PER_MONTH, Fraction(13, 3), Fraction(1), Fraction(1, 3), Fraction(1, 12)))
MONTHLY = PARTS * HUNDREDTHS  # per unit of a currency: monthly amounts in frames
MOST = 2**62

KNOWN = spellings(
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


INTERVAL = ColumnKind(
    "interval",
    "E405",
    f"a billing interval: {listed(INTERVALS)}",
    "month",
    WordReader(find_in(KNOWN, Reason(f"is not an interval: {listed(INTERVALS)}"))),
    decode=INTERVALS.__getitem__,
)


def monthly(amount: Array, discount: Array, quantity: Array, interval: Array, interval_count: Array) -> Array:
    """Return (amount - discount) x quantity / months of the interval / interval_count, in 1/5040 of a hundredth.

    The result is exact, then rounded once, half to even. Raise CustmetricsError E409 if it does not fit 62 bits and a sign.

    >>> import numpy as np
    >>> monthly(*(np.array([x]) for x in (120_00, -20 * 10_000, 1, INTERVALS.index("year"), 1))) / 5040
    array([800.])
    """
    import numpy as np

    per_month = np.array(PER_MONTH, np.int64)[interval]
    if not discount.any() and (interval_count <= 1).all() and _fit([amount, quantity, per_month]):  # the usual case: nothing to round
        product: Array = amount * quantity * per_month
        return product
    share = np.minimum(discount, 0).astype(np.int64) + WHOLE  # of the amount that is left, in 1/WHOLE
    common = np.gcd(share, WHOLE) if np.any(discount < 0) else share
    factors: list[Array] = [amount - np.maximum(discount, 0), share // common, quantity, per_month]
    divisors: list[Array] = [WHOLE // common, np.maximum(interval_count, 1)]  # an unreadable count is 0
    return _divide(factors, reduce(np.multiply, divisors))


def _divide(factors: list[Array], divisor: Array) -> Array:
    """Return the product of the factors / divisor. Rows whose product does not fit are computed one by one."""
    import numpy as np

    if _fit(factors):
        return _divide_half_even(reduce(np.multiply, factors), divisor)
    size = reduce(np.multiply, (np.abs(each).astype(float) for each in factors))
    value = _divide_half_even(np.where(size < MOST, reduce(np.multiply, factors), 0), divisor)
    for row in np.flatnonzero(size >= MOST):
        value[row] = _divide_exactly([int(each[row]) for each in factors], int(divisor[row]))
    return value


def _fit(factors: list[Array]) -> bool:
    """Return True if every product of the factors fits 62 bits."""
    return prod(max(abs(int(each.min(initial=0))), int(each.max(initial=0))) for each in factors) < MOST


def _divide_half_even(dividend: Array, divisor: Array) -> Array:
    quotient = dividend // divisor
    rest = 2 * (dividend - quotient * divisor)
    quotient += (rest > divisor) | ((rest == divisor) & (quotient % 2 == 1))
    return quotient


def _divide_exactly(factors: list[int], divisor: int) -> int:
    value = round(Fraction(prod(factors), divisor))
    if abs(value) >= MOST:
        message = f"{factors[0] / 100:,.2f} x {factors[2]:,} is too large to sum"
        raise CustmetricsError(Problem("E409", message, hint="check the amount, the quantity and the interval of this row"))
    return value
