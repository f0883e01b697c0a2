"""Sums over customers, from which the intervals are computed: exact whole numbers or fractions."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from typing import Any, NamedTuple

Number = Any  # int | Fraction


class Sums(NamedTuple):
    """Sums over n customers, each with a weight a and a part d."""

    n: int = 0
    a: Number = 0
    d: Number = 0
    aa: Number = 0
    ad: Number = 0
    dd: Number = 0

    def plus(self, other: Sums) -> Sums:
        return Sums(*(one + more for one, more in zip(self, other, strict=True)))

    def with_customer(self, a: Number, d: Number, times: int) -> Sums:
        """Return the sums with a further customer, counted several times."""
        return self.plus(Sums(times, times * a, times * d, times * a * a, times * a * d, times * d * d))

    def scaled(self, a: Number, d: Number) -> Sums:
        """Return the sums with all weights and all parts multiplied."""
        return Sums(self.n, self.a * a, self.d * d, self.aa * a * a, self.ad * a * d, self.dd * d * d)

    @property
    def ratio(self) -> Fraction:
        return Fraction(self.d) / Fraction(self.a)

    @property
    def average_weight(self) -> Fraction:
        """The weight of the customer of the average unit: sum of a^2 / sum of a."""
        return Fraction(self.aa) / Fraction(self.a)

    def squares(self, ratio: Number) -> Number:
        """Return the sum of (d - ratio x a)^2."""
        return self.dd - 2 * ratio * self.ad + ratio * ratio * self.aa


class Largest(NamedTuple):
    """The customer with the largest part: its weight and its part."""

    a: Number
    d: Number


class Joint(NamedTuple):
    """Sums over the m customers of two periods: of the products of their parts s and weights a. 1 is the earlier period."""

    m: int = 0
    s1s2: Number = 0
    s1a2: Number = 0
    a1s2: Number = 0
    a1a2: Number = 0


FEWEST_IN_BOTH = 10  # customers of both periods, below which no correlation is estimated


def correlation(then: Sums, now: Sums, joint: Joint) -> float:
    """Return the correlation of the ratios of two periods that share customers; 0 if it is negative or not known.

    >>> one = Sums(10, 10, 5, 10, 5, 5)  # the same ten customers, the same answers
    >>> print(f"{correlation(one, one, Joint(10, 5, 5, 5, 10)):.4f}")
    0.8000
    """
    if joint.m < FEWEST_IN_BOTH:
        return 0.0
    one, other = then.ratio, now.ratio
    root = sqrt(then.squares(one)) * sqrt(now.squares(other))
    products = joint.s1s2 - other * joint.s1a2 - one * joint.a1s2 + one * other * joint.a1a2
    return max(0.0, float(products) / root * (joint.m - 2) / joint.m) if root else 0.0
