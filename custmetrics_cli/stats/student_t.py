"""Quantiles of Student's t distribution, without scipy.

Formulas: M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions (1964), chapter 26.
"""

from __future__ import annotations

from math import atan, cos, pi, sin, sqrt

Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution
MANY = 100  # degrees of freedom from which the expansion is exact to 1e-10


def quantile(freedom: int) -> float:
    """Return the 97.5 % quantile: 95 % of the distribution lies between its negative and it.

    >>> print(*(f"{quantile(each):.4f}" for each in (1, 5, 30, 120)))  # as in printed tables
    12.7062 2.5706 2.0423 1.9799
    """
    return _by_bisection(freedom) if freedom < MANY else _by_expansion(freedom)


def _by_expansion(freedom: int) -> float:
    """Return z + g1/v + g2/v^2 + g3/v^3 + g4/v^4 for v degrees of freedom (26.7.5)."""
    z, v = Z, float(freedom)
    g1 = (z**3 + z) / 4
    g2 = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    g3 = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    g4 = (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160
    return z + (g1 + (g2 + (g3 + g4 / v) / v) / v) / v


def _by_bisection(freedom: int) -> float:
    """Halve [0, 13] until no double lies between the ends. The share between -t and t grows with t."""
    low, high = 0.0, 13.0
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if _share_between(middle, freedom) < 0.95 else (low, middle)
    return middle


def _share_between(t: float, freedom: int) -> float:
    """Return the share of the distribution between -t and t (26.7.3 for odd, 26.7.4 for even degrees of freedom)."""
    angle = atan(t / sqrt(freedom))
    odd = freedom % 2
    term = cos(angle) if odd else 1.0
    series = 0.0 if freedom == 1 else term
    for step in range(2 + odd, freedom - 1, 2):
        term *= (step - 1) / step * cos(angle) ** 2
        series += term
    return (angle + sin(angle) * series) * 2 / pi if odd else sin(angle) * series
