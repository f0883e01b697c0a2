"""Intervals for shares of counts, 95 %, in floats of the standard library: the same bytes everywhere.

Wilson (1927) for one share; Newcombe (1998, Statistics in Medicine 17, 873-890), method 10, for the difference of two
independent shares, made of their Wilson intervals.
"""

from __future__ import annotations

from math import sqrt

from custmetrics_cli.result import Interval

Z = 1.959963984540054  # of a normal distribution, 2.5 % is above


def wilson(successes: int, n: int) -> Interval | None:
    """None of nothing has no interval.

    >>> i = wilson(15, 148)  # Newcombe 1998, table I
    >>> print(f"{i.low:.4f} {i.high:.4f}")
    0.0624 0.1605
    >>> i = wilson(0, 20)
    >>> print(f"{i.low:.4f} {i.high:.4f}")
    0.0000 0.1611
    >>> wilson(0, 0) is None
    True
    """
    if n == 0:
        return None
    low, high = _edges(successes, n)
    return Interval(low, high, "wilson")


def _edges(successes: int, n: int) -> tuple[float, float]:
    """An edge that is 0 or 1 by definition is that, not nearly that."""
    middle = successes + Z * Z / 2
    spread = Z * sqrt(successes * (n - successes) / n + Z * Z / 4)
    low = (middle - spread) / (n + Z * Z) if successes else 0.0
    high = (middle + spread) / (n + Z * Z) if successes < n else 1.0
    return low, high


def newcombe(a: int, n: int, b: int, m: int) -> Interval | None:
    """The difference a / n - b / m of independent shares; None where one of them is of nothing.

    >>> i = newcombe(56, 70, 48, 80)  # Newcombe 1998, table II, (a)
    >>> print(f"{i.low:.4f} {i.high:.4f}")
    0.0524 0.3339
    >>> i = newcombe(0, 10, 0, 20)
    >>> print(f"{i.low:.4f} {i.high:.4f}")
    -0.1611 0.2775
    """
    if n == 0 or m == 0:
        return None
    (low_a, high_a), (low_b, high_b) = _edges(a, n), _edges(b, m)
    share_a, share_b = a / n, b / m
    below = sqrt((share_a - low_a) ** 2 + (high_b - share_b) ** 2)
    above = sqrt((high_a - share_a) ** 2 + (share_b - low_b) ** 2)
    return Interval(share_a - share_b - below, share_a - share_b + above, "newcombe")
