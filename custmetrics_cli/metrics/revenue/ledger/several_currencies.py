"""Customers who pay in several currencies, day by day in plain Python: they are few, and no sum of one currency explains them.

A span is a row with the columns of spans.py. Its money is exact, at the exchange rate of the day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from custmetrics_cli.core.data.counts import WHOLE, Counts
from custmetrics_cli.core.formula import Number
from custmetrics_cli.metrics.revenue.ledger.cells import CONVERTED_END, CONVERTED_MOVE
from custmetrics_cli.metrics.shared.counting import Counted, Row, with_details
from custmetrics_cli.metrics.shared.groups import GroupOf
from custmetrics_cli.metrics.shared.rates import Rates

ZERO = Fraction(0)


class Changes(NamedTuple):
    """The changes of a day, by row_group."""

    other: Mapping[int, Fraction]  # all but pauses
    resumed: Mapping[int, Fraction]
    paused: Mapping[int, Fraction]

    @property
    def groups(self) -> list[int]:
        return sorted({*self.other, *self.resumed, *self.paused})


def _value(rates: Rates, span: Row, day: int) -> Fraction:
    return Fraction(span["monthly"] * rates.money.rate(span["currency"], day))


def _running(spans: Sequence[Row], day: int) -> list[Row]:
    return [span for span in spans if span["start"] <= day < span["end"]]


def _sum(values: Iterable[Number]) -> Fraction:
    return sum(map(Fraction, values), ZERO)


def _total(rates: Rates, spans: Sequence[Row], day: int) -> Fraction:
    return _sum(_value(rates, span, day) for span in spans)


def _detailed(with_ids: bool, counts: Counts, details: tuple[Number | None, ...]) -> Counts:
    return with_details(counts, details) if with_ids else counts


def count_days(rates: Rates, with_ids: bool, spans: Sequence[Row]) -> Counted:
    """Count the movements of one customer on each day on which a span begins or ends."""
    first, last = rates.borders[0], rates.borders[-1]
    days = sorted({span[side] for span in spans for side in ("start", "end")})
    for day in (day for day in days if first <= day < last):
        period = sum(border <= day for border in rates.borders)
        before, after = (_total(rates, _running(spans, at), day) for at in (day - 1, day))
        for group, counts in _movements(rates, spans, day, day == days[0]):
            yield period, group, _detailed(with_ids, counts, (day, before, after))


def _movements(rates: Rates, spans: Sequence[Row], day: int, is_first: bool) -> Iterator[tuple[int, Counts]]:
    """Yield the movements of a day by row_group, and for WHOLE."""
    changes = _changes(rates, spans, day)
    total = _sum(changes.other.values())
    paid_before = bool(_running(spans, day - 1)) or bool(changes.resumed)
    kind = _kind(total, paid_before, bool(_running(spans, day)), is_first)
    yield from _by_group(changes, total, kind)
    pauses = {"resumed": _sum(changes.resumed.values()), "paused": _sum(changes.paused.values())}
    yield WHOLE, pauses | ({kind: abs(total), f"{kind}_n": 1} if total else {})


def _by_group(changes: Changes, total: Fraction, kind: str) -> Iterator[tuple[int, Counts]]:
    gained = _sum(money for money in changes.other.values() if money > 0)
    left_in = left_out = min(gained, gained - total)
    for row_group in changes.groups:
        own = changes.other.get(row_group, ZERO)
        moved_in, moved_out = min(left_in, max(own, ZERO)), min(left_out, max(-own, ZERO))
        left_in, left_out = left_in - moved_in, left_out - moved_out
        moved = abs(own) - moved_in - moved_out
        pauses = {"resumed": changes.resumed.get(row_group, ZERO), "paused": changes.paused.get(row_group, ZERO)}
        yield row_group, {"moved_in": moved_in, "moved_out": moved_out, **pauses, **({kind: moved, f"{kind}_n": 1} if moved else {})}


def _changes(rates: Rates, spans: Sequence[Row], day: int) -> Changes:
    other: dict[int, Fraction] = defaultdict(Fraction)
    resumed: dict[int, Fraction] = defaultdict(Fraction)
    paused: dict[int, Fraction] = defaultdict(Fraction)
    for span in spans:
        if span["start"] == day:
            (resumed if span["resumes"] else other)[span["row_group"]] += _value(rates, span, day)
        if span["end"] == day:
            side, sign = (paused, 1) if span["pauses"] else (other, -1)
            side[span["row_group"]] += sign * _value(rates, span, day)
    return Changes(other, resumed, paused)


def _kind(total: Number, paid_before: bool, pays_after: bool, is_first: bool) -> str:
    if total > 0:
        return "expansion" if paid_before else "new" if is_first else "reactivation"
    return "contraction" if pays_after else "churned"


def count_borders(group_of: GroupOf, rates: Rates, with_ids: bool, spans: Sequence[Row]) -> Counted:
    """Count base, payers, kept and retained of one customer, and what cells.py reads."""
    for period in range(1, len(rates.borders)):
        first, last = rates.borders[period - 1] - 1, rates.borders[period] - 1
        before, after = _running(spans, first), _running(spans, last)
        opening, closing = _total(rates, before, first), _total(rates, after, first)
        less, details = max(opening - closing, ZERO), (opening, closing)
        for group in (group_of(_group(rates, before, first)), WHOLE) if before else ():
            yield period - 1, group, _detailed(with_ids, {"base": opening, "payers": 1}, details)
            flow: dict[Any, Number] = {"base": -opening, "payers": -1, "kept": closing - opening, "retained": -less, "less": less}
            flow |= {"more": closing - opening + less, (CONVERTED_MOVE, opening, closing): 1}
            yield period, group, _detailed(with_ids, flow, details)
        for group in (group_of(_group(rates, after, last)), WHOLE) if after else ():
            yield period, group, _detailed(with_ids, _closing(rates, period, _total(rates, after, last)), details)


def _closing(rates: Rates, period: int, money: Fraction) -> Counts:
    """Return the counts at the end of a period. All but those of the last period are counted where the next one begins."""
    is_last = period == len(rates.borders) - 1
    return {(CONVERTED_END, money): 1, **({"payers": 1, "base": money} if is_last else {})}


def _group(rates: Rates, spans: Sequence[Row], day: int) -> int:
    """Return the group of the span with most money; of several, the first by name."""
    return int(min(spans, key=lambda span: (-_value(rates, span, day), span["group"]))["group"])
