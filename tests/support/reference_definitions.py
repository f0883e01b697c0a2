"""An independent, slow reference for churn under other definitions: it looks at every customer on every day.

It shares no code with the package. Days are whole numbers from 0; a row is as in Row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

HORIZON = 500
NUMERATORS = ("lost", "left", "all-ends", "all-ends-each", "less-returns")
DENOMINATORS = ("opening", "opening-plus-new", "any-time")
EPOCH = dt.date(2021, 9, 1)


@dataclass(frozen=True)
class Row:
    customer: str
    subscription: str
    start: int
    end: int | None = None
    canceled: int | None = None
    paid: int | None = None
    past_due: bool = False
    paused: int | None = None
    resumed: int | None = None
    amount: int = 10
    interval: str = "month"
    discount: int = 0  # percent


def day(number: int) -> dt.date:
    return EPOCH + dt.timedelta(number)


def moved(row: Row, rule: str) -> int | None:
    """Return the end of a row under a value of churn-date."""
    end = row.end
    if rule == "canceled" and row.canceled is not None:
        end = row.canceled
    if rule == "day-after-canceled" and row.canceled is not None:
        end = row.canceled + 1
    if rule == "paid-through" and row.paid is not None and (row.end is not None or row.canceled is not None):
        end = row.paid
    if rule == "next-month" and end is not None:
        while day(end).day != 1:
            end += 1
    return end if end is None else max(end, row.start)


def rows_under(rows: list[Row], choices: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows as a definition reads them."""
    for row in rows:
        end, rule = moved(row, choices["churn-date"]), choices["past-due"]
        if row.past_due and rule != "keep":
            if row.paid is None and rule == "drop":
                continue
            if row.paid is not None:
                last = max(row.paid + (int(rule.split()[1]) if " " in rule else 0), row.start)
                end = last if end is None else min(end, last)
        kept = replace(row, end=end, customer=row.subscription if choices["grain"] == "subscription" else row.customer)
        yield from split(kept) if choices["paused"] == "churn" else [kept]


def split(row: Row) -> list[Row]:
    """Return a row that pauses as the rows before and after the pause."""
    if row.paused is None or row.paused <= row.start or (row.end is not None and row.paused >= row.end):
        return [row]
    before = replace(row, end=row.paused)
    goes_on = row.resumed is not None and row.resumed > row.paused and (row.end is None or row.resumed < row.end)
    if row.resumed is not None and row.resumed <= row.paused:
        return [row]
    return [before, replace(row, start=row.resumed or 0)] if goes_on else [before]


class Customer:
    """One customer, day by day."""

    def __init__(self, rows: list[Row], gap: int, new_after: int | None) -> None:
        served = [d for d in range(HORIZON) if any(r.start <= d and (r.end is None or d < r.end) for r in rows)]
        days = set(served)
        for before, after in pairwise(served):
            if after - before - 1 <= gap:
                days |= set(range(before, after))
        self.days = days
        self.starts = [d for d in sorted(days) if d - 1 not in days]
        self.ends = [d + 1 for d in sorted(days) if d + 1 not in days and d + 1 < HORIZON]
        self.first = self.starts[:1]
        for start in self.starts[1:]:
            away = start - max(end for end in self.ends if end <= start)
            if new_after is not None and away > new_after:
                self.first.append(start)

    def at(self, d: int) -> bool:
        return d in self.days


def totals(customers: list[Customer], start: int, end: int) -> dict[str, int]:
    """Return the numerators and denominators of a window [start, end)."""
    counts = dict.fromkeys(
        ("lost", "left", "all-ends", "all-ends-each", "less-returns", "opening", "opening-plus-new", "any-time", "kept"), 0
    )
    for c in customers:
        was, stays = c.at(start - 1), c.at(end - 1)
        began, ended = ([d for d in days if start <= d < end] for days in (c.starts, c.ends))
        firsts = [d for d in began if d in c.first]
        counts["opening"] += was
        counts["kept"] += was and stays
        counts["lost"] += was and not stays
        counts["left"] += (was and not stays) or (was and stays and bool(ended))
        counts["all-ends"] += not stays and bool(ended)
        counts["all-ends-each"] += len(ended)
        counts["less-returns"] += len(ended) - (len(began) - len(firsts))
        counts["opening-plus-new"] += was + len(firsts)
        counts["any-time"] += was or bool(began)
    return counts


def churn(rows: list[Row], choices: Mapping[str, str], start: int, end: int) -> Fraction | None:
    """Return churn under these choices, None without a denominator."""
    new_after = None if choices["new-after"] == "never" else int(choices["new-after"])
    read = [row for row in rows_under(rows, choices) if row.end is None or row.end > row.start]
    names = sorted({row.customer for row in read})
    customers = [Customer([row for row in read if row.customer == name], int(choices["gap"]), new_after) for name in names]
    windows = {"period": [(start, end)], "rolling-30d": [(end - 30, end)], "daily-sum": [(d, d + 1) for d in range(start, end)]}
    rates = []
    for window in windows[choices["window"]]:
        found = totals(customers, *window)
        if found[choices["denominator"]]:
            rates.append(Fraction(found[choices["numerator"]], found[choices["denominator"]]))
    return sum(rates, Fraction(0)) if rates else None
