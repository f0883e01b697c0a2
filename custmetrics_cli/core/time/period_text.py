"""The grammar of periods: text -> [start, end).

Case and the spaces around it make no difference. A range a..b runs from the first day of a to the last day of b,
whatever each is; a relative period is whole units of the calendar, except last-30-days: the days before today.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.time import calendar

Span = tuple[date, date]
Reader = Callable[[re.Match[str], date, int], Span]
NAMED = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
MONTH = {name[:size]: number for number, name in enumerate(NAMED, 1) for size in (3, 4, 99)}
TO_DATE = {"ytd": "year", "qtd": "quarter", "mtd": "month"}
FORMS = "write 2022, 2022-H1, 2022-Q2, 2022-04, 2022-W14, 2022-04-05, 2022-04-01..2022-06-30, last-month, last-30-days or ytd"


def span(text: str, today: date, fiscal: int = 1) -> Span:
    """[start, end) of a period. Raises E101 for what is no period and E103 for one that ends before it starts.

    >>> [str(day) for day in span("2022-04..2022-06", date(2022, 1, 1))]
    ['2022-04-01', '2022-07-01']
    """
    said = " ".join(text.casefold().split())
    first, dots, last = (part.strip() for part in said.partition(".."))
    start, end = _single(first, text, today, fiscal)
    if dots:
        end = _single(last, text, today, fiscal)[1]
    if end <= start:
        message = f"{text!r} ends before it starts"
        raise CustmetricsError(Problem("E103", message, hint=f"did you mean {last}..{first}?"))
    return start, end


def _single(said: str, text: str, today: date, fiscal: int) -> Span:
    for form, read in READERS.items():
        match = re.fullmatch(form, said)
        if match:
            return _checked(read, match, text, today, fiscal)
    raise _refused(text, "is not a period", _meant(said))


def _checked(read: Reader, match: re.Match[str], text: str, today: date, fiscal: int) -> Span:
    try:
        _in_range(int(match.groupdict().get("year", today.year)), text)
        start, end = read(match, today, fiscal)
        _in_range(start.year, text)
    except (ValueError, OverflowError):
        raise _refused(text, "is not in the calendar", _limits(match)) from None
    return start, end


def _in_range(year: int, text: str) -> None:
    if not calendar.FIRST_YEAR <= year <= calendar.LAST_YEAR:
        raise _refused(text, "is out of range", f"years run from {calendar.FIRST_YEAR} to {calendar.LAST_YEAR}")


def _refused(text: str, what: str, hint: str) -> CustmetricsError:
    return CustmetricsError(Problem("E101", f"{text!r} {what}", hint=hint))


def _limits(match: re.Match[str]) -> str:
    """How far the parts of a period go."""
    said = match.groupdict()
    return next((limits(said) for part, limits in LIMITS.items() if part in said), FORMS)


def _meant(said: str) -> str:
    """The near forms of what is no period."""
    return next((hint(match) for form, hint in NEAR.items() if (match := re.fullmatch(form, said))), FORMS)


def _dashed(*parts: str | None) -> str:
    return "-".join(part.zfill(2) for part in parts if part)


def _days(said: Mapping[str, str]) -> str:
    if not 1 <= int(said["month"]) <= 12:
        return LIMITS["month"](said)
    end = calendar.after(date(int(said["year"]), int(said["month"]), 1), "month")
    return f"{said['year']}-{said['month']} ends on {end - timedelta(1)}"


LIMITS: dict[str, Callable[[Mapping[str, str]], str]] = {
    "quarter": lambda said: f"quarters are {said['year']}-Q1 to {said['year']}-Q4",
    "half": lambda said: f"halves are {said['year']}-H1 and {said['year']}-H2",
    "week": lambda said: f"weeks are {said['year']}-W01 to {said['year']}-W{date(int(said['year']), 12, 28).isocalendar().week}",
    "day": _days,
    "month": lambda said: f"months are {said['year']}-01 to {said['year']}-12",
}
NEAR: dict[str, Callable[[re.Match[str]], str]] = {
    r"([0-9]{4})[-/. ]([0-9]{1,2})(?:[-/. ]([0-9]{1,2}))?": lambda m: f"did you mean {_dashed(*m.groups())}?",
    r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})": lambda m: (
        f"days are written year-month-day: {_dashed(m[3], m[2], m[1])} or {_dashed(m[3], m[1], m[2])}"
    ),
    r"([0-9-]{10}) ?(?:to|until|[-:/\u2013\u2014]) ?([0-9-]{10})": lambda m: f"did you mean {m[1]}..{m[2]}?",
    r"[qh][1-4]": lambda m: f"of which year? Write 2022-{m[0].upper()}",
    r"last[- ]?[0-9]+|[0-9]+-?days?": lambda m: "did you mean last-30-days?",
}


def _of(start: date, unit: str, count: int = 1) -> Span:
    return start, calendar.after(start, unit, count)


def _part(match: re.Match[str], fiscal: int, unit: str, most: int) -> Span:
    number = int(match[unit])
    if not 1 <= number <= most:
        raise ValueError(number)
    return _of(calendar.after(date(int(match["year"]), fiscal, 1), unit, number - 1), unit)


def _year(match: re.Match[str], today: date, fiscal: int) -> Span:
    return _of(date(int(match["year"]), fiscal, 1), "year")


def _half(match: re.Match[str], today: date, fiscal: int) -> Span:
    return _part(match, fiscal, "half", 2)


def _quarter(match: re.Match[str], today: date, fiscal: int) -> Span:
    return _part(match, fiscal, "quarter", 4)


def _month(match: re.Match[str], today: date, fiscal: int) -> Span:
    return _of(date(int(match["year"]), int(match["month"]), 1), "month")


def _named(match: re.Match[str], today: date, fiscal: int) -> Span:
    return _of(date(int(match["year"]), MONTH[match["name"]], 1), "month")


def _week(match: re.Match[str], today: date, fiscal: int) -> Span:
    return _of(date.fromisocalendar(int(match["year"]), int(match["week"]), 1), "week")


def _day(match: re.Match[str], today: date, fiscal: int) -> Span:
    return _of(date(int(match["year"]), int(match["month"]), int(match["day"])), "day")


def _this(match: re.Match[str], today: date, fiscal: int) -> Span:
    unit = match["unit"] or "day"
    return _of(calendar.floor(today, unit, fiscal), unit)


def _last(match: re.Match[str], today: date, fiscal: int) -> Span:
    """Whole units just before the one that today is in; days: just before today."""
    end = calendar.floor(today, match["unit"], fiscal)
    return _before(end, match["unit"], int(match["count"] or 1))


def _before(end: date, unit: str, count: int) -> Span:
    if count < 1:
        raise ValueError(count)
    return calendar.after(end, unit, -count), end


def _yesterday(match: re.Match[str], today: date, fiscal: int) -> Span:
    return _before(today, "day", 1)


def _to_date(match: re.Match[str], today: date, fiscal: int) -> Span:
    """From the first day of the unit to today, with today in it."""
    return calendar.floor(today, TO_DATE[match[0]], fiscal), today + timedelta(1)


YEAR = "(?:fy ?)?(?P<year>[0-9]{4})"
UNIT = f"(?P<unit>{'|'.join(calendar.UNITS)})"
NAME = f"(?P<name>{'|'.join(sorted(MONTH, key=len, reverse=True))})\\.?"
READERS: dict[str, Reader] = {
    YEAR: _year,
    f"{YEAR}[- ]?h(?P<half>[0-9])": _half,
    f"h(?P<half>[0-9])[- ]?{YEAR}": _half,
    f"{YEAR}[- ]?q(?P<quarter>[0-9])": _quarter,
    f"q(?P<quarter>[0-9])[- ]?{YEAR}": _quarter,
    "(?P<year>[0-9]{4})-(?P<month>[0-9]{2})": _month,
    f"{NAME}[- ](?P<year>[0-9]{{4}})": _named,
    "(?P<year>[0-9]{4})[- ]?w(?P<week>[0-9]{1,2})": _week,
    "w(?P<week>[0-9]{1,2})[- ](?P<year>[0-9]{4})": _week,
    "(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})": _day,
    f"this[- ]{UNIT}|today": _this,
    f"last[- ](?:(?P<count>[0-9]+)[- ])?{UNIT}s?": _last,
    "yesterday": _yesterday,
    "|".join(TO_DATE): _to_date,
}
