"""Units of the calendar: the first day and the name of each. Fiscal years, halves and quarters may begin in any month.

A fiscal year has the name of the calendar year in which it begins, marked with FY. Months are not marked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1800, 2199
EPOCH = date(1970, 1, 1).toordinal()  # frames hold a day as the number of days since then
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
DAYS = {"day": 1, "week": 7}
SHORTEST_MONTH = 28  # days: every month has a day of this number
UNITS = ("day", "week", "month", "quarter", "half", "year")


def day_number(day: date) -> int:
    """Return the number of days since 1970-01-01.

    >>> day_number(date(1970, 1, 31)), day_of(-1)
    (30, datetime.date(1969, 12, 31))
    """
    return day.toordinal() - EPOCH


def day_of(number: int) -> date:
    """Return the date of a day number."""
    return date.fromordinal(EPOCH + number)


def month_after(day: date, months: int) -> date:
    """Return the first day of the month that is so many months after the month of a day.

    >>> month_after(date(2022, 11, 30), 3), month_after(date(2022, 1, 1), -1)
    (datetime.date(2023, 2, 1), datetime.date(2021, 12, 1))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def floor(day: date, unit: str, fiscal: int = 1) -> date:
    """Return the first day of the unit that contains a day. fiscal: the month in which years begin.

    >>> str(floor(date(2022, 3, 31), "year", 4)), str(floor(date(2022, 4, 5), "week"))
    ('2021-04-01', '2022-04-04')
    """
    if unit in DAYS:
        return day - timedelta(day.weekday() if unit == "week" else 0)
    return month_after(day, -((day.month - fiscal) % MONTHS[unit]))


def after(start: date, unit: str, count: int = 1) -> date:
    """Return the first day after `count` units that begin on `start`."""
    return start + timedelta(DAYS[unit] * count) if unit in DAYS else month_after(start, MONTHS[unit] * count)


def stepped(start: date, unit: str, count: int = 1) -> date | None:
    """Return the day that is so many units after any day. None if its month has no such day.

    >>> stepped(date(2022, 1, 15), "month"), stepped(date(2022, 1, 31), "month")
    (datetime.date(2022, 2, 15), None)
    """
    if unit in DAYS:
        return after(start, unit, count)
    month = month_after(start, MONTHS[unit] * count)
    return month.replace(day=start.day) if has_day(month, start.day) else None


def has_day(month: date, day: int) -> bool:
    """Return whether a month has a day of this number.

    >>> has_day(date(2024, 2, 1), 29), has_day(date(2023, 2, 1), 29)
    (True, False)
    """
    return (month.replace(day=1) + timedelta(day - 1)).month == month.month


def name(start: date, end: date, fiscal: int = 1) -> str:
    """Return the name of [start, end): that of the largest unit it is, else its first and last day.

    >>> name(date(2022, 4, 1), date(2022, 7, 1)), name(date(2022, 4, 1), date(2023, 4, 1), 4)
    ('2022-Q2', 'FY2022')
    >>> name(date(2022, 4, 1), date(2022, 6, 1))
    '2022-04-01..2022-05-31'
    """
    for unit in reversed(UNITS):
        if floor(start, unit, fiscal) == start and after(start, unit) == end:
            return NAMES[unit](start, fiscal)
    return f"{start}..{end - timedelta(1)}"


def _year(start: date, fiscal: int) -> str:
    return f"{'' if fiscal == 1 else 'FY'}{month_after(start, 1 - fiscal).year}"


def _part(start: date, fiscal: int, letter: str, months: int) -> str:
    return f"{_year(start, fiscal)}-{letter}{(start.month - fiscal) % 12 // months + 1}"


def _week(start: date, fiscal: int) -> str:
    year, week, _ = start.isocalendar()
    return f"{year}-W{week:02}"


NAMES: dict[str, Callable[[date, int], str]] = {
    "year": _year,
    "half": lambda start, fiscal: _part(start, fiscal, "H", 6),
    "quarter": lambda start, fiscal: _part(start, fiscal, "Q", 3),
    "month": lambda start, _: f"{start:%Y-%m}",
    "week": _week,
    "day": lambda start, _: str(start),
}
