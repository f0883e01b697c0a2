"""Customers who pay in several currencies, day by day in plain Python: they are few, and no sum of one currency explains them.

A span is a row with the columns of spans.py. Its money is exact, at the exchange rate of the day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from custmetrics_cli.core.data.counts import WHOLE, Counts
from custmetrics_cli.core.data.reading import Reading
from custmetrics_cli.core.formula import Number
from custmetrics_cli.metrics.revenue.ledger.counts import PAUSES_AS_CHANGES
from custmetrics_cli.metrics.shared.counting import Counted, Row, with_details
from custmetrics_cli.metrics.shared.rates import Rates

ZERO = Fraction(0)


Part = tuple[int, int]  # the finest group of a row, and its row_group


class Changes(NamedTuple):
    """The changes of a day, by part."""

    other: Mapping[Part, Fraction]  # all but pauses
    resumed: Mapping[Part, Fraction]
    paused: Mapping[Part, Fraction]

    @property
    def parts(self) -> list[Part]:
        return sorted({*self.other, *self.resumed, *self.paused})


def value(rates: Rates, span: Row, day: int) -> Fraction:
    return Fraction(span["monthly"] * rates.money.rate(span["currency"], day))


def running(spans: Sequence[Row], day: int) -> list[Row]:
    return [span for span in spans if span["start"] <= day < span["end"]]


def part_of(span: Row) -> Part:
    return span.get("part", span["row_group"]), span["row_group"]


def add_up(values: Iterable[Number]) -> Fraction:
    return sum(map(Fraction, values), ZERO)


def total(rates: Rates, spans: Sequence[Row], day: int) -> Fraction:
    return add_up(value(rates, span, day) for span in spans)


def detailed(with_ids: bool, counts: Counts, details: tuple[Number | None, ...]) -> Counts:
    return with_details(counts, details) if with_ids else counts


def count_days(rates: Rates, with_ids: bool, reading: Reading, spans: Sequence[Row]) -> Counted:
    """Count the movements of one customer on each day on which a span begins or ends."""
    first, last = rates.borders[0], rates.borders[-1]
    days = sorted({span[side] for span in spans for side in ("start", "end")})
    for day in (day for day in days if first <= day < last):
        period = sum(border <= day for border in rates.borders)
        before, after = (total(rates, running(spans, at), day) for at in (day - 1, day))
        for group, counts in _movements(rates, spans, day, day == days[0] or _is_new_again(reading, spans, day)):
            counted = _as_changes(counts) if reading.paused == "zero" else counts
            yield period, group, detailed(with_ids, counted, (day, before, after))


def _is_new_again(reading: Reading, spans: Sequence[Row], day: int) -> bool:
    """Return True if the customer was away for so many days that a return is new."""
    last = max((span["end"] for span in spans if span["end"] <= day), default=day)
    return reading.new_after is not None and not running(spans, day - 1) and day - last > reading.new_after


def _as_changes(counts: Counts) -> Counts:
    """Return counts in which a pause is a change of the amount."""
    changed = dict(counts)
    for name, kind in PAUSES_AS_CHANGES.items():
        changed[kind] = changed.get(kind, 0) + changed.pop(name, 0)
    return changed


def _movements(rates: Rates, spans: Sequence[Row], day: int, is_first: bool) -> Iterator[tuple[int, Counts]]:
    """Yield the movements of a day by row_group, and for WHOLE."""
    changes = _changes(rates, spans, day)
    total = add_up(changes.other.values())
    paid_before = bool(running(spans, day - 1)) or bool(changes.resumed)
    kind = _kind(total, paid_before, bool(running(spans, day)), is_first)
    yield from _by_group(changes, total, kind)
    pauses = {"resumed": add_up(changes.resumed.values()), "paused": add_up(changes.paused.values())}
    yield WHOLE, pauses | ({kind: abs(total), f"{kind}_n": 1} if total else {})


def _by_group(changes: Changes, total: Fraction, kind: str) -> Iterator[tuple[int, Counts]]:
    gained = add_up(money for money in changes.other.values() if money > 0)
    left_in = left_out = min(gained, gained - total)
    for part in changes.parts:
        own = changes.other.get(part, ZERO)
        moved_in, moved_out = min(left_in, max(own, ZERO)), min(left_out, max(-own, ZERO))
        left_in, left_out = left_in - moved_in, left_out - moved_out
        moved = abs(own) - moved_in - moved_out
        pauses = {"resumed": changes.resumed.get(part, ZERO), "paused": changes.paused.get(part, ZERO)}
        yield part[1], {"moved_in": moved_in, "moved_out": moved_out, **pauses, **({kind: moved, f"{kind}_n": 1} if moved else {})}


def _changes(rates: Rates, spans: Sequence[Row], day: int) -> Changes:
    other: dict[Part, Fraction] = defaultdict(Fraction)
    resumed: dict[Part, Fraction] = defaultdict(Fraction)
    paused: dict[Part, Fraction] = defaultdict(Fraction)
    for span in spans:
        if span["start"] == day:
            (resumed if span["resumes"] else other)[part_of(span)] += value(rates, span, day)
        if span["end"] == day:
            side, sign = (paused, 1) if span["pauses"] else (other, -1)
            side[part_of(span)] += sign * value(rates, span, day)
    return Changes(other, resumed, paused)


def _kind(total: Number, paid_before: bool, pays_after: bool, is_first: bool) -> str:
    if total > 0:
        return "expansion" if paid_before else "new" if is_first else "reactivation"
    return "contraction" if pays_after else "churned"
