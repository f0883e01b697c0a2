"""The risk of leaving from signals: lift, a naive Bayes score, its calibration and its area under the curve.

Observations are customers on past days. Each has flags (a signal is there, is not, or cannot be known) and left or stayed later.
  lift         share of later leavers among marked customers / share among all whose signal is known; interval on the log scale
               (D. Katz and others, Biometrics 34 (1978), 469-474)
  score        ln(odds) = ln(base odds) + slope x sum of ln(P(flag | left) / P(flag | stayed)), both shares shrunk towards the share of
               all by PRIOR observations. The slope makes up for signals that say the same; it and the base follow from the likelihood.
  calibration  observations by tenths of the score, on days that the score was not fitted to
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log, sqrt
from typing import NamedTuple

from custmetrics_cli.stats.intervals import Interval
from custmetrics_cli.stats.student_t import Z

PRIOR = 20  # observations
STEPS = 50
STEEPEST = 20.0  # of a log-odds

Flags = tuple[int, ...]  # 1: the signal is there, 0: it is not, -1: it cannot be known
Counts = Mapping[Flags, tuple[int, int]]  # stayed and left


class Lift(NamedTuple):
    """The record of a signal."""

    marked: int
    left: int  # of these
    known: int
    known_left: int
    value: float | None
    interval: Interval | None


class Risk(NamedTuple):
    """A score: log-odds = base + slope x sum of the weights."""

    base: float
    slope: float
    weights: tuple[tuple[float, float], ...]  # of each signal: if it is not there, and if it is

    def probability(self, flags: Sequence[int]) -> float:
        """Return the probability of leaving."""
        return 1 / (1 + exp(-(self.base + self.slope * self.evidence(flags))))

    def evidence(self, flags: Sequence[int]) -> float:
        return sum(weight[flag] for weight, flag in zip(self.weights, flags, strict=True) if flag >= 0)


def lift(counts: Counts, signal: int, overlap: float = 1.0) -> Lift:
    """Return the lift of a signal. overlap: how often each customer is observed in the time in which customers leave."""
    known = {flags: pair for flags, pair in counts.items() if flags[signal] >= 0}
    stayed, left = (sum(pair[at] for pair in known.values()) for at in (0, 1))
    marked = [pair for flags, pair in known.items() if flags[signal] == 1]
    marked_left, of = sum(pair[1] for pair in marked), sum(map(sum, marked))
    everybody = stayed + left
    if not of or not left:
        return Lift(of, marked_left, everybody, left, None, None)
    value = marked_left / of / (left / everybody)
    if not marked_left:
        highest = min(everybody / left, 3 * overlap / of * everybody / left)  # 3 / n: no event among n
        return Lift(of, marked_left, everybody, left, value, Interval(0.0, highest, "katz"))
    spread = Z * sqrt(max(0.0, overlap * (1 / marked_left - 1 / of + 1 / left - 1 / everybody)))
    return Lift(of, marked_left, everybody, left, value, Interval(value * exp(-spread), value * exp(spread), "katz"))


def fit(counts: Counts) -> Risk:
    """Fit the score to observations. There must be some of each kind."""
    signals = len(next(iter(counts)))
    weights = tuple(_weights(counts, signal) for signal in range(signals))
    stayed, left = (sum(pair[at] for pair in counts.values()) for at in (0, 1))
    plain = Risk(log(left / stayed), 1.0, weights)
    points = [(plain.evidence(flags), pair[0], pair[1]) for flags, pair in sorted(counts.items())]
    base, slope = _logistic(points, plain.base)
    return Risk(base, slope, weights)


def _weights(counts: Counts, signal: int) -> tuple[float, float]:
    """Return the logarithms of the likelihood ratios without and with a signal."""
    found = [[0, 0], [0, 0]]  # by flag: stayed and left
    for flags, pair in counts.items():
        if flags[signal] >= 0:
            found[flags[signal]] = [before + more for before, more in zip(found[flags[signal]], pair, strict=True)]
    everybody = sum(map(sum, found))
    if not everybody or not sum(found[1]):
        return 0.0, 0.0
    stayed, left = (found[0][at] + found[1][at] for at in (0, 1))
    ratios = []
    for flag in (0, 1):
        prior = PRIOR * sum(found[flag]) / everybody
        ratios.append(log((found[flag][1] + prior) / (left + PRIOR)) - log((found[flag][0] + prior) / (stayed + PRIOR)))
    return ratios[0], ratios[1]


def _logistic(points: Sequence[tuple[float, int, int]], base: float) -> tuple[float, float]:
    """Return base and slope of a logistic regression, by Newton's method; the slope is at least 0 and at most 1.5."""
    slope = 1.0
    for _ in range(STEPS):
        g0 = g1 = h00 = h01 = h11 = 0.0
        for x, stayed, left in points:
            p = 1 / (1 + exp(-max(-STEEPEST, min(STEEPEST, base + slope * x))))
            n, rest = stayed + left, left - (stayed + left) * p
            g0, g1 = g0 + rest, g1 + rest * x
            weight = n * p * (1 - p)
            h00, h01, h11 = h00 + weight, h01 + weight * x, h11 + weight * x * x
        determinant = h00 * h11 - h01 * h01
        if determinant <= 1e-9 * max(1.0, h00 * h11):
            step0, step1 = g0 / h00 if h00 else 0.0, 0.0
        else:
            step0, step1 = (h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant
        base, slope = base + step0, min(max(slope + step1, 0.0), 1.5)
        if abs(step0) + abs(step1) < 1e-10:
            break
    return base, slope


def calibration(risk: Risk, counts: Counts, most: int = 10) -> list[tuple[int, float, int]]:
    """Return groups of about equal size, from the lowest score to the highest: observations, expected leavers, actual leavers."""
    ordered = sorted((risk.probability(flags), flags) for flags in counts)
    everybody = sum(map(sum, counts.values()))
    groups: list[list[float]] = []
    seen = 0
    for probability, flags in ordered:
        size = sum(counts[flags])
        number = min(most - 1, int(most * (seen + size / 2) / everybody))
        seen += size
        if not groups or groups[-1][0] != number:
            groups.append([number, 0, 0.0, 0])
        groups[-1][1] += size
        groups[-1][2] += size * probability
        groups[-1][3] += counts[flags][1]
    return [(int(size), expected, int(left)) for _, size, expected, left in groups]


def area(scored: Sequence[tuple[float, int, int]]) -> float | None:
    """Return the area under the curve: the chance that a leaver has a higher score than a customer who stays. Ties count half.

    scored: score, stayed, left.

    >>> area([(0.1, 8, 1), (0.9, 2, 4)])
    0.8
    """
    stayed, left = sum(row[1] for row in scored), sum(row[2] for row in scored)
    if not stayed or not left:
        return None
    below, won = 0, 0.0
    merged: dict[float, list[int]] = {}
    for score, staying, leaving in scored:
        pair = merged.setdefault(score, [0, 0])
        pair[0], pair[1] = pair[0] + staying, pair[1] + leaving
    for score in sorted(merged):
        won += merged[score][1] * (below + merged[score][0] / 2)
        below += merged[score][0]
    return won / stayed / left
