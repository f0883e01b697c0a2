"""Intervals of numbers made from fitted parameters, by the delta method on the log scale.

The variance of ln(f) is g' C g, with g the derivatives of ln(f) by the logarithms of the parameters and C their covariance. Only the
doubt about the parameters counts, not the luck of single customers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp, log, sqrt

from custmetrics_cli.stats.intervals import Estimated, Interval, NoInterval
from custmetrics_cli.stats.models.maximise import Fit
from custmetrics_cli.stats.student_t import Z

METHOD = "delta"
STEP = 1e-4
FLAT = NoInterval("the likelihood is too flat for an interval")


def with_parameters(fit: Fit, logs: Sequence[float]) -> Fit:
    """Return the fit at other parameters."""
    return fit._replace(parameters=tuple(exp(each) for each in logs))


def interval(fits: Sequence[Fit], value: Callable[..., float], most: float | None = None) -> Estimated:
    """Return the interval of value(*fits). most: the largest value that it can have; its distance then has the log scale too."""
    import numpy as np

    middle, variance = value(*fits), 0.0
    if not 0 < middle < (most or float("inf")):
        return FLAT
    for at, fit in enumerate(fits):
        if fit.covariance is None:
            return FLAT
        gradient = np.array([_slope(fits, at, number, value, most) for number in range(len(fit.parameters))])
        variance += float(gradient @ fit.covariance @ gradient)
    spread = Z * sqrt(max(variance, 0.0))
    low, high = _scale(middle, most) - spread, _scale(middle, most) + spread
    return Interval(_unscale(low, most), _unscale(high, most), METHOD)


def _slope(fits: Sequence[Fit], at: int, number: int, value: Callable[..., float], most: float | None) -> float:
    sides = []
    for step in (STEP, -STEP):
        logs = [log(each) for each in fits[at].parameters]
        logs[number] += step
        sides.append(_scale(value(*fits[:at], with_parameters(fits[at], logs), *fits[at + 1 :]), most))
    return (sides[0] - sides[1]) / (2 * STEP)


def _scale(value: float, most: float | None) -> float:
    return log(value) if most is None else log(value / (most - value))


def _unscale(value: float, most: float | None) -> float:
    return exp(min(value, 700)) if most is None else most / (1 + exp(-value))
