"""An independent, slow and simple reference for customers in plain Python: it looks at every customer on every day.

It shares no code with the package. Days are whole numbers; a row is (customer, first day, first day no longer served or
None, group, amount).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

HORIZON = 480  # no test looks at a later day


@dataclass(frozen=True)
class Row:
    customer: str
    start: int
    end: int | None = None
    group: str | None = None
    amount: int = 0
    canceled: int | None = None

    def serves(self, day: int) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


def group_key(row: Row) -> tuple[int, bool, str]:
    """Return a sort key: most money first, then by name, a missing name last."""
    return (-row.amount, not row.group, row.group or "")


class Customer:
    def __init__(self, rows: list[Row], gap: int) -> None:
        self.rows = rows
        served = [any(row.serves(day) for row in rows) for day in range(-1, HORIZON)]
        self.there = dict(zip(range(-1, HORIZON), served, strict=True))
        self._bridge(gap)
        days = range(HORIZON)
        self.stint_starts = [d for d in days if self.there[d] and not self.there[d - 1]]
        self.stint_ends = [d for d in days if self.there[d - 1] and not self.there[d]]

    def _bridge(self, gap: int) -> None:
        here = [d for d, there in self.there.items() if there]
        for before, after in pairwise(here):
            if after - before - 1 <= gap:
                for day in range(before + 1, after):
                    self.there[day] = True

    def group_on(self, day: int) -> str | None:
        while not any(row.serves(day) for row in self.rows):
            day -= 1
        return min((row for row in self.rows if row.serves(day)), key=group_key).group

    def group_starting(self, day: int) -> str | None:
        return min((row for row in self.rows if row.start == day), key=group_key).group

    def group_ending(self, day: int) -> str | None:
        return min((row for row in self.rows if row.end == day), key=group_key).group


def customers(rows: list[Row], gap: int) -> dict[str, Customer]:
    names = sorted({row.customer for row in rows})
    real = [row for row in rows if row.end is None or row.end > row.start]
    return {
        name: Customer([row for row in real if row.customer == name], gap) for name in names if any(row.customer == name for row in real)
    }


def totals(rows: list[Row], start: int, end: int, gap: int = 0) -> dict[str | None, Counter[str]]:
    """Return all counts of one period [start, end), by group."""
    found: dict[str | None, Counter[str]] = {row.group: Counter() for row in rows}
    for customer in customers(rows, gap).values():
        for name, group, number in counted(customer, start, end):
            found[group][name] += number
    return found


def counted(c: Customer, start: int, end: int) -> list[tuple[str, str | None, int]]:
    was, stays = c.there[start - 1], c.there[end - 1]
    began = [d for d in c.stint_starts if start <= d < end]
    ended = [d for d in c.stint_ends if start <= d < end]
    first = c.stint_starts[0]
    out: list[tuple[str, str | None, int]] = [("starts" if d == first else "returns", c.group_starting(d), 1) for d in began]
    out += [("ends", c.group_ending(d), 1) for d in ended]
    opening = c.group_on(start - 1) if was else None
    closing = c.group_on(end - 1) if stays else None
    if was:
        out += [("opening", opening, 1), ("kept" if stays else "lost", opening, 1)]
    if stays:
        out.append(("closing", closing, 1))
        cancelled = [row for row in c.rows if row.canceled is not None and start <= row.canceled < end]
        if any(row.end is None or (row.end >= end and row.end in c.stint_ends) for row in cancelled):
            out.append(("leaving", closing, 1))
    if was and stays:
        out += [("lost_and_back", opening, 1)] if ended else []
        out += [("moved_out", opening, 1), ("moved_in", closing, 1)] if opening != closing else []
    if stays and not was:
        out.append(("new" if first >= start else "reactivated", closing, 1))
    if began and not was and not stays:
        out.append(("new_and_lost" if first >= start else "back_and_lost", c.group_starting(began[0]), 1))
    return out
