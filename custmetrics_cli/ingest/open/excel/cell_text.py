"""The text of one value of a workbook, exact and in a form that can be read in one way only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from custmetrics_cli.ingest.open.typed.exact_text import LARGEST, exact, one_line

MOMENT = timedelta(milliseconds=1)  # times are fractions of a day: they may miss a whole second by less than this


def address(row: int, column: int) -> str:
    """Return the address of a cell as Excel shows it. row, column: count from 0.

    >>> address(4, 27)
    'AB5'
    """
    letters, number = "", column + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def is_inexact(value: object) -> bool:
    """Return whether a value is a number with digits that may be lost."""
    return isinstance(value, float | int) and not -LARGEST < value < LARGEST


def timestamp(value: date) -> str:
    """Return a date or a time on a date, with its time of day.

    >>> timestamp(datetime(2022, 1, 1, 12, 59, 59, 999_990)), timestamp(date(2022, 1, 1))
    ('2022-01-01 13:00:00', '2022-01-01 00:00:00')
    """
    if not isinstance(value, datetime):
        return f"{value.isoformat()} 00:00:00"
    whole = (value + timedelta(milliseconds=500)).replace(microsecond=0)
    return str(whole if abs(whole - value) < MOMENT else value.replace(microsecond=value.microsecond // 1000 * 1000))


def hours(value: timedelta) -> str:
    """Return a length of time in hours, minutes and seconds.

    >>> hours(timedelta(days=1, minutes=90))
    '25:30:00'
    """
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


TEXTS: Mapping[type, Callable[[Any], str]] = {
    str: one_line,
    float: exact,
    int: exact,
    bool: lambda value: "true" if value else "false",
    datetime: timestamp,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: hours,
}
