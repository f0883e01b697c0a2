"""Days: the day on which something happened, in the reporting zone, as a number of days since 1970-01-01.

A plain day never moves. A time goes to the reporting zone first, if it is known in which zone it stands (beside the
time, or `zone`) and the column holds more than midnights (`shifts`). At the end of something 23:59 or later is the
next day; `inclusive` says that the day written is the last one served, so that the first day no longer served follows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns import FAR, ColumnFormat, ColumnKind, ParsedColumn
from custmetrics_cli.columns._dates import Written, ahead, clock, date, several, written
from custmetrics_cli.columns._day_tally import FIRST, DayEvidence, readings, tally
from custmetrics_cli.columns._texts import OneText, quoted
from custmetrics_cli.columns._texts import read_layouts as by_layout
from custmetrics_cli.columns._zones import DAY as SECONDS
from custmetrics_cli.columns._zones import zone as zone_named
from custmetrics_cli.core.time.calendar import FIRST_YEAR, LAST_YEAR, day_of

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["DAY", "DayEvidence"]

EPOCH = r"[0-9]{10}(?:[0-9]{3})?"
LATE = SECONDS - 60  # 23:59
ORDER_SAID = {order: f" when {first} comes first" for order, first in FIRST.items()}


def read(texts: OneText, format: ColumnFormat) -> tuple[Any, Any] | None:
    if format.epoch and re.fullmatch(EPOCH, texts.text):
        return _since_1970(texts, format)
    w = written(texts)
    if w is None:
        return None
    day, ok = date(w, format.order)
    if not w.says("hour"):
        return day + format.inclusive, ok
    second, there_is = clock(w)
    local, fine = _local(w, day * SECONDS + second, format)
    late = (local % SECONDS >= LATE) & format.end
    return local // SECONDS + (late | format.inclusive), ok & there_is & fine


def _since_1970(texts: OneText, format: ColumnFormat) -> tuple[Any, Any]:
    """The day of seconds, or of their thousandths where there are 13 digits, in the reporting zone."""
    digits = len(texts.text)
    second = texts.number(0, digits) // (1000 if digits > 10 else 1)
    local = second + (texts.offset(second, format.tz, False) if format.tz else 0)
    late = (local % SECONDS >= LATE) & format.end
    return local // SECONDS + (late | format.inclusive), second >= 0


def _local(w: Written, seconds: Any, format: ColumnFormat) -> tuple[Any, Any]:
    """Seconds since 1970-01-01 by the clock of the reporting zone."""
    said = ahead(w)
    if said is None and not format.zone:
        return seconds, True
    back, ok = said or (w.texts.offset(seconds, zone_named(format.zone), True), True)
    if not format.shifts:
        return seconds, ok
    utc = seconds - back * ok
    return (utc + w.texts.offset(utc, format.tz, False) if format.tz else utc), ok


def cell(text: str, format: ColumnFormat) -> int:
    """
    >>> cell("1970-01-31", ColumnFormat())
    30
    >>> cell("2022/04/05 11:00 PM GMT-3", ColumnFormat()) - cell("05.04.2022", ColumnFormat())
    1
    >>> cell("31/31/2022", ColumnFormat())
    Traceback (most recent call last):
    ValueError: '31/31/2022' is not a day of the calendar
    >>> cell("04/13/2022", ColumnFormat(order="dmy"))
    Traceback (most recent call last):
    ValueError: '04/13/2022' is not a day of the calendar when the day comes first
    """
    found = read(OneText(text), format)
    if found is None or not found[1]:
        raise ValueError(f"{quoted(text)} {_why(text, format)}")
    return int(found[0])


def _why(text: str, format: ColumnFormat) -> str:
    """What is wrong with a text that cannot be read."""
    w = written(OneText(text))
    if w is None:
        return "is not a date"
    if not date(w, format.order)[1]:
        return _why_no_day(w, format)
    return "has no such time of day" if not clock(w)[1] else "has no such time zone"


def _why_no_day(w: Written, format: ColumnFormat) -> str:
    if w.numeric and not format.order and several(w):
        return f"could be {readings(w.texts.text)}"
    year = w.year("last" if w.numeric else "year")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return f"is not in the years {FIRST_YEAR} to {LAST_YEAR}"
    return "is not a day of the calendar" + ORDER_SAID.get(format.order, "") * w.numeric


def column(texts: pa.StringArray, format: ColumnFormat) -> ParsedColumn:
    return by_layout(texts, lambda many: read(many, format), "int32")


def back(number: int) -> str | None:
    """
    >>> back(19087), back(FAR)
    ('2022-04-05', None)
    """
    return None if abs(number) >= FAR else day_of(number).isoformat()


DAY = ColumnKind(
    "day", "E401", "a day, or a time that is brought to the reporting zone first", "2022-04-05", cell, column, tally, decode=back
)
