"""Customers who pay in several currencies, at the start and end of periods: in plain Python, at the opening exchange rates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from custmetrics_cli.core.data.counts import WHOLE, Counts
from custmetrics_cli.core.formula import Number
from custmetrics_cli.metrics.revenue.ledger.cells import CONVERTED_END, CONVERTED_ENDS, CONVERTED_MOVE
from custmetrics_cli.metrics.revenue.ledger.several_currencies import ZERO, Part, add_up, detailed, part_of, running, total, value
from custmetrics_cli.metrics.shared.counting import Counted, Row
from custmetrics_cli.metrics.shared.rates import Rates

AtDay = tuple[Sequence[Row], int]  # the spans that run on a day, and the day


class Change(NamedTuple):
    """The money of a customer in one group."""

    group: int
    opening: Fraction
    closing: Fraction
    kept: Fraction


def count_borders(rates: Rates, with_ids: bool, is_kept: bool, spans: Sequence[Row]) -> Counted:
    """Count base, payers, kept and retained of one customer, and what cells.py reads. is_kept: these read kept, not closing."""
    for period in range(1, len(rates.borders)):
        first, last = rates.borders[period - 1] - 1, rates.borders[period] - 1
        before, after = running(spans, first), running(spans, last)
        day = first if before else last  # without MRR at the opening, no rate of the opening is needed
        opening, closing = total(rates, before, day), total(rates, after, day)
        parts = [*_by_group(_money(rates, before, day), _money(rates, after, day))] if before else []
        for change in (*_joined(parts), Change(WHOLE, opening, closing, closing)):
            yield from _count_change(period, change, with_ids, is_kept)
        for group, counts in _count_ends(rates, period, (before, first), (after, last)):
            yield period, group, detailed(with_ids, counts, (opening, closing))


def _count_ends(rates: Rates, period: int, start: AtDay, end: AtDay) -> Iterator[tuple[int, Counts]]:
    """Yield what is paid at the end by group, and beside it what was paid at the start, each at the rate of its day."""
    before, after = ({**_by_row_group(_money(rates, *side)), WHOLE: total(rates, *side)} for side in (start, end))
    for group in {**before, **after}:
        was, money = before.get(group, ZERO), after.get(group, ZERO)
        counts: dict[Any, Number] = {(CONVERTED_ENDS, was, money): 1} if was else {}
        yield group, {**counts, **(_closing(rates, period, money) if money else {})}


def _joined(parts: Sequence[Change]) -> Iterator[Change]:
    """Yield one change for the parts of each group."""
    for group in sorted({part.group for part in parts}):
        own = [part[1:] for part in parts if part.group == group]
        yield Change(group, *map(add_up, zip(*own, strict=True)))


def _count_change(period: int, change: Change, with_ids: bool, is_kept: bool) -> Counted:
    opening, moved = change.opening, change.kept - change.opening
    if not opening:
        return
    less, details = max(-moved, ZERO), (opening, change.closing)
    yield period - 1, change.group, detailed(with_ids, {"base": opening, "payers": 1}, details)
    flow: dict[Any, Number] = {"base": -opening, "payers": -1, "kept": moved, "retained": -less, "less": less, "more": moved + less}
    flow[CONVERTED_MOVE, opening, change.kept if is_kept else change.closing] = 1
    yield period, change.group, detailed(with_ids, flow, details)


def _closing(rates: Rates, period: int, money: Fraction) -> Counts:
    """Return the counts at the end of a period. All but those of the last period are counted where the next one begins."""
    is_last = period == len(rates.borders) - 1
    return {(CONVERTED_END, money): 1, **({"payers": 1, "base": money} if is_last else {})}


def _money(rates: Rates, spans: Sequence[Row], day: int) -> dict[Part, Fraction]:
    sums: dict[Part, Fraction] = defaultdict(Fraction)
    for span in spans:
        sums[part_of(span)] += value(rates, span, day)
    return sums


def _by_row_group(money: Mapping[Part, Fraction]) -> dict[int, Fraction]:
    sums: dict[int, Fraction] = defaultdict(Fraction)
    for (_, group), amount in money.items():
        sums[group] += amount
    return sums


def _by_group(before: Mapping[Part, Fraction], after: Mapping[Part, Fraction]) -> Iterator[Change]:
    """Yield the change of each part of a customer, as group_money.py defines it. Fractions are split exactly."""
    changes = {part: after.get(part, ZERO) - before.get(part, ZERO) for part in {**before, **after}}
    losses, opening, net = (sum(each, ZERO) for each in ((max(-d, ZERO) for d in changes.values()), before.values(), changes.values()))
    for part, change in sorted(changes.items()):
        own = before.get(part, ZERO)
        lost = max(-change, ZERO) * max(-net, ZERO) / losses if losses else ZERO
        gained = own * max(net, ZERO) / opening if opening else ZERO
        yield Change(part[1], own, after.get(part, ZERO), own - lost + gained)
