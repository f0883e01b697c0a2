"""From signals to counts: customers at risk, their score, and the record of each signal.

Keys of counts: (SIGNAL, name, what), the record of a signal; (CALIBRATION, number, what); (FACT, name).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from custmetrics_cli.columns.day import decode as day_text
from custmetrics_cli.core.data.counts import OUTSIDE
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.fitted import exact
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.metrics.health.signals import NAMES, NONE
from custmetrics_cli.metrics.shared.counting import Counted, with_details
from custmetrics_cli.stats.models import risk

SIGNAL, CALIBRATION, FACT = "signal", "calibration", "fact"
FEWEST_LEAVERS = 50
HELD = 3  # the last observations, which the calibration uses
PARTS = 10_000  # of a probability


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


def chosen(scope: Scope) -> frozenset[str]:
    """Return the signals that count."""
    text = str(scope.options.get("signals", ""))
    return frozenset(text.split(",")) if text else frozenset(NAMES)


def fitted(history: History, wanted: frozenset[str], observed: tuple[Observed, ...]) -> risk.Risk | None:
    """Return the score; None for too few leavers."""
    if history.leavers < FEWEST_LEAVERS:
        return None
    merged = _only(history.merged(observed), wanted)
    stayed, left = (sum(pair[at] for pair in merged.values()) for at in (0, 1))
    return risk.fit(merged) if stayed and left else None


def _only(counts: Mapping[tuple[int, ...], tuple[int, int]], wanted: frozenset[str]) -> dict[tuple[int, ...], tuple[int, int]]:
    """Make the flags of all other signals unknown."""
    sums: dict[tuple[int, ...], tuple[int, int]] = {}
    for flags, (stayed, left) in counts.items():
        key = tuple(value if name in wanted else NONE for name, value in zip(NAMES, flags, strict=True))
        before = sums.get(key, (0, 0))
        sums[key] = (before[0] + stayed, before[1] + left)
    return sums


def count_customers(view: TableView, scope: Scope, history: History, day: int, period: int, rows: Any) -> Counted:
    """Count customers by group, with the record of the signals in each group."""
    wanted = chosen(scope)
    score, record = fitted(history, wanted, history.observed), {**_record(history, wanted), **_tested(history, wanted)}
    sums: dict[int, dict[Any, Any]] = {}
    for at in range(len(rows["id"])):
        group = view.group_of(int(rows["group"][at]))
        if group == OUTSIDE:
            continue
        row = {name: int(column[at]) for name, column in rows.items() if name != "id"}
        counts = _counts(row, score, wanted)
        if scope.with_ids:
            yield period, group, with_details(counts, _details(row, score, wanted, day), rows["id"][at])
            continue
        into = sums.setdefault(group, {})
        for name, number in counts.items():
            into[name] = into.get(name, 0) + number
    for group, counts in sums.items():
        counts["expected"] = exact(counts.get("chance", 0) / PARTS)
        yield period, group, {**counts, **record}


def _flags(row: Mapping[str, int], wanted: frozenset[str]) -> tuple[int, ...]:
    return tuple(row[name] if name in wanted else NONE for name in NAMES)


def _counts(row: Mapping[str, int], score: risk.Risk | None, wanted: frozenset[str]) -> dict[Any, int]:
    """Return the totals in which a customer counts."""
    flags = _flags(row, wanted)
    active = [name for name, value in zip(NAMES, flags, strict=True) if value == 1]
    mrr = max(0, row["mrr"])
    counts: dict[Any, int] = {"customers": 1, "mrr": mrr, **dict.fromkeys(active, 1)}
    if active:
        counts |= {"at_risk": 1, "at_risk_mrr": mrr}
    if row["score"] >= 9:
        counts["promoters"] = 1
    if score:
        counts["chance"] = round(score.probability(flags) * PARTS)
    return counts


def _details(row: Mapping[str, int], score: risk.Risk | None, wanted: frozenset[str], day: int) -> tuple[Any, ...]:
    """Return the chance of leaving, MRR, evidence and the next anniversary of the start."""
    flags = _flags(row, wanted)
    chance = round(score.probability(flags) * PARTS) if score else None
    evidence = "; ".join(_evidence(name, row) for name, value in zip(NAMES, flags, strict=True) if value == 1)
    since = max(0, day - row["start"])
    years = -(-since // 365) or 1
    answer = f"{row['score']} on {day_text(row['answered'])}" if row["score"] >= 0 else ""
    return chance, max(0, row["mrr"]) if row["mrr"] != NONE else None, evidence, answer, row["start"] + 365 * years


def _evidence(name: str, row: Mapping[str, int]) -> str:
    """Return what a signal rests on."""
    texts = {
        "silent": f"silent for {row['silent_days']} days",
        "falling_use": f"used on {row['used_recent']} of the last 30 days, on {row['used_before']} of the 90 before",
        "detractor": f"answered {row['score']}",
        "past_due": "payment past due",
        "cancelled": f"cancelled on {day_text(row['canceled'])}" if row["canceled"] != NONE else "cancelled",
        "contraction": "pays less than 90 days ago",
        "risky_age": f"{row['age']} months old: many left at this age",
    }
    return texts[name]


def _record(history: History, wanted: frozenset[str]) -> dict[Any, Any]:
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


def _tested(history: History, wanted: frozenset[str]) -> dict[Any, Any]:
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
