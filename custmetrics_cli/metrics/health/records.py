"""The record of signals on past days: observations, lifts, the score and its check.

Keys of counts: (SIGNAL, name, what), the record of a signal; (CALIBRATION, number, what); (FACT, name).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.fitted import exact
from custmetrics_cli.metrics.health.signals import NAMES, NONE
from custmetrics_cli.stats.models import risk

SIGNAL, CALIBRATION, FACT = "signal", "calibration", "fact"
FEWEST_LEAVERS = 50
HELD = 3  # the last observations, which the calibration uses


class Observed(NamedTuple):
    """Customers on one past day, by flags (with the naive rule last): those who stayed, and those who left within 90 days."""

    day: int
    counts: Mapping[tuple[int, ...], tuple[int, int]]


class History(NamedTuple):
    """Observations from the first to the last day."""

    observed: tuple[Observed, ...]
    step: int
    outcome: int
    first_use: int | None

    @property
    def leavers(self) -> int:
        """The customers who left, each once: of days whose outcomes do not overlap."""
        return sum(pair[1] for each in self.observed[:: -(self.outcome // self.step)] for pair in each.counts.values())

    def merged(self, observed: tuple[Observed, ...], with_naive: bool = False) -> dict[tuple[int, ...], tuple[int, int]]:
        """Return the counts of several days together."""
        sums: dict[tuple[int, ...], tuple[int, int]] = {}
        for each in observed:
            for flags, (stayed, left) in each.counts.items():
                key = flags if with_naive else flags[: len(NAMES)]
                before = sums.get(key, (0, 0))
                sums[key] = (before[0] + stayed, before[1] + left)
        return sums


Wanted = Mapping[str, float]  # signals that count -> weight


def chosen(scope: Scope) -> Wanted:
    """Return the signals that count, with their weights."""
    text = str(scope.options.get("signals", ""))
    parts = [part.partition("=") for part in text.split(",") if part]
    return {name: float(weight) for name, _, weight in parts} or dict.fromkeys(NAMES, 1.0)


def fitted(history: History, wanted: Wanted, observed: tuple[Observed, ...]) -> risk.Risk | None:
    """Return the score; None for too few leavers."""
    if history.leavers < FEWEST_LEAVERS:
        return None
    merged = _only(history.merged(observed), wanted)
    stayed, left = (sum(pair[at] for pair in merged.values()) for at in (0, 1))
    if not stayed or not left:
        return None
    score = risk.fit(merged)
    weights = zip(score.weights, (wanted.get(name, 1.0) for name in NAMES), strict=True)
    return score._replace(weights=tuple((without * weight, with_signal * weight) for (without, with_signal), weight in weights))


def _only(counts: Mapping[tuple[int, ...], tuple[int, int]], wanted: Wanted) -> dict[tuple[int, ...], tuple[int, int]]:
    """Make the flags of all other signals unknown."""
    sums: dict[tuple[int, ...], tuple[int, int]] = {}
    for flags, (stayed, left) in counts.items():
        key = tuple(value if name in wanted else NONE for name, value in zip(NAMES, flags, strict=True))
        before = sums.get(key, (0, 0))
        sums[key] = (before[0] + stayed, before[1] + left)
    return sums


def record(history: History, wanted: Wanted) -> dict[Any, Any]:
    """Return the lift of each signal in the past."""
    merged = history.merged(history.observed)
    counts: dict[Any, Any] = {(FACT, "past_leavers"): history.leavers, (FACT, "observations"): sum(map(sum, merged.values()))}
    for at, name in enumerate(NAMES):
        if name not in wanted or not merged:
            continue
        found = risk.lift(merged, at, history.outcome / history.step)
        counts |= {(SIGNAL, name, "known"): found.known, (SIGNAL, name, "marked"): found.marked, (SIGNAL, name, "left"): found.left}
        if found.value is not None and found.interval:
            ends = {"lift": found.value, "low": found.interval.low, "high": found.interval.high}
            counts |= {(SIGNAL, name, what): exact(value) for what, value in ends.items()}
    return counts


def tested(history: History, wanted: Wanted) -> dict[Any, Any]:
    """Return the calibration on the last observations, of a score that was fitted to the observations whose outcomes ended before."""
    gap = history.outcome // history.step - 1
    past, held = history.observed[: -(HELD + gap)], history.observed[-HELD:]
    score = fitted(history, wanted, past) if past and held else None
    if score is None:
        return {}
    counts: dict[Any, Any] = {}
    merged = _only(history.merged(held), wanted)
    for number, (size, expected, left) in enumerate(risk.calibration(score, merged)):
        counts |= {(CALIBRATION, number, "size"): size, (CALIBRATION, number, "expected"): exact(expected)}
        counts[CALIBRATION, number, "left"] = left
    areas = {"auc": risk.area([(score.probability(flags), *pair) for flags, pair in merged.items()]), "naive_auc": _naive(history, held)}
    return counts | {(FACT, name): exact(value) for name, value in areas.items() if value is not None}


def _naive(history: History, held: tuple[Observed, ...]) -> float | None:
    """Return the area under the curve of the rule: silent for 30 days."""
    known = [(flags[-1], *pair) for flags, pair in history.merged(held, with_naive=True).items() if flags[-1] != NONE]
    return risk.area([(float(score), stayed, left) for score, stayed, left in known])


def signals_of(counts: Mapping[Any, Any]) -> Iterator[str]:
    """Yield the signals with a record."""
    return (name for name in NAMES if (SIGNAL, name, "known") in counts)
