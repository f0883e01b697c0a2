"""Read a period: a text -> [start, end).

Case and spaces around the text make no difference. A range a..b runs from the first day of a to the last day of b.
Relative periods are whole calendar units, except last-30-days: the 30 days before today.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.time import calendar
from custmetrics_cli.core.time.period_hints import allowed_parts, similar_forms
from custmetrics_cli.core.time.period_words import plain

Span = tuple[date, date]  # the first day and the day after the last
Reader = Callable[[re.Match[str], date, int], Span]  # the last two: today, and the month in which years begin
MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
MONTH_NUMBERS = {name[:size]: number for number, name in enumerate(MONTH_NAMES, 1) for size in (3, 4, 99)}
TO_DATE = {"ytd": "year", "qtd": "quarter", "mtd": "month"}


def span(text: str, today: date, fiscal: int = 1) -> Span:
    """Return [start, end) of a period. Raises CustmetricsError E101 (not a period) and E103 (ends before it starts).

    >>> [str(day) for day in span("2022-04..2022-06", date(2022, 1, 1))]
    ['2022-04-01', '2022-07-01']
    """
    first, dots, last = (part.strip() for part in plain(" ".join(text.casefold().split())).partition(".."))
    start, end = _read(first, text, today, fiscal)
    if dots:
        end = _read(last, text, today, fiscal)[1]
    if end <= start:
        raise CustmetricsError(Problem("E103", f"{text!r} ends before it starts", hint=f"did you mean {last}..{first}?"))
    return start, end


def _read(part: str, text: str, today: date, fiscal: int) -> Span:
    """Return the span of a period, or of one side of a range. Errors show the whole text."""
    for form, read in READERS.items():
        match = re.fullmatch(form, part)
        if match:
            return _checked(read, match, text, today, fiscal)
    raise not_a_period(text, "is not a period", similar_forms(part))


def _checked(read: Reader, match: re.Match[str], text: str, today: date, fiscal: int) -> Span:
    try:
        _check_year(int(match.groupdict().get("year", today.year)), text)
        start, end = read(match, today, fiscal)
        _check_year(start.year, text)
    except (ValueError, OverflowError):
        raise not_a_period(text, "is not in the calendar", allowed_parts(match)) from None
    return start, end


def _check_year(year: int, text: str) -> None:
    if not calendar.FIRST_YEAR <= year <= calendar.LAST_YEAR:
        raise not_a_period(text, "is out of range", f"use a year from {calendar.FIRST_YEAR} to {calendar.LAST_YEAR}")


def not_a_period(text: str, problem: str, hint: str) -> CustmetricsError:
    """Return E101 for a period. problem: the rest of the sentence about it."""
    return CustmetricsError(Problem("E101", f"{text!r} {problem}", hint=hint))


def _units(start: date, unit: str, count: int = 1) -> Span:
    return start, calendar.after(start, unit, count)


def _part_of_year(match: re.Match[str], fiscal: int, unit: str, most: int) -> Span:
    number = int(match[unit])
    if not 1 <= number <= most:
        raise ValueError(number)
    return _units(calendar.after(date(int(match["year"]), fiscal, 1), unit, number - 1), unit)


def _year(match: re.Match[str], today: date, fiscal: int) -> Span:
    return _units(date(int(match["year"]), fiscal, 1), "year")


def _half(match: re.Match[str], today: date, fiscal: int) -> Span:
    return _part_of_year(match, fiscal, "half", 2)


def _quarter(match: re.Match[str], today: date, fiscal: int) -> Span:
    return _part_of_year(match, fiscal, "quarter", 4)


def _month(match: re.Match[str], today: date, fiscal: int) -> Span:
    return _units(date(int(match["year"]), int(match["month"]), 1), "month")


def _month_name(match: re.Match[str], today: date, fiscal: int) -> Span:
    return _units(date(int(match["year"]), MONTH_NUMBERS[match["name"]], 1), "month")


def _week(match: re.Match[str], today: date, fiscal: int) -> Span:
    return _units(date.fromisocalendar(int(match["year"]), int(match["week"]), 1), "week")


def _day(match: re.Match[str], today: date, fiscal: int) -> Span:
    return _units(date(int(match["year"]), int(match["month"]), int(match["day"])), "day")


def _this(match: re.Match[str], today: date, fiscal: int) -> Span:
    unit = match["unit"] or "day"
    return _units(calendar.floor(today, unit, fiscal), unit)


def _last(match: re.Match[str], today: date, fiscal: int) -> Span:
    """Return the last whole units before the unit that contains today."""
    end = calendar.floor(today, match["unit"], fiscal)
    return _before(end, match["unit"], int(match["count"] or 1))


def _before(end: date, unit: str, count: int) -> Span:
    if count < 1:
        raise ValueError(count)
    return calendar.after(end, unit, -count), end


def _yesterday(match: re.Match[str], today: date, fiscal: int) -> Span:
    return _before(today, "day", 1)


def _to_date(match: re.Match[str], today: date, fiscal: int) -> Span:
    """Return the days from the first of the unit to today, today included."""
    return calendar.floor(today, TO_DATE[match[0]], fiscal), today + timedelta(1)


YEAR = "(?:fy ?)?(?P<year>[0-9]{4})"
UNIT = f"(?P<unit>{'|'.join(calendar.UNITS)})"
MONTH = f"(?P<name>{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})\\.?"
READERS: dict[str, Reader] = {
    YEAR: _year,
    f"{YEAR}[- ]?h(?P<half>[0-9])": _half,
    f"h(?P<half>[0-9])[- ]?{YEAR}": _half,
    f"{YEAR}[- ]?q(?P<quarter>[0-9])": _quarter,
    f"q(?P<quarter>[0-9])[- ]?{YEAR}": _quarter,
    "(?P<year>[0-9]{4})-(?P<month>[0-9]{2})": _month,
    f"{MONTH}[- ](?P<year>[0-9]{{4}})": _month_name,
    "(?P<year>[0-9]{4})[- ]?w(?P<week>[0-9]{1,2})": _week,
    "w(?P<week>[0-9]{1,2})[- ](?P<year>[0-9]{4})": _week,
    "(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})": _day,
    f"this[- ]{UNIT}|today": _this,
    f"last[- ](?:(?P<count>[0-9]+)[- ])?{UNIT}s?": _last,
    "yesterday": _yesterday,
    "|".join(TO_DATE): _to_date,
}
