"""Forecasts of monthly levels and flows, the test of each method on the past, and intervals from its own errors.

Methods:
  flat       the last value
  drift      the last value plus the mean change (R. J. Hyndman and G. Athanasopoulos, Forecasting, section 5.2)
  theta      simple exponential smoothing plus half the slope of the trend (V. Assimakopoulos and K. Nikolopoulos, International Journal
             of Forecasting 16 (2000), 521-530, in the form of R. J. Hyndman and B. Billah, same journal 19 (2003), 287-290)
  movements  last level x (1 - churn rate) + gains, month by month; both are means of the last months

Backtest: from each past month the method forecasts the months after it (a rolling origin). Errors are divided by the level at the
origin. The method with the smallest mean absolute error is chosen. Errors of all distances, each divided by distance^power, give the
quantiles of the interval: the power follows from the errors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil, log, sqrt
from statistics import fmean
from typing import NamedTuple

FEWEST = 12  # months
SHORTEST = 6  # months before the first origin of the backtest
RECENT = 24  # origins of the backtest, the last ones
WINDOW = 6  # months whose movements go on
LEVEL = 0.8
POWERS = (0.1, 1.25)  # how errors may grow with the distance
EXCESS = 0.5
ALPHAS = tuple(number / 50 for number in range(1, 51))


class History(NamedTuple):
    """Values by month. gains and churned: movements of each month, if the values are levels that movements change."""

    values: tuple[float, ...]
    gains: tuple[float, ...] = ()  # all movements except churn, the first of them into the second value
    churned: tuple[float, ...] = ()

    def until(self, month: int) -> History:
        """Return the first months."""
        return History(self.values[:month], self.gains[: max(0, month - 1)], self.churned[: max(0, month - 1)])

    @property
    def scale(self) -> float:
        """The usual size of the last values."""
        return fmean(abs(value) for value in self.values[-3:]) or 1.0


class Error(NamedTuple):
    """An error of the backtest, as a share of the level at its origin."""

    distance: int
    error: float  # actual less forecast


def flat(history: History, months: int) -> list[float]:
    return [history.values[-1]] * months


def drift(history: History, months: int) -> list[float]:
    first, last = history.values[0], history.values[-1]
    return [last + (last - first) / (len(history.values) - 1) * ahead for ahead in range(1, months + 1)]


def theta(history: History, months: int) -> list[float]:
    """Return smoothed level + slope / 2 x (h - 1 + (1 - (1 - alpha)^n) / alpha)."""
    values, n = history.values, len(history.values)
    middle = (n - 1) / 2
    slope = sum((at - middle) * value for at, value in enumerate(values)) / sum((at - middle) ** 2 for at in range(n))
    alpha = min(ALPHAS, key=lambda each: (_smoothed(values, each)[1], each))
    level, _ = _smoothed(values, alpha)
    return [level + slope / 2 * (ahead - 1 + (1 - (1 - alpha) ** n) / alpha) for ahead in range(1, months + 1)]


def _smoothed(values: Sequence[float], alpha: float) -> tuple[float, float]:
    """Return the smoothed level and the sum of the squared errors of one month ahead."""
    level, squares = values[0], 0.0
    for value in values[1:]:
        squares += (value - level) ** 2
        level += alpha * (value - level)
    return level, squares


def movements(history: History, months: int) -> list[float]:
    churned, opening = history.churned[-WINDOW:], history.values[:-1][-WINDOW:]
    gain, rate = fmean(history.gains[-WINDOW:]), sum(churned) / sum(opening) if sum(opening) > 0 else 0.0
    made: list[float] = []
    level = history.values[-1]
    for _ in range(months):
        level = level * (1 - rate) + gain
        made.append(level)
    return made


METHODS: Mapping[str, Callable[[History, int], list[float]]] = {"movements": movements, "drift": drift, "theta": theta, "flat": flat}


class Forecast(NamedTuple):
    """The chosen method, its forecast and its errors in the past."""

    method: str
    values: tuple[float, ...]
    low: tuple[float, ...]  # ends of the 80 % interval
    high: tuple[float, ...]
    errors: Mapping[str, tuple[Error, ...]]  # by method
    power: float
    scale: float

    def chance(self, distance: int, least: float) -> float:
        """Return how likely the value of a month is at least this, by the errors of the past."""
        needed: float = (least - self.values[distance - 1]) / self.scale / distance**self.power / further(distance, self.power)
        past = [each.error / each.distance**self.power for each in self.errors[self.method]]
        reached = sum(1 for error in past if error >= needed)
        return (reached + 0.5) / (len(past) + 1)


def backtest(history: History, months: int) -> dict[str, tuple[Error, ...]]:
    """Return the errors of each method from each of the last origins."""
    n = len(history.values)
    names = [name for name in METHODS if name != "movements" or history.gains]
    found: dict[str, list[Error]] = {name: [] for name in names}
    for origin in range(max(SHORTEST, n - RECENT), n):
        past = history.until(origin)
        for name in names:
            made = METHODS[name](past, min(months, n - origin))
            actual = history.values[origin : origin + len(made)]
            found[name] += [
                Error(ahead, (value - forecast) / past.scale) for ahead, (value, forecast) in enumerate(zip(actual, made, strict=True), 1)
            ]
    return {name: tuple(errors) for name, errors in found.items()}


def mean_error(errors: Sequence[Error]) -> float:
    """Return the mean absolute error; each distance counts as much."""
    distances = sorted({each.distance for each in errors})
    return fmean(fmean(abs(each.error) for each in errors if each.distance == distance) for distance in distances)


def forecast(history: History, months: int, method: str = "") -> Forecast:
    """Return the forecast of the next months. method: "" chooses the best of the backtest."""
    errors = backtest(history, months)
    chosen = method or min(errors, key=lambda name: (mean_error(errors[name]), name))
    values, power = METHODS[chosen](history, months), growth_of(errors[chosen])
    low, high = limits([each.error / each.distance**power for each in errors[chosen]], len({*errors[chosen]}))
    wide = [history.scale * ahead**power * further(ahead, power) for ahead in range(1, months + 1)]
    return Forecast(
        chosen,
        tuple(values),
        tuple(value + low * each for value, each in zip(values, wide, strict=True)),
        tuple(value + high * each for value, each in zip(values, wide, strict=True)),
        errors,
        power,
        history.scale,
    )


def growth_of(errors: Sequence[Error]) -> float:
    """Return the power of the distance with which errors grow: the slope of ln(mean error) by ln(distance), within limits."""
    points = []
    for distance in sorted({each.distance for each in errors}):
        same = [abs(each.error) for each in errors if each.distance == distance]
        if fmean(same) > 0:
            points.append((log(distance), log(fmean(same)), len(same)))
    weight = sum(count for *_, count in points)
    if len(points) < 2:
        return POWERS[0]
    x, y = (sum(point[at] * point[2] for point in points) / weight for at in (0, 1))
    slope = sum(count * (px - x) * (py - y) for px, py, count in points) / sum(count * (px - x) ** 2 for px, _, count in points)
    return min(max(slope, POWERS[0]), POWERS[1])


def further(distance: int, power: float) -> float:
    """Return how much wider a distant interval is than past errors: they overlap, and the method was chosen by them.

    The factor was set by simulation (make bench-stats): it brings 80 % intervals of levels to their promise and leaves flows alone.
    """
    return sqrt(1 + EXCESS * power * (distance - 1))


def limits(errors: Sequence[float], count: int) -> tuple[float, float]:
    """Return the quantiles of errors that leave a tenth on each side; for few errors a little further out."""
    ordered, rank = sorted(errors), ceil((count + 1) * (1 + LEVEL) / 2)
    above = ordered[min(rank, count) - 1]
    below = ordered[max(count + 1 - rank, 1) - 1]
    return below, above
