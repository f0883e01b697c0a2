"""95 % confidence intervals of shares, net shares and means, with floats of the standard library: the same bytes everywhere.

Sources:

- a share: E. B. Wilson, JASA 22 (1927), 209-212;
- the difference of two independent shares: R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890, method 10;
- a net share (promoters less detractors): adjusted Wald, B. Rocks, The American Statistician 70 (2016), 365-372;
- the difference of two net shares: G. Y. Zou and A. Donner, Statistics in Medicine 27 (2008), 1693-1702;
- a mean: Student's t; the difference of two means: B. L. Welch, Biometrika 34 (1947), 28-35.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor, sqrt
from typing import NamedTuple

from custmetrics_cli.stats.student_t import Z, quantile

Scores = Sequence[tuple[int, int]]  # every score of a scale, in order, with the number of its answers
Limits = tuple[float, float]  # the lower and the upper end of an interval


class Interval(NamedTuple):
    """A confidence interval: the values that the underlying rate could have. high may be infinite."""

    low: float
    high: float
    method: str
    level: float = 0.95


def wilson(successes: int, n: int) -> Interval | None:
    """Return the interval of successes / n, None for n = 0.

    >>> i = wilson(15, 148)  # Newcombe 1998, table I
    >>> print(f"{i.low:.4f} {i.high:.4f}")
    0.0624 0.1605
    >>> i = wilson(0, 20)
    >>> print(f"{i.low:.4f} {i.high:.4f}")
    0.0000 0.1611
    """
    return Interval(*_wilson_limits(successes, n), "wilson") if n else None


def _wilson_limits(x: int, n: int) -> Limits:
    """Return (x + z^2/2 -+ z sqrt(x (n - x) / n + z^2/4)) / (n + z^2). Limits that are 0 or 1 by definition are exact."""
    middle = x + Z * Z / 2
    margin = Z * sqrt(x * (n - x) / n + Z * Z / 4)
    low = (middle - margin) / (n + Z * Z) if x else 0.0
    high = (middle + margin) / (n + Z * Z) if x < n else 1.0
    return low, high


def newcombe(a: int, n: int, b: int, m: int) -> Interval | None:
    """Return the interval of a / n - b / m, two independent shares; None for n = 0 or m = 0.

    >>> i = newcombe(56, 70, 48, 80)  # Newcombe 1998, table II, (a)
    >>> print(f"{i.low:.4f} {i.high:.4f}")
    0.0524 0.3339
    >>> i = newcombe(0, 10, 0, 20)
    >>> print(f"{i.low:.4f} {i.high:.4f}")
    -0.1611 0.2775
    """
    if n == 0 or m == 0:
        return None
    return Interval(*_limits_of_difference(a / n, _wilson_limits(a, n), b / m, _wilson_limits(b, m)), "newcombe")


def _limits_of_difference(a: float, limits_of_a: Limits, b: float, limits_of_b: Limits) -> Limits:
    """Return a - b - sqrt((a - low_a)^2 + (high_b - b)^2) and a - b + sqrt((high_a - a)^2 + (b - low_b)^2)."""
    below = sqrt((a - limits_of_a[0]) ** 2 + (limits_of_b[1] - b) ** 2)
    above = sqrt((limits_of_a[1] - a) ** 2 + (b - limits_of_b[0]) ** 2)
    return a - b - below, a - b + above


def net_share(up: int, down: int, n: int) -> Interval | None:
    """Return the interval of (up - down) / n, from -1 to 1; None for n below 2. up and down count different answers of the n.

    Adds 3/4 to up and down and 3/2 to the rest: otherwise the interval is too narrow for few answers and near the ends.

    >>> i = net_share(10, 5, 20)  # (10.75 - 5.75) / 23 -+ 1.96 x sqrt((16.5 / 23 - (5 / 23)^2) / 23)
    >>> print(f"{i.low:.4f} {i.high:.4f}")
    -0.1172 0.5519
    """
    return Interval(*_net_limits(up, down, n), "adjusted wald") if n >= 2 else None


def _net_limits(up: int, down: int, n: int) -> Limits:
    more, less, total = up + 0.75, down + 0.75, n + 3
    middle = (more - less) / total
    margin = Z * sqrt(((more + less) / total - middle**2) / total)
    return max(-1.0, middle - margin), min(1.0, middle + margin)


def net_share_difference(now: tuple[int, int, int], then: tuple[int, int, int]) -> Interval | None:
    """Return the interval of the difference of two net shares, each (up, down, n); None if one has no interval."""
    (up, down, n), (up_then, down_then, n_then) = now, then
    if min(n, n_then) < 2:
        return None
    limits = _limits_of_difference((up - down) / n, _net_limits(*now), (up_then - down_then) / n_then, _net_limits(*then))
    return Interval(*limits, "adjusted wald")


class ScoreMean(NamedTuple):
    """The number of scores, their mean, and the variance of that mean; exact."""

    n: int
    value: Fraction
    variance: Fraction  # s^2 / n

    @classmethod
    def of(cls, scores: Scores) -> ScoreMean | None:
        """Return None if the spread is unknown: fewer than two scores, or only equal ones."""
        n, total, squares = (sum(score**power * count for score, count in scores) for power in (0, 1, 2))
        if n < 2 or n * squares == total**2:
            return None
        return cls(n, Fraction(total, n), Fraction(n * squares - total**2, n * n * (n - 1)))


def mean(scores: Scores) -> Interval | None:
    """Return the interval of the mean: mean -+ t sqrt(s^2 / n), cut to the scale. None if the spread is unknown.

    >>> i = mean([(1, 0), (2, 1), (3, 1), (4, 1), (5, 0)])  # 3 -+ 4.3027 x 1 / sqrt(3), cut to 1 and 5
    >>> print(f"{i.low:.4f} {i.high:.4f}")
    1.0000 5.0000
    >>> i = mean([(1, 0), (4, 5), (5, 5), (7, 0)])  # 4.5 -+ 2.2622 x 0.5270 / sqrt(10)
    >>> print(f"{i.low:.4f} {i.high:.4f}")
    4.1230 4.8770
    """
    exact = ScoreMean.of(scores)
    if exact is None:
        return None
    value, margin = float(exact.value), quantile(exact.n - 1) * sqrt(exact.variance)
    return Interval(max(float(scores[0][0]), value - margin), min(float(scores[-1][0]), value + margin), "t")


def mean_difference(now: Scores, then: Scores) -> Interval | None:
    """Return the interval of the difference of two means with different variances; None if a spread is unknown.

    Welch's degrees of freedom are rounded down.
    """
    one, other = ScoreMean.of(now), ScoreMean.of(then)
    if one is None or other is None:
        return None
    variance = one.variance + other.variance
    freedom = variance**2 / (one.variance**2 / (one.n - 1) + other.variance**2 / (other.n - 1))
    difference, margin = float(one.value - other.value), quantile(floor(freedom)) * sqrt(variance)
    return Interval(difference - margin, difference + margin, "welch")
