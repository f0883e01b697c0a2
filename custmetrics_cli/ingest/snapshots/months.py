"""The months of a file: whether one is missing, and the days that they cover."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from custmetrics_cli.core.errors import Place, Problem
from custmetrics_cli.core.time.calendar import day_number, month_after
from custmetrics_cli.ingest.model import Reshaped
from custmetrics_cli.ingest.snapshots.source import Source

SHOWN = 3


class Months(NamedTuple):
    """The months that texts of a file name."""

    by_text: Mapping[str, date]  # -> first day of the month
    others: frozenset[date] = frozenset()  # the months of further files

    @property
    def all(self) -> frozenset[date]:
        return self.others.union(self.by_text.values())

    @property
    def first(self) -> date:
        return min(self.all)

    @property
    def last(self) -> date:
        return max(self.all)

    def missing(self) -> list[date]:
        """Return the months between the first and the last that are in no file."""
        known, month, found = self.all, self.first, []
        while month < self.last:
            found += [] if month in known else [month]
            month = month_after(month, 1)
        return found

    def end_of(self, month: date) -> str:
        """Return the first day after a month. The last month has no end: the time after it is unknown."""
        return "" if month == self.last else month_after(month, 1).isoformat()

    def reshaped(self, source: Source, customer: int, amount: str, note: str, rows_per_row: int) -> Reshaped:
        first_end, last_end = (day_number(month_after(month, 1)) - 1 for month in (self.first, self.last))
        last = f"{self.last:%Y-%m}"
        note = f"{note}; a customer of {last} counts until its end"
        return Reshaped(source.cells[customer], amount, note, first_end, last_end, rows_per_row)


def check_gaps(months: Months, place: Place) -> Problem | None:
    """Return E351 if a month is missing: every customer would be lost in it."""
    missing = [f"{month:%Y-%m}" for month in months.missing()]
    if not missing:
        return None
    shown = ", ".join(missing[:SHOWN]) + (" and others" if len(missing) > SHOWN else "")
    first, last = f"{months.first:%Y-%m}", f"{months.last:%Y-%m}"
    message = f"has months from {first} to {last}, but {shown} is missing, so every customer would count as lost then"
    return Problem("E351", message, place, "add the missing months to the file")
