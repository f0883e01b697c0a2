"""Survival curves from entries and exits by age: Kaplan-Meier, Nelson-Aalen, Aalen-Johansen.

Ages are in any unit, the same one throughout. A customer enters after age `entry` and is followed to age `exit`, where it ends or is
censored: it is at risk at age t if entry < t <= exit, and at age 0 if it enters then. So late entries (left truncation) need no more
than their age.

Formulas, with n(t) at risk and d(t) ends at age t:
  Kaplan-Meier    S(t) = product of 1 - d / n (E. L. Kaplan and P. Meier, JASA 53 (1958), 457-481)
  its interval    S^exp(+-z s), s^2 = sum of d / (n (n - d)) / ln(S)^2: Greenwood's variance on the log-log scale
  Nelson-Aalen    H(t) = sum of d / n (O. Aalen, Annals of Statistics 6 (1978), 701-726)
  Aalen-Johansen  I_k(t) = sum of S(before t) d_k / n, for each reason k
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, inf, log, sqrt
from typing import NamedTuple

from custmetrics_cli.stats.intervals import Interval
from custmetrics_cli.stats.student_t import Z

METHOD = "greenwood log-log"
HALF = 0.5
ROUNDING = 1e-12  # a survival this close to one half counts as one half


class Histogram(NamedTuple):
    """Customers by age: those who enter, those who end by reason, and those who are censored."""

    entries: Mapping[int, int]  # age -> customers; 0 for those who are seen from their start
    ends: Mapping[int, Mapping[int, int]]  # age -> reason -> customers
    censored: Mapping[int, int]  # age -> customers who are still there at the end of the data

    @property
    def customers(self) -> int:
        return sum(self.entries.values())

    @property
    def ended(self) -> int:
        return sum(sum(by_reason.values()) for by_reason in self.ends.values())


class Step(NamedTuple):
    """The curve from one age to the next."""

    age: int
    at_risk: int
    ended: int
    survival: float
    low: float
    high: float
    hazard: float  # Nelson-Aalen, summed from age 0
    incidence: Mapping[int, float]  # Aalen-Johansen: the share that has ended, by reason


def at_risk(found: Histogram, ages: Sequence[int]) -> list[int]:
    """Return how many customers are at risk at each age, in ascending order.

    >>> at_risk(Histogram({0: 3, 2: 1}, {2: {0: 1}}, {4: 3}), [1, 2, 3, 4])
    [3, 3, 3, 3]
    """
    exits = {age: sum(by_reason.values()) for age, by_reason in found.ends.items()}
    for age, number in found.censored.items():
        exits[age] = exits.get(age, 0) + number
    moves = sorted({*found.entries, *exits})
    numbers, here, at = [], 0, 0
    for age in ages:
        while at < len(moves) and moves[at] < age:
            here += found.entries.get(moves[at], 0) - exits.get(moves[at], 0)
            at += 1
        numbers.append(found.entries.get(0, 0) if age == 0 else here)
    return numbers


def steps(found: Histogram) -> list[Step]:
    """Return a step for each age at which a customer ended."""
    ages = sorted(age for age, by_reason in found.ends.items() if sum(by_reason.values()))
    made: list[Step] = []
    survival, hazard, greenwood = 1.0, 0.0, 0.0
    incidence: dict[int, float] = dict.fromkeys(sorted({reason for age in ages for reason in found.ends[age]}), 0.0)
    for age, number in zip(ages, at_risk(found, ages), strict=True):
        ended = sum(found.ends[age].values())
        incidence = {reason: share + survival * found.ends[age].get(reason, 0) / number for reason, share in incidence.items()}
        survival = survival * (number - ended) / number
        hazard += ended / number
        greenwood += ended / (number * (number - ended)) if number > ended else inf
        made.append(Step(age, number, ended, survival, *_limits(survival, greenwood), hazard, incidence))
    return made


def _limits(survival: float, greenwood: float) -> tuple[float, float]:
    """Return the ends of the interval of the survival. If nobody is left, both ends are 0."""
    if survival <= 0 or greenwood == inf:
        return 0.0, 0.0
    if survival >= 1:
        return 1.0, 1.0
    spread = Z * sqrt(greenwood) / abs(log(survival))
    return survival ** exp(spread), survival ** exp(-spread)


def at_age(curve: Sequence[Step], age: float) -> Step | None:
    """Return the step that holds at an age, None before the first."""
    return next((step for step in reversed(curve) if step.age <= age), None)


def quantile(curve: Sequence[Step], share: float = HALF) -> int | None:
    """Return the first age at which the survival is at most a share; None if it stays above."""
    return next((step.age for step in curve if step.survival <= share + ROUNDING), None)


def median_interval(curve: Sequence[Step]) -> Interval:
    """Return the ages at which the interval of the survival holds one half (R. Brookmeyer and J. Crowley, Biometrics 38 (1982), 29-41)."""
    low = next((step.age for step in curve if step.low <= HALF + ROUNDING), inf)
    high = next((step.age for step in curve if step.high <= HALF + ROUNDING), inf)
    return Interval(low, high, METHOD)


def mean_within(curve: Sequence[Step], until: float) -> float:
    """Return the restricted mean: the area below the curve up to an age."""
    area, since, survival = 0.0, 0.0, 1.0
    for step in curve:
        if step.age >= until:
            break
        area += survival * (step.age - since)
        since, survival = step.age, step.survival
    return area + survival * (until - since)
