"""Offsets of time zones from UTC, in seconds, for one moment and for many.

Many moments cost few look-ups. A zone with the same offset at both ends of a day is assumed to keep it all day. Only the
moments of other days are looked up one by one.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

DAY = 86_400
HOURS = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
}  # fmt: skip
FIXED = r"(?i)(?:UTC|GMT)?\s?(?P<sign>[-+\u2212])(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=256)
def find_zone(text: str) -> tzinfo:
    """Return a zone by name, abbreviation or offset. GMT+3 is three hours ahead, as people mean it, not as POSIX does.

    >>> find_zone("GMT+3").utcoffset(None) == find_zone("+03:00").utcoffset(None) == timedelta(hours=3)
    True
    >>> find_zone("PDT").utcoffset(None) == timedelta(hours=-7)
    True
    >>> find_zone("Europe/Berlin")
    zoneinfo.ZoneInfo(key='Europe/Berlin')
    >>> find_zone("Mars")
    Traceback (most recent call last):
    ValueError: 'Mars' is not a time zone
    """
    if text.upper() in HOURS:
        return timezone(timedelta(hours=HOURS[text.upper()]))
    match = re.fullmatch(FIXED, text)
    try:
        return _fixed(match) if match else ZoneInfo(text)
    except (ValueError, OSError, KeyError):
        raise ValueError(f"{text!r} is not a time zone") from None


def _fixed(match: re.Match[str]) -> tzinfo:
    ahead = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    return timezone(ahead if match["sign"] == "+" else -ahead)


def offset_at(second: int, zone: tzinfo, wall: bool) -> int:
    """Return the seconds that a zone is ahead of UTC. second: since 1970, in UTC or (wall) by the clock of the zone.

    If the clock shows a time twice, it is the first of them. A time that the clock skips has the offset from before.
    """
    moment = EPOCH + timedelta(seconds=int(second))
    there = moment.replace(tzinfo=zone) if wall else moment.astimezone(zone)
    return int((there.utcoffset() or timedelta()).total_seconds())


def offsets_at(seconds: Array, zone: tzinfo, wall: bool) -> Array:
    """Return offset_at() of each of many seconds."""
    import numpy as np

    if not len(seconds):
        return seconds
    days = seconds // DAY
    first = int(days.min())
    needed = np.unique(np.flatnonzero(np.bincount(days - first))[:, None] + (0, 1))  # each day and the one after it
    at_midnight = np.zeros(needed[-1] + 1, np.int64)
    at_midnight[needed] = [offset_at((first + day) * DAY, zone, wall) for day in needed.tolist()]
    result: Array = at_midnight[days - first]
    changing = np.flatnonzero(result != at_midnight[days - first + 1])
    result[changing] = [offset_at(second, zone, wall) for second in seconds[changing].tolist()]
    return result
