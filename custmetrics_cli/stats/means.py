"""Confidence intervals of mean amounts, and of what is made of them, on the log scale."""

from __future__ import annotations

from fractions import Fraction
from math import exp, inf, log, sqrt
from typing import Any, NamedTuple

from custmetrics_cli.stats.intervals import Estimated, Interval, Limits, NoInterval, too_few
from custmetrics_cli.stats.student_t import quantile
from custmetrics_cli.stats.sums import Largest, Sums

FEWEST, FEWEST_COMPARED = 30, 10
SAME_AMOUNTS = "every customer pays the same"
NOT_POSITIVE = "the amounts do not add up to more than 0"
NO_CHANGE = "no customer changed"


def log_t(sums: Sums, largest: Largest) -> Estimated:
    """Return the interval of d / a, the mean amount: Student's on the log scale.

    The upper limit counts the customer with the largest amount twice more, after M. P. Fay and E. J. Feuer, Statistics in Medicine 16
    (1997), 791-801.

    >>> amounts = [10, 20, 30, 40, 50, 60, 70, 80, 90, 550] * 3
    >>> i = log_t(Sums(30, 30, sum(amounts), 30, sum(amounts), sum(y * y for y in amounts)), Largest(1, 550))
    >>> print(f"{i.low:.4f} {i.high:.4f}")
    56.1451 216.5716
    """
    if sums.n < FEWEST:
        return too_few(sums.n, "amounts")
    if not sums.a or sums.d <= 0:
        return NoInterval(NOT_POSITIVE)
    if not sums.squares(sums.ratio):
        return NoInterval(SAME_AMOUNTS)
    t, more = quantile(sums.n - 1), sums.with_customer(largest.a, largest.d, 2)
    mean, higher = float(sums.ratio), float(more.ratio)
    return Interval(mean * exp(-t * _error(sums) / mean), higher * exp(t * _error(more) / higher), "log t")


def _error(sums: Sums) -> float:
    """Return the standard error of the ratio."""
    return sqrt(Fraction(sums.n, sums.n - 1) * sums.squares(sums.ratio)) / float(sums.a)


class TwoMeans(NamedTuple):
    """Sums over customers and their amounts x and y in an earlier and a later period; 0 where a customer is absent."""

    n1: int  # customers of the earlier period
    x: Any  # sum of x
    xx: Any
    n2: int
    y: Any
    yy: Any
    both: int  # customers of both periods, and sums over them
    both_x: Any
    both_y: Any
    both_xy: Any

    def in_units(self, parts: int) -> TwoMeans:
        """Return the sums of amounts in units, from sums in parts of a unit."""
        one, square = Fraction(1, parts), Fraction(1, parts * parts)
        amounts = {"x": one, "xx": square, "y": one, "yy": square, "both_x": one, "both_y": one, "both_xy": square}
        return self._replace(**{name: getattr(self, name) * scale for name, scale in amounts.items()})

    @property
    def variance(self) -> Fraction:
        """The variance of the log of the ratio of the means."""
        x, y = Fraction(self.x), Fraction(self.y)
        mean1, mean2, customers = x / self.n1, y / self.n2, self.n1 + self.n2 - self.both
        spread1, spread2 = self.xx / x**2 - Fraction(1, self.n1), self.yy / y**2 - Fraction(1, self.n2)
        shared = self.both_xy - mean1 * self.both_y - mean2 * self.both_x + self.both * mean1 * mean2
        changes = spread1 + spread2 - 2 * shared / (x * y)
        w, v, overlap = self.xx / x, self.yy / y, Fraction(2 * self.both, self.n1 + self.n2)
        apart = 2 * (1 - overlap) * (((w - mean1) / x) ** 2 + ((v - mean2) / y) ** 2)
        variance: Fraction = Fraction(customers, customers - 1) * changes + w**2 * (1 / y - 1 / x) ** 2 + apart
        return variance


def difference_of_means(sums: TwoMeans) -> Estimated:
    """Return the interval of the later mean less the earlier one. Customers of both periods are compared with themselves.

    >>> amounts = [10, 20, 30, 40, 50, 60, 70, 80, 90, 550]
    >>> x, xx, more = sum(amounts), sum(each * each for each in amounts), Fraction(11, 10)
    >>> i = difference_of_means(TwoMeans(10, x, xx, 10, more * x, more**2 * xx, 10, x, more * x, more * xx))
    >>> print(f"{i.low:.4f} {i.high:.4f}")  # of a mean of 100
    2.7614 17.7485
    """
    customers = min(sums.n1, sums.n2)
    if customers < FEWEST_COMPARED:
        return too_few(customers, "changed amounts")
    if sums.x <= 0 or sums.y <= 0:
        return NoInterval(NOT_POSITIVE)
    if not (variance := sums.variance):
        return NoInterval(NO_CHANGE)
    mean = float(Fraction(sums.x) / sums.n1)
    ratio, margin = float(Fraction(sums.y) / sums.n2) / mean, quantile(customers - 1) * sqrt(variance)
    return Interval(mean * (ratio * exp(-margin) - 1), mean * (ratio * exp(margin) - 1), "log t")


def quotient(one: float, one_limits: Limits, other: float, other_limits: Limits) -> Limits:
    """Return the limits of one / other, both above 0, by square and add on the log scale.

    Source: G. Y. Zou and A. Donner, Statistics in Medicine 27 (2008), 1693-1702.
    """
    below = sqrt(log(one / one_limits[0]) ** 2 + log(other_limits[1] / other) ** 2)
    above = sqrt(log(one_limits[1] / one) ** 2 + log(other / other_limits[0]) ** 2) if other_limits[0] else inf
    return one / other * exp(-below), one / other * exp(above)


def difference_of_logs(now: float, at: Interval, then: float, was: Interval) -> Interval:
    """Return the interval of now - then from intervals on the log scale: of their ratio, times the earlier value."""
    below = sqrt(log(now / at.low) ** 2 + log(was.high / then) ** 2)
    above = sqrt(log(at.high / now) ** 2 + log(then / was.low) ** 2)
    return Interval(now * exp(-below) - then, now * exp(above) - then, "square and add")
