"""MRR as a level, row by row: what runs at each edge, and what only the rates of exchange moved, in plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from custmetrics_cli.core.data.counts import WHOLE, Counts
from custmetrics_cli.core.formula import Number
from custmetrics_cli.metrics.shared.rates import Counted, Rates, Row, detailed


class Step(NamedTuple):
    """A day on which a period begins or a rate changes."""

    day: int
    k: int
    x: int
    cut: bool


def steps(rates: Rates) -> list[Step]:
    """In order, within the periods."""
    first, last = rates.edges[0], rates.edges[-1]
    cuts = set(rates.money.change_days)
    days = sorted({*rates.edges[:-1], *(day for day in cuts if first <= day < last)})
    at = [(sum(edge <= day for edge in rates.edges), sum(cut <= day for cut in rates.money.change_days)) for day in days]
    return [Step(day, k, x, day in cuts) for day, (k, x) in zip(days, at, strict=True)]


def of_valued(rates: Rates, lead: tuple[None, ...] | None, name: str, rows: Sequence[Row]) -> Counted:
    """All rows of changes d, by group p, currency, k and x: {name, fx} per period, each change at the rate of its day.

    fx: what ran the day before x the change of its rate. lead: given where the rows are those of one customer, for one period:
    what is told before its opening and its closing.
    """
    changes: dict[tuple[int, int], dict[tuple[int, int], int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        changes[row["p"], row["cur"]][(row["k"], row["x"]) if row["k"] else (0, 0)] += row["d"]
    borders = steps(rates)
    for (p, currency), change in changes.items():
        found = dict(_walked(rates, borders, currency, change))
        for k, (net, fx) in found.items():
            counts: Counts = {name: net, "fx": fx}
            for g in (p, WHOLE):
                yield k, g, counts if lead is None else detailed(counts, (*lead, *_ends(found)))


def _ends(found: Mapping[int, tuple[Number, Number]]) -> tuple[Number, Number]:
    """What stood at the opening and at the closing."""
    return found[0][0], sum(net for net, _ in found.values())


def _walked(
    rates: Rates, borders: Sequence[Step], currency: int, change: Mapping[tuple[int, int], int]
) -> Iterator[tuple[int, tuple[Number, Number]]]:
    """By period: how much its value changed, and how much of this the rates did; first what there was before the first."""
    level = change.get((0, 0), 0)
    yield 0, (level * rates.opening(currency, 1) if level else 0, 0)
    found: dict[int, tuple[Number, Number]] = {}
    for step in borders:
        own, (net, fx) = change.get((step.k, step.x), 0), found.get(step.k, (0, 0))
        moved: Number = 0
        if step.cut and level:
            moved = level * (rates.money.rate(currency, step.day) - rates.money.rate(currency, step.day - 1))
        net += moved + (own * rates.at(currency, step.x) if own else 0)
        found[step.k] = (net, fx + moved)
        level += own
    yield from found.items()


def of_opening(rates: Rates, n: int, rows: Sequence[Row]) -> Counted:
    """What edges carry, each opening at its own rate: {base} from rows of MRR before (o, in g0) and after (c, in g1), by currency and k."""
    levels: dict[tuple[int, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        levels[row["g0"], row["cur"]][row["k"]] -= row["o"]
        levels[row["g1"], row["cur"]][row["k"]] += row["c"]
    for (g, currency), change in levels.items():
        running = [0]
        for k in range(n + 1):
            running.append(running[-1] + change.get(k, 0))
        values = [level * rates.opening(currency, max(k, 1)) if level else 0 for k, level in enumerate(running)]
        for k, (before, after) in enumerate(pairwise(values)):
            if before != after:
                yield from ((k, group, {"base": after - before}) for group in (g, WHOLE))
