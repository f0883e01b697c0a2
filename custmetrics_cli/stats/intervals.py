"""95 % confidence intervals: the types, and the interval of a proportion of counts.

Every method is a closed formula over exact sums, computed with floats of the standard library: the same bytes everywhere.
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

from custmetrics_cli.stats.student_t import Z

Limits = tuple[float, float]  # the lower and the upper end of an interval
REPAIRED = {1: 0.051293, 2: 0.355362, 3: 0.817691}  # the lower limit times n, by number of events
FEWEST_FOR_THREE = 51  # of n, for the repair of three events


class Interval(NamedTuple):
    """A confidence interval: the values that the underlying rate could have. high may be infinite."""

    low: float
    high: float
    method: str
    level: float = 0.95

    def map(self, scale: float, shift: float = 0.0) -> Interval:
        """Return the interval of scale x value + shift. A negative scale swaps the ends."""
        ends = (self.low * scale + shift, self.high * scale + shift)
        return self._replace(low=min(ends), high=max(ends))


class NoInterval(NamedTuple):
    """The reason why an interval is missing."""

    reason: str


Estimated = Interval | NoInterval


def given(estimated: Estimated | None) -> Interval | None:
    """Return the interval, or None."""
    return estimated if isinstance(estimated, Interval) else None


def too_few(customers: int, of: str = "") -> NoInterval:
    """
    >>> too_few(12, "amounts").reason
    '12 customers are too few for an interval of amounts'
    """
    counted = "1 customer is" if customers == 1 else f"{customers:,} customers are"
    return NoInterval(f"{counted} too few for an interval{of and ' of '}{of}")


def wilson(successes: int, n: int) -> Estimated:
    """Return the interval of successes / n: Wilson's, wider where few events or few others would make it too narrow.

    Sources: E. B. Wilson, JASA 22 (1927), 209-212; the repair after L. D. Brown, T. T. Cai and A. DasGupta, Statistical Science 16
    (2001), 101-133.

    >>> i = wilson(15, 148)  # Newcombe 1998, table I
    >>> print(f"{i.low:.4f} {i.high:.4f}")
    0.0624 0.1605
    >>> i = wilson(1, 20)
    >>> print(f"{100 * i.low:.4f} {100 * i.high:.4f}")
    0.2565 23.6131
    """
    if not n:
        return too_few(0)
    low, high = wilson_limits(successes / n, n)
    return Interval(min(low, _repaired(successes, n, low)), max(high, 1 - _repaired(n - successes, n, 1 - high)), "wilson")


def _repaired(events: int, n: int, limit: float) -> float:
    """Return the repaired lower limit for few events, else the limit."""
    return REPAIRED[events] / n if events in REPAIRED and (events < 3 or n >= FEWEST_FOR_THREE) else limit


def wilson_limits(p: float, n: float) -> Limits:
    """Return Wilson's limits of a proportion p of n. Limits that are 0 or 1 by definition are exact.

    >>> print(*(f"{limit:.4f}" for limit in wilson_limits(0, 20)))
    0.0000 0.1611
    """
    middle = p + Z * Z / (2 * n)
    margin = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    low = (middle - margin) / (1 + Z * Z / n) if p > 0 else 0.0
    high = (middle + margin) / (1 + Z * Z / n) if p < 1 else 1.0
    return low, high


def square_and_add(now: float, at: Interval, then: float, was: Interval, correlation: float = 0.0) -> Interval:
    """Return the interval of now - then from the intervals of both values.

    Source: G. Y. Zou, Psychological Methods 12 (2007), 399-413; after R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890.

    >>> one, other = wilson(56, 70), wilson(48, 80)  # Newcombe 1998, table II, (a)
    >>> i = square_and_add(56 / 70, one, 48 / 80, other)
    >>> print(f"{i.low:.4f} {i.high:.4f}")
    0.0524 0.3339
    """
    below = _root(now - at.low, was.high - then, correlation)
    above = _root(at.high - now, then - was.low, correlation)
    return Interval(now - then - below, now - then + above, "square and add")


def _root(one: float, other: float, correlation: float) -> float:
    return sqrt(max(0.0, one * one + other * other - 2 * correlation * one * other))
