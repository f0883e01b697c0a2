"""Billing intervals, and the monthly value of an amount per interval.

The number of an interval holds its unit and its count: 6 months, 2 weeks.

A week is 3/13 of a month (52 weeks a year), a day is 16/487 (365.25 days a year).
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from math import lcm, prod
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli.columns import MONEY_PARTS, ColumnKind
from custmetrics_cli.columns.discount import WHOLE
from custmetrics_cli.columns.parsing.intervals.read import INTERVALS, decode, find
from custmetrics_cli.columns.parsing.numbers import FINE
from custmetrics_cli.columns.parsing.readers import WordReader
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.time.period import DAYS_PER_MONTH

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

__all__ = ["INTERVAL", "INTERVALS", "monthly"]

FINEST = 10**FINE  # parts of a part of money, in which rounding leaves a rest
MOST = 2**62

INTERVAL = ColumnKind(
    "interval", "E405", "a billing interval: day, week, month, quarter or year", "6 months", WordReader(find), decode=decode
)


class Weights(NamedTuple):
    """The days and weeks in a month."""

    days: Fraction = DAYS_PER_MONTH
    weeks: Fraction = Fraction(13, 3)

    @property
    def per_month(self) -> tuple[tuple[int, ...], int]:
        """The intervals in a month, as numerators in order of INTERVALS and their common divisor."""
        many = (self.days, self.weeks, Fraction(1), Fraction(1, 3), Fraction(1, 12))
        divisor = lcm(*(each.denominator for each in many))
        return tuple(int(each * divisor) for each in many), divisor


USUAL = Weights()


def monthly(
    amount: Array,
    discount: Array,
    quantity: Array,
    interval: Array,
    interval_count: Array,
    weights: Weights = USUAL,
    rest: Array | None = None,
) -> Array:
    """Return (amount - discount) x quantity / months of the interval / interval_count, in the parts of money.

    rest: what rounding left out of amount - money discounted, in 1/FINEST. It counts, so that the result is rounded once, half to even.
    Raise CustmetricsError E409 if it does not fit 62 bits and a sign.

    >>> import numpy as np
    >>> monthly(*(np.array([x]) for x in (120 * 504_000, -20 * 10_000, 1, INTERVALS.index("year"), 1))) / 504_000
    array([8.])
    """
    import numpy as np

    numerators, divisor = weights.per_month
    per_month = np.array(numerators, np.int64)[interval % len(INTERVALS)]
    is_single = (interval < len(INTERVALS)).all() and (interval_count <= 1).all()
    if rest is None and not discount.any() and is_single and _fit([amount, quantity, per_month]):  # the usual case
        return _divide_half_even(amount * quantity * per_month, divisor)
    share = np.minimum(discount, 0).astype(np.int64) + WHOLE  # of the amount that is left, in 1/WHOLE
    common = np.gcd(share, WHOLE) if np.any(discount < 0) else share
    factors: list[Array] = [amount - np.maximum(discount, 0), share // common, quantity, per_month]
    counts = np.maximum(interval_count, 1) * (interval // len(INTERVALS) + 1)  # an unreadable count is 0
    divisors: list[Array] = [divisor * WHOLE // common, counts]
    return _divide(factors, reduce(np.multiply, divisors), rest)


def times_quantity(amount: Array, thousandths: Array, rest: Array | None = None) -> Array:
    """Return amount x quantity, rounded once, half to even. rest: as of monthly(). Raises CustmetricsError E409."""
    import numpy as np

    return _divide([amount, np.ones_like(amount), thousandths], np.full_like(amount, 1000), rest)


def states_count_twice(interval: Array, interval_count: Array) -> Array:
    """Return True for rows whose interval has the count in it that interval_count repeats: 6 months and 6, year and 12."""
    import numpy as np

    months = np.array([0, 0, 0, 3, 12])[interval % len(INTERVALS)]  # in the words quarter and year
    own = np.where(interval < len(INTERVALS), months, interval // len(INTERVALS) + 1)
    repeats: Array = (interval_count > 1) & (interval_count == own)
    return repeats


def _divide(factors: list[Array], divisor: Array, rest: Array | None = None) -> Array:
    """Return the product of the factors / divisor. Rows whose product does not fit, or with a rest, are computed one by one.

    rest: of the first factor, in 1/FINEST.
    """
    import numpy as np

    if rest is None and _fit(factors):
        return _divide_half_even(reduce(np.multiply, factors), divisor)
    *factors, divisor, rests = np.broadcast_arrays(*factors, divisor, 0 if rest is None else rest)
    size = reduce(np.multiply, (np.abs(each).astype(float) for each in factors))
    value = _divide_half_even(np.where(size < MOST, reduce(np.multiply, factors), 0), divisor)
    for row in np.flatnonzero((size >= MOST) | (rests != 0)):
        value[row] = _divide_exactly([int(each[row]) for each in factors], int(divisor[row]), int(rests[row]))
    return value


def _fit(factors: list[Array]) -> bool:
    """Return True if every product of the factors fits 62 bits."""
    return prod(max(abs(int(each.min(initial=0))), int(each.max(initial=0))) for each in factors) < MOST


def _divide_half_even(dividend: Array, divisor: Array | int) -> Array:
    quotient: Array = dividend // divisor
    rest = 2 * (dividend - quotient * divisor)
    if rest.any():
        quotient += (rest > divisor) | ((rest == divisor) & (quotient % 2 == 1))
    return quotient


def _divide_exactly(factors: list[int], divisor: int, rest: int) -> int:
    first, others = factors[0] * FINEST + rest, prod(factors[1:])
    value = round(Fraction(first * others, divisor * FINEST))
    if abs(value) >= MOST:
        message = f"{factors[0] / MONEY_PARTS:,.2f} x {factors[2]:,} is too large to sum"
        raise CustmetricsError(Problem("E409", message, hint="check the amount, the quantity and the interval of this row"))
    return value
