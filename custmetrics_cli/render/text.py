"""Text as people read it: safe for a terminal; days and periods."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from custmetrics_cli.core.time.period import Period

# Controls (C0, DEL, C1), bidirectional marks and overrides, invisible format characters, halves of surrogate pairs.
HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def safe(text: str) -> str:
    r"""Return text that cannot act on a terminal or hide from a reader: harmful characters are shown as escapes.

    >>> safe("pro\x1b[2J\u202e")
    'pro\\x1b[2J\\u202e'
    """
    return HARMFUL.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape", "surrogatepass").decode("ascii")


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
