"""Confidence intervals of ratios of sums over customers: weighted proportions, and ratios that may exceed 1."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

from custmetrics_cli.stats.intervals import Estimated, Interval, NoInterval, too_few, wilson, wilson_limits
from custmetrics_cli.stats.student_t import Z, quantile
from custmetrics_cli.stats.sums import Largest, Sums

FEWEST_WEIGHTED, FEWEST = 3, 5


def effective_n(sums: Sums) -> Estimated:
    """Return the interval of d / a, where each customer has 0 <= d <= a: Wilson's, with an effective number of customers.

    The variance counts two further customers of average weight, one with d = 0 and one with d = a. Equal weights without partial
    parts are counts. Sources: E. L. Korn and B. I. Graubard, Survey Methodology 24 (1998), 193-201; A. Agresti and B. Caffo, The
    American Statistician 54 (2000), 280-288.

    >>> i = effective_n(Sums(5, 200, 20, 13_000, 500, 200))  # weights 10, 20, 30, 40, 100; lost 10, 0, 0, 10, 0
    >>> print(f"{100 * i.low:.4f} {100 * i.high:.4f}")
    0.3817 76.3130
    >>> i = effective_n(Sums(5, 200, 0, 13_000, 0, 0))
    >>> print(f"{100 * i.low:.4f} {100 * i.high:.4f}")
    0.0000 74.5084
    """
    if not sums.a:
        return too_few(sums.n)
    if sums.n * sums.aa == sums.a**2 and sums.dd == sums.ad:
        return wilson(int(sums.d * sums.n / Fraction(sums.a)), sums.n)
    if sums.n < FEWEST_WEIGHTED:
        return too_few(sums.n)
    low, high = wilson_limits(float(sums.ratio), effective_number(sums))
    return Interval(low, high, "effective n")


def effective_number(sums: Sums) -> float:
    """Return n*, the number of equal customers that would tell as much.

    >>> print(f"{effective_number(Sums(5, 200, 20, 13_000, 500, 200)):.6f}")
    1.579090
    """
    n, w, kish = sums.n, sums.average_weight, Fraction(sums.a**2) / sums.aa
    total = sums.a + 2 * w
    q = (sums.d + w) / total
    variance = Fraction(n + 2, n + 1) * (sums.squares(q) + w * w * (q * q + (1 - q) ** 2)) / total**2
    return float(q * (1 - q) / variance * kish / (kish + 2)) * (Z / quantile(n - 1)) ** 2


def plus_one(sums: Sums, half: Fraction | int = 1, largest: Largest | None = None) -> Estimated:
    """Return the interval of d / a, counting one further customer of average weight: half of it at -half, half of it at +half.

    largest: the customer with the largest gain is counted twice more for a second upper limit, and the larger one is taken.

    >>> sums = Sums(5, 200, -5, 13_000, -50, 425)  # weights 10, 20, 30, 40, 100; changes -10, 0, 15, -10, 0
    >>> i = plus_one(sums, largest=Largest(30, 15)).map(1, 1)
    >>> print(f"{100 * i.low:.4f} {100 * i.high:.4f}")
    19.8138 176.4126
    >>> i = plus_one(Sums(5, 11, 7, 35, 24, 23))  # answers 2, 1, 1, 2, 5; promoters less detractors 2, 1, 1, -1, 4
    >>> print(f"{100 * i.low:.4f} {100 * min(1, i.high):.4f}")
    -47.5651 100.0000
    """
    if sums.n < FEWEST:
        return too_few(sums.n)
    if not sums.a:
        return NoInterval("there is nothing to divide by")
    t, w, value = quantile(sums.n - 1), sums.average_weight, float(sums.ratio)
    low, high = _limits(sums, w, half, t)
    if largest is not None and largest.d > 0:
        high = max(high, _limits(sums.with_customer(largest.a, largest.d, 2), w, half, t)[1])
    return Interval(min(low, value), max(high, value), "plus one customer")


def _limits(sums: Sums, w: Fraction, half: Fraction | int, t: float) -> tuple[float, float]:
    total = sums.a + w
    r = sums.d / total
    variance = Fraction(sums.n + 1, sums.n) * (sums.squares(r) + w * w * (half * half + r * r)) / total**2
    margin = t * sqrt(variance)
    return float(r) - margin, float(r) + margin
