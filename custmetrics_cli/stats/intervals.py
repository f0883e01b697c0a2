"""Intervals, 95 %, in floats of the standard library: the same bytes everywhere.

Wilson (1927) for one share; Newcombe (1998, Statistics in Medicine 17, 873-890), method 10, for the difference of two
independent shares, made of their Wilson intervals. Adjusted Wald (Rocks 2016, The American Statistician 70, 365-372) for
promoters less detractors, and differences of such as Newcombe's are made (Zou and Donner 2008, Statistics in Medicine 27,
1693-1702). Student for means, Welch for their difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    pass

from math import floor, sqrt

from custmetrics_cli.stats.student_t import Z, quantile

Scores = Sequence[tuple[int, int]]  # every score of a scale, in order, and how many gave it


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
    low, high = _apart(a / n, _edges(a, n), b / m, _edges(b, m))
    return Interval(low, high, "newcombe")


def _apart(one: float, of_one: tuple[float, float], other: float, of_other: tuple[float, float]) -> tuple[float, float]:
    """The edges of the difference of two values, from their own edges."""
    below = sqrt((one - of_one[0]) ** 2 + (of_other[1] - other) ** 2)
    above = sqrt((of_one[1] - one) ** 2 + (other - of_other[0]) ** 2)
    return one - other - below, one - other + above


def net_share(up: int, down: int, n: int) -> Interval | None:
    """(up - down) / n, from -1 to 1, where up and down are counts of different ones of n; None below 2.

    Adds 3/4 to each and 3/2 to the rest, which keeps the interval honest for few answers and for scores near the ends.

    >>> i = net_share(10, 5, 20)  # (10.75 - 5.75) / 23 -+ 1.96 x sqrt((16.5 / 23 - (5 / 23)^2) / 23)
    >>> print(f"{i.low:.4f} {i.high:.4f}")
    -0.1172 0.5519
    >>> net_share(1, 0, 1) is None
    True
    """
    if n < 2:
        return None
    low, high = _net_edges(up, down, n)
    return Interval(low, high, "adjusted wald")


def _net_edges(up: int, down: int, n: int) -> tuple[float, float]:
    more, less, all_ = up + 0.75, down + 0.75, n + 3
    middle = (more - less) / all_
    spread = Z * sqrt(((more + less) / all_ - middle**2) / all_)
    return max(-1.0, middle - spread), min(1.0, middle + spread)


def net_apart(up: int, down: int, n: int, up_then: int, down_then: int, n_then: int) -> Interval | None:
    """The difference of two such shares; None where one of them has no interval."""
    if min(n, n_then) < 2:
        return None
    now, then = (up - down) / n, (up_then - down_then) / n_then
    low, high = _apart(now, _net_edges(up, down, n), then, _net_edges(up_then, down_then, n_then))
    return Interval(low, high, "adjusted wald")


class Mean(NamedTuple):
    """Of scores: how many, their mean, and the variance of that mean; exact."""

    n: int
    value: Fraction
    variance: Fraction

    @classmethod
    def of(cls, scores: Scores) -> Mean | None:
        """None where nothing shows how far scores spread: below two of them, or all alike."""
        n, total, squares = (sum(score**power * count for score, count in scores) for power in (0, 1, 2))
        if n < 2 or n * squares == total**2:
            return None
        return cls(n, Fraction(total, n), Fraction(n * squares - total**2, n * n * (n - 1)))


def mean(scores: Scores) -> Interval | None:
    """Within the scale. None below two scores, and where all are alike.

    >>> i = mean([(1, 0), (2, 1), (3, 1), (4, 1), (5, 0)])  # 3 -+ 4.3027 x 1 / sqrt(3), cut to 1 and 5
    >>> print(f"{i.low:.4f} {i.high:.4f}")
    1.0000 5.0000
    >>> i = mean([(1, 0), (4, 5), (5, 5), (7, 0)])  # 4.5 -+ 2.2622 x 0.5270 / sqrt(10)
    >>> print(f"{i.low:.4f} {i.high:.4f}")
    4.1230 4.8770
    """
    found = Mean.of(scores)
    if found is None:
        return None
    spread = quantile(found.n - 1) * sqrt(found.variance)
    return Interval(max(float(scores[0][0]), float(found.value) - spread), min(float(scores[-1][0]), float(found.value) + spread), "t")


def means_apart(now: Scores, then: Scores) -> Interval | None:
    """The difference of two means, whose spreads may differ; degrees of freedom rounded down. None where mean has none."""
    one, other = Mean.of(now), Mean.of(then)
    if one is None or other is None:
        return None
    both = one.variance + other.variance
    freedom = both**2 / (one.variance**2 / (one.n - 1) + other.variance**2 / (other.n - 1))
    spread = quantile(floor(freedom)) * sqrt(both)
    return Interval(float(one.value - other.value) - spread, float(one.value - other.value) + spread, "welch")


class Interval(NamedTuple):
    """A 95 % interval: what the underlying rate could be; the counts themselves are exact. high may be infinite."""

    low: float
    high: float
    method: str
    level: float = 0.95
