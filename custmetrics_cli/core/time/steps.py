"""Divide a period into whole steps: units of the calendar, or as long as these and from any first day."""

from __future__ import annotations

from datetime import date, timedelta

from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.time import calendar


def on_calendar(start: date, end: date, every: str, fiscal: int = 1) -> list[date]:
    """Return the edges of the units of the calendar that together contain [start, end).

    >>> [str(day) for day in on_calendar(date(2022, 1, 31), date(2022, 3, 1), "month")]
    ['2022-01-01', '2022-02-01', '2022-03-01']
    """
    edges = [calendar.floor(start, every, fiscal)]
    while edges[-1] < end:
        edges.append(calendar.after(edges[-1], every))
    return edges


def from_start(start: date, end: date, every: str) -> list[date]:
    """Return the edges of the steps from start that fill [start, end), and [] if none do.

    Each edge is counted from start. A month without that day has no edge, so the steps do not fill the period.

    >>> [str(day) for day in from_start(date(2022, 1, 15), date(2022, 3, 15), "month")]
    ['2022-01-15', '2022-02-15', '2022-03-15']
    >>> from_start(date(2022, 1, 30), date(2022, 3, 30), "month")
    []
    """
    edges = [start]
    while edges[-1] < end:
        edge = calendar.stepped(start, every, len(edges))
        if edge is None:
            return []
        edges.append(edge)
    return edges if edges[-1] == end else []


def not_divisible(name: str, start: date, end: date, every: str, fiscal: int = 1) -> CustmetricsError:
    """Return E102 for a period. The hint proposes the units of the calendar that contain it."""
    edges = on_calendar(start, end, every, fiscal)
    plural = "halves" if every == "half" else f"{every}s"
    message = f"{name!r} is not a whole number of {plural}{_missing_day(start, end, every)}"
    divisible = calendar.name(edges[0], edges[-1], fiscal)
    return CustmetricsError(Problem("E102", message, hint=f"use {divisible}: {edges[0]} to {edges[-1] - timedelta(1)}"))


def _missing_day(start: date, end: date, every: str) -> str:
    """Return the reason if a step would begin on a day that its month does not have."""
    if every in calendar.DAYS or start.day <= calendar.SHORTEST_MONTH:
        return ""
    months = [calendar.month_after(start, count) for count in range(0, (end.year - start.year + 1) * 12, calendar.MONTHS[every])]
    missing = [f"{month:%Y-%m}" for month in months if month <= end and not calendar.has_day(month, start.day)]
    return f": a step would begin on day {start.day}, which {missing[0]} does not have" if missing else ""
