"""From signals to counts: customers at risk, with their score and the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.columns.day import decode as day_text
from custmetrics_cli.core.data.counts import OUTSIDE
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.fitted import exact
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.formula import Number
from custmetrics_cli.metrics.health.records import SIGNAL, History, Wanted, chosen, fitted, record, tested
from custmetrics_cli.metrics.health.signals import NAMES, NONE
from custmetrics_cli.metrics.shared.counting import Counted, with_details
from custmetrics_cli.metrics.surveys.scales import PROMOTER
from custmetrics_cli.stats.models import risk

PARTS = MONEY_PARTS  # of a probability in a list, as of the money beside it
NEAR = 90  # days to an anniversary
UNMEASURED = 2  # the lift of a signal without a record: it marks customers until it has one


def count_customers(view: TableView, scope: Scope, history: History, day: int, period: int, rows: Any) -> Counted:
    """Count customers by group, with the record of the signals in each group."""
    wanted = chosen(scope)
    score, known = fitted(history, wanted, history.observed), {**record(history, wanted), **tested(history, wanted)}
    telling = frozenset(name for name in wanted if known.get((SIGNAL, name, "low"), UNMEASURED) > 1)
    if scope.with_ids:
        for at, row in enumerate(_rows(rows)):
            if (group := view.group_of(row["group"])) != OUTSIDE:
                counts = _counts(row, score, wanted, telling, day)
                yield period, group, with_details(counts, _details(row, score, wanted, day), rows["id"][at])
        return
    sums: dict[int, dict[Any, Number]] = {}
    for number, mrr, row in _alike(rows, day):
        if (group := view.group_of(row["group"])) != OUTSIDE:
            into = sums.setdefault(group, {})
            for name, count in _counts({**row, "mrr": 0}, score, wanted, telling, day).items():
                money = mrr if name in ("mrr", "at_risk_mrr") else 0
                into[name] = into.get(name, 0) + number * count + money
    for group, summed in sums.items():
        yield period, group, {**summed, "expected": exact(float(summed.get("chance", 0) / PARTS)), **known}


def _rows(columns: Mapping[str, Any]) -> Iterator[dict[str, int]]:
    names = [name for name in columns if name != "id"]
    for row in zip(*(columns[name].tolist() for name in names), strict=True):
        yield dict(zip(names, map(int, row), strict=True))


def _alike(columns: Mapping[str, Any], day: int) -> Iterator[tuple[int, int, dict[str, int]]]:
    """Yield customers whose counts are the same but for money: their number, their MRR, and one of them.

    Only a promoter's start matters.
    """
    promoters = columns["score"] >= PROMOTER
    starts = np.where(promoters, columns["start"], day)
    keys = zip(*(columns[name].tolist() for name in ("group", *NAMES)), promoters.tolist(), starts.tolist(), strict=True)
    found: dict[tuple[int, ...], list[int]] = {}
    for key, mrr in zip(keys, columns["mrr"].tolist(), strict=True):
        sums = found.setdefault(key, [0, 0])
        sums[0] += 1
        sums[1] += max(0, int(mrr))
    for (group, *flags, is_promoter, start), (number, money) in found.items():
        row = {"group": int(group), "score": PROMOTER if is_promoter else NONE, "start": int(start)}
        yield number, money, row | dict(zip(NAMES, map(int, flags), strict=True))


def _flags(row: Mapping[str, int], wanted: Wanted) -> tuple[int, ...]:
    return tuple(row[name] if name in wanted else NONE for name in NAMES)


def _counts(row: Mapping[str, int], score: risk.Risk | None, wanted: Wanted, telling: frozenset[str], day: int) -> dict[Any, int]:
    """Return the totals in which a customer counts. telling: the signals that mark a customer."""
    flags = _flags(row, wanted)
    active = [name for name, value in zip(NAMES, flags, strict=True) if value == 1]
    mrr = max(0, row["mrr"])
    counts: dict[Any, int] = {"customers": 1, "mrr": mrr, **dict.fromkeys(active, 1)}
    if telling.intersection(active):
        counts |= {"at_risk": 1, "at_risk_mrr": mrr}
    if row["score"] >= PROMOTER and 0 <= _anniversary(row, day) - day < NEAR:
        counts["promoters"] = 1
    if score:
        counts["chance"] = round(score.probability(flags) * PARTS)
    return counts


def _anniversary(row: Mapping[str, int], day: int) -> int:
    """Return the next anniversary of the start, in years of 365 days."""
    return row["start"] + 365 * (-(-(day - row["start"]) // 365) or 1)


def _details(row: Mapping[str, int], score: risk.Risk | None, wanted: Wanted, day: int) -> tuple[Any, ...]:
    """Return the chance of leaving, MRR, evidence and the next anniversary of the start."""
    flags = _flags(row, wanted)
    chance = round(score.probability(flags) * PARTS) if score else None
    evidence = "; ".join(_evidence(name, row) for name, value in zip(NAMES, flags, strict=True) if value == 1)
    answer = f"{row['score']} on {day_text(row['answered'])}" if row["score"] >= 0 else ""
    return chance, max(0, row["mrr"]) if row["mrr"] != NONE else None, evidence, answer, _anniversary(row, day)


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
