"""Days: the day on which something happened, in the reporting time zone, as days since 1970-01-01.

A date without a time never moves. A time is converted to the reporting zone if two things hold: its zone is known (written
with the time, or `zone` of the format), and the column holds more than midnights (`shifts`).
At an `end`, 23:59 or later means the next day. With `inclusive`, a day is the last one served, and is read as the day after.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns import FAR, ColumnFormat, ColumnKind, Reason
from custmetrics_cli.columns.parsing.dates import WrittenDate, first_of_month, is_ambiguous, match_date, offset_of, seconds_of, to_day
from custmetrics_cli.columns.parsing.day_evidence import FIRST, DayEvidence, gather, interpretations
from custmetrics_cli.columns.parsing.months import match_month
from custmetrics_cli.columns.parsing.readers import Check, LayoutReader, Parsed, Why
from custmetrics_cli.columns.parsing.texts import OneText, group_by_layout
from custmetrics_cli.columns.parsing.zones import DAY as SECONDS
from custmetrics_cli.columns.parsing.zones import find_zone as zone_named
from custmetrics_cli.core.time.calendar import FIRST_YEAR, LAST_YEAR, day_of

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["DAY", "DayEvidence", "whole_months"]

EPOCH = r"[0-9]{10}(?:[0-9]{3})?"
LATEST_EPOCH = 2_000_000_000  # in May 2033; a larger number may be a year, month, day and hour
LATE = SECONDS - 60  # 23:59
SERIAL = r"([0-9]{5})(?:[.,][0-9]+)?"
SERIALS = range(25_569, 73_051)  # the days from 1970 to 2099 as Excel counts them
EXCEL = 25_569  # the number that Excel has for 1970-01-01
NOT_A_DATE, NO_SUCH_DATE = Reason("is not a date"), Reason("is not a valid date")
NO_SUCH_TIME, NO_SUCH_ZONE = Reason("has an invalid time"), Reason("has an invalid time zone")


def read(texts: OneText, format: ColumnFormat) -> Parsed | Why:
    """
    >>> DAY.read_cell("1970-01-31", ColumnFormat())
    30
    >>> DAY.read_cell("2022/04/05 11:00 PM GMT-3", ColumnFormat()) - DAY.read_cell("05.04.2022", ColumnFormat())
    1
    >>> DAY.read_cell("31/31/2022", ColumnFormat())
    Traceback (most recent call last):
    custmetrics_cli.columns.UnreadableCell: '31/31/2022' is not a valid date
    >>> DAY.read_cell("04/13/2022", ColumnFormat(order="dmy"))
    Traceback (most recent call last):
    custmetrics_cli.columns.UnreadableCell: '04/13/2022' is not a valid date with the day first
    """
    if re.fullmatch(EPOCH, texts.text):
        return _read_epoch(texts, format)
    date = match_date(texts)
    if date is None:
        month = first_of_month(texts) if format.months else None
        return Parsed(month[0], (Check(month[1], NO_SUCH_DATE),)) if month else partial(_why_not_a_date, texts.text)
    day, day_ok = to_day(date, format.order)
    day_check = Check(day_ok, partial(_why_not_a_day, date, format))
    if not date.has("hour"):
        return Parsed(day * 0 - 1 if format.clock else day + format.inclusive, (day_check,))
    second, time_ok = seconds_of(date)
    local, zone_ok = _to_local(date, day * SECONDS + second, format)
    return Parsed(_local_day(local, format), (day_check, Check(time_ok, NO_SUCH_TIME), Check(zone_ok, NO_SUCH_ZONE)))


def _read_epoch(texts: OneText, format: ColumnFormat) -> Parsed:
    """Read seconds since 1970, or milliseconds if there are 13 digits."""
    digits = len(texts.text)
    second = texts.number(0, digits) // (1000 if digits > 10 else 1)
    day = _local_day(second + (texts.offset_at(second, format.tz, False) if format.tz else 0), format)
    return Parsed(day, (Check(True if format.epoch else second < LATEST_EPOCH, NOT_A_DATE),))


def _local_day(seconds: Any, format: ColumnFormat) -> Any:
    """Return the day of seconds by the clock of the reporting zone, or the second of that day."""
    if format.clock:
        return seconds % SECONDS
    late = (seconds % SECONDS >= LATE) & format.end
    return seconds // SECONDS + (late | format.inclusive)


def _to_local(date: WrittenDate, seconds: Any, format: ColumnFormat) -> tuple[Any, Any]:
    """Convert seconds since 1970-01-01 to the clock of the reporting zone. Also return whether the written zone is valid."""
    written = offset_of(date)
    if written is None and not format.zone:
        return seconds, True
    offset, ok = written or (date.texts.offset_at(seconds, zone_named(format.zone), True), True)
    if not format.shifts:
        return seconds, ok
    utc = seconds - offset * ok
    return (utc + date.texts.offset_at(utc, format.tz, False) if format.tz else utc), ok


def _why_not_a_date(text: str) -> Reason:
    match = re.fullmatch(SERIAL, text)
    if match and int(match[1]) in SERIALS:
        hint = "format the column as a date in the spreadsheet and export it again"
        return Reason(f"is not a date: it looks like the number that Excel has for {day_of(int(match[1]) - EXCEL)}", hint=hint)
    return NOT_A_DATE


def _why_not_a_day(date: WrittenDate, format: ColumnFormat) -> Reason:
    if date.numeric and not format.order and is_ambiguous(date):
        return Reason(f"could be {interpretations(date.texts.text)}")
    year = date.year("last" if date.numeric else "year")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Reason(f"is not in the years {FIRST_YEAR} to {LAST_YEAR}")
    first = f" with the {FIRST[format.order]} first" if date.numeric and format.order else ""
    return Reason(f"is not a valid date{first}")


def whole_months(texts: pa.StringArray) -> np.ndarray[Any, Any]:
    """Return True for each text that is a whole month."""
    import numpy as np

    is_month = np.zeros(len(texts), bool)
    for same in group_by_layout(texts):
        is_month[same.rows] = match_date(same) is None and match_month(same) is not None
    return is_month


def decode(number: int) -> str | None:
    """
    >>> decode(19087), decode(FAR)
    ('2022-04-05', None)
    """
    return None if abs(number) >= FAR else day_of(number).isoformat()


DAY = ColumnKind(
    "day", "E401", "a date, or a time converted to the reporting time zone", "2022-04-05", LayoutReader(read), gather, decode=decode
)
