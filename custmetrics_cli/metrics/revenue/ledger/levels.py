"""MRR as a level, row by row, in plain Python: what runs at the borders of periods, and what exchange rates alone changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from custmetrics_cli.core.data.counts import WHOLE, Counts
from custmetrics_cli.core.formula import Number
from custmetrics_cli.metrics.shared.counting import Counted, Row, with_details
from custmetrics_cli.metrics.shared.rates import Rates

Values = dict[int, tuple[Number, Number]]  # by period: its change of value, and the part of it that exchange rates explain


class Border(NamedTuple):
    """A day on which a period begins or an exchange rate changes."""

    day: int
    period: int
    rate_step: int
    changes_rate: bool


def borders_within(rates: Rates) -> list[Border]:
    """Return the borders within the periods, in order."""
    first, last = rates.borders[0], rates.borders[-1]
    changes = set(rates.money.change_days)
    days = sorted({*rates.borders[:-1], *(day for day in changes if first <= day < last)})
    at = [(sum(border <= day for border in rates.borders), sum(change <= day for change in rates.money.change_days)) for day in days]
    return [Border(day, *numbers, day in changes) for day, numbers in zip(days, at, strict=True)]


def count_converted(rates: Rates, lead: tuple[None, ...] | None, name: str, rows: Sequence[Row]) -> Counted:
    """Count changes under `name` at the rate of their day, and under `fx` what the rates changed of the level before.

    lead: given if the rows are those of one listed customer: the details before the level at the start and at the end.
    """
    changes: dict[tuple[int, int], dict[tuple[int, int], int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        at = (row["period"], row["rate_step"]) if row["period"] else (0, 0)
        changes[row["row_group"], row["currency"]][at] += row["change"]
    borders = borders_within(rates)
    for (row_group, currency), change in changes.items():
        values = _values(rates, borders, currency, change)
        details = None if lead is None else (*lead, values[0][0], sum(net for net, _ in values.values()))
        for period, (net, fx) in values.items():
            counts: Counts = {name: net, "fx": fx}
            for group in (row_group, WHOLE):
                yield period, group, counts if details is None else with_details(counts, details)


def _values(rates: Rates, borders: Sequence[Border], currency: int, change: Mapping[tuple[int, int], int]) -> Values:
    """Return the changes of value by period; period 0 is the level before the first."""
    level = change.get((0, 0), 0)
    values: Values = {0: (level * rates.opening(currency, 1) if level else 0, 0)}
    for border in borders:
        own, (net, fx) = change.get((border.period, border.rate_step), 0), values.get(border.period, (0, 0))
        by_rate: Number = 0
        if border.changes_rate and level:
            by_rate = level * (rates.money.rate(currency, border.day) - rates.money.rate(currency, border.day - 1))
        net += by_rate + (own * rates.at(currency, border.rate_step) if own else 0)
        values[border.period] = (net, fx + by_rate)
        level += own
    return values


def carry_base(rates: Rates, is_grouped: bool, rows: Sequence[Row]) -> Counted:
    """Count `base`, the MRR that each period opens with, at the opening rate of that period.

    is_grouped: WHOLE has rows of its own.
    """
    levels: dict[tuple[int, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        levels[row["group_before"], row["currency"]][row["period"]] -= row["opening"]
        levels[row["group_after"], row["currency"]][row["period"]] += row["closing"]
    for (group, currency), change in levels.items():
        for period, money in _carried(rates, currency, change):
            yield from ((period, each, {"base": money}) for each in ((group,) if is_grouped else (group, WHOLE)))


def _carried(rates: Rates, currency: int, change: Mapping[int, int]) -> Iterator[tuple[int, Number]]:
    running = [0]
    for period in range(len(rates.borders)):
        running.append(running[-1] + change.get(period, 0))
    values = [level * rates.opening(currency, max(period, 1)) if level else 0 for period, level in enumerate(running)]
    for period, (before, after) in enumerate(pairwise(values)):
        if before != after:
            yield period, after - before
