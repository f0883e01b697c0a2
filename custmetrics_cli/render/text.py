"""Text as people read it: safe for a terminal; days and periods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from custmetrics_cli.core.safety.characters import safe as safe

if TYPE_CHECKING:
    from custmetrics_cli.core.time.period import Period


def days_text(start: date, end: date) -> str:
    """Return a half-open span with its last day included.

    >>> days_text(date(2022, 4, 1), date(2022, 7, 1))
    '2022-04-01 to 2022-06-30'
    """
    last = end - timedelta(days=1)
    return f"{start}" if last <= start else f"{start} to {last}"


def period_text(period: Period) -> str:
    """Return the name and the days, such as 2022-Q2 (2022-04-01 to 2022-06-30); only the days if the name repeats them."""
    if period.is_wave:
        return period.name
    days = days_text(period.start, period.end)
    return days if period.name in (days, days.replace(" to ", "..")) else f"{period.name} ({days})"


def some(names: Sequence[str], most: int = 3) -> str:
    """Return the first names, and the number of the others.

    >>> some(["a", "b", "c", "d", "e"]), some(["a", "b"])
    ('a, b, c and 2 more', 'a, b')
    """
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
