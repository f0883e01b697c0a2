"""Student's t: between which two values 95 % of it lies."""

from __future__ import annotations

from math import atan, cos, pi, sin, sqrt

Z = 1.959963984540054  # of a normal distribution, 2.5 % is above
MANY = 100  # degrees of freedom from which the expansion is exact to 1e-10


def quantile(freedom: int) -> float:
    """The value above which 2.5 % lies.

    >>> print(*(f"{quantile(each):.4f}" for each in (1, 5, 30, 120)))  # as in printed tables
    12.7062 2.5706 2.0423 1.9799
    """
    return _solved(freedom) if freedom < MANY else _expanded(freedom)


def _expanded(freedom: int) -> float:
    """Abramowitz and Stegun 26.7.5."""
    z, v = Z, float(freedom)
    one = (z**3 + z) / 4
    two = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    three = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    four = (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160
    return z + (one + (two + (three + four / v) / v) / v) / v


def _solved(freedom: int) -> float:
    """By halving: what lies between -t and t grows with t."""
    low, high = 0.0, 13.0
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if _between(middle, freedom) < 0.95 else (low, middle)
    return middle


def _between(t: float, freedom: int) -> float:
    """Abramowitz and Stegun 26.7.3 and 26.7.4: the share that lies between -t and t."""
    angle = atan(t / sqrt(freedom))
    odd = freedom % 2
    term = cos(angle) if odd else 1.0
    series = 0.0 if freedom == 1 else term
    for step in range(2 + odd, freedom - 1, 2):
        term *= (step - 1) / step * cos(angle) ** 2
        series += term
    return (angle + sin(angle) * series) * 2 / pi if odd else sin(angle) * series
