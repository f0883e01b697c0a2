"""The forms of dates and times: regular expressions, and arithmetic for one text or many.

Nothing depends on the locale of the machine. Dates with dots have the day first, because no locale writes m.d.y with dots.
Dates with slashes or dashes need an order (dmy, mdy or ymd), unless they begin with a year of four digits. The order ymd is
for years of two digits. Years of two digits are 1970 to 2069.
Expressions never depend on the value of a digit (texts.py explains why).
"""

from __future__ import annotations

import re
from typing import Any

from custmetrics_cli.columns import LONGEST
from custmetrics_cli.columns.parsing.months import MONTHS, match_month, year_and_month
from custmetrics_cli.columns.parsing.texts import OneText
from custmetrics_cli.columns.parsing.zones import HOURS
from custmetrics_cli.core.time.calendar import FIRST_YEAR, LAST_YEAR

ORDERS = {"dmy": ("last", "middle", "first"), "mdy": ("last", "first", "middle"), "ymd": ("first", "middle", "last")}
_OFFSET = r"(?:(?:UTC|GMT)\s?)?(?P<sign>[-+\u2212])(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?(?:\s(?:[A-Z]{3,4}|\([^()]*\)))?"
_ZONE = rf"(?:\s?(?:{_OFFSET}|(?P<zone>{'|'.join(HOURS)})))?"
_CLOCK = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?(?:\s?(?P<half>[AP])\.?M\.?)?"
_TIME = rf"(?:(?:T|,?\s+(?:at\s+)?|,){_CLOCK}{_ZONE})?"
_NAME = r"(?P<name>[^\W\d_]{3,})\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_DATES = (
    r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})",
    r"(?P<first>[0-9]{1,2})(?P<mark>[-/])(?P<middle>[0-9]{1,2})(?P=mark)(?P<last>[0-9]{4}|[0-9]{2})",
    r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4}|[0-9]{2})(?:\s?г\.?)?",
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
    rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[-\s]{_NAME}(?:[-\s]|,\s?)(?P<year>[0-9]{{4}}|[0-9]{{2}})(?:\s?г\.?)?",
    rf"{_WEEKDAY}{_NAME}\s(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>[0-9]{{4}})",
)
FORMS = tuple(f"(?i){date}{_TIME}" for date in _DATES)  # compiled on first use: most exports have one of them


class WrittenDate:
    """A date as it is written: its parts by name, as whole numbers or arrays of them."""

    def __init__(self, texts: OneText, match: re.Match[str]) -> None:
        self.texts = texts
        self.match = match
        self.numeric = "first" in match.re.groupindex  # its form does not show the order of its numbers
        self._numbers: dict[str, Any] = {}

    def has(self, part: str) -> bool:
        return part in self.match.re.groupindex and self.match[part] is not None

    def number(self, part: str) -> Any:
        if part not in self._numbers:
            self._numbers[part] = self.texts.number(*self.match.span(part))
        return self._numbers[part]

    def year(self, part: str) -> Any:
        year = self.number(part)
        return year if len(self.match[part]) == 4 else year + 1900 + 100 * (year < 70)

    @property
    def orders(self) -> tuple[str, ...]:
        """The possible orders of its numbers. A year of two digits comes first only before a dash."""
        return ("dmy", "mdy", "ymd") if self.match["mark"] == "-" and len(self.match["last"]) == 2 else ("dmy", "mdy")


def match_date(texts: OneText) -> WrittenDate | None:
    """Return the date, if the text has a known form."""
    if len(texts.text) > LONGEST:
        return None
    return next((WrittenDate(texts, match) for form in FORMS if (match := re.fullmatch(form, texts.text))), None)


def to_day(date: WrittenDate, order: str) -> tuple[Any, Any]:
    """Return days since 1970-01-01, and whether the day exists. Without an order, all possible orders must agree."""
    if not date.numeric:
        month = MONTHS.get(date.match["name"].casefold(), 0) if date.has("name") else date.number("month")
        return _day_number(date.year("year"), month, date.number("day"))
    if order:
        return to_day_in_order(date, order)
    day, ok, ambiguous = _day_in_any_order(date)
    return day, ok & (ambiguous == 0)


def to_day_in_order(date: WrittenDate, order: str) -> tuple[Any, Any]:
    """Return to_day() of a numeric date whose numbers have this order."""
    if order not in date.orders:
        return date.number("first") * 0, date.number("first") < 0
    year, month, day = ORDERS[order]
    return _day_number(date.year(year), date.number(month), date.number(day))


def first_of_month(texts: OneText) -> tuple[Any, Any] | None:
    """Return to_day() of the first day of a whole month; None if the text is not one."""
    match = match_month(texts)
    if match is None:
        return None
    year, month, ok = year_and_month(texts, match)
    day, _ = _day_number(year, month * ok + (1 - ok), 1)
    return day, ok


def is_ambiguous(date: WrittenDate) -> Any:
    """Return True if a numeric date could be different days."""
    return _day_in_any_order(date)[2]


def _day_in_any_order(date: WrittenDate) -> tuple[Any, Any, Any]:
    """Return the day in the first order that fits, whether an order fits, and whether another order gives another day."""
    (day, ok), *others = (to_day_in_order(date, order) for order in date.orders)
    ambiguous = ok & (not_ok := ok == 0)  # False, in the shape of ok
    for other, other_ok in others:
        ambiguous = ambiguous | (ok & other_ok & (other != day))
        day, ok = day + (other - day) * (not_ok & other_ok), ok | other_ok
        not_ok = ok == 0
    return day, ok, ambiguous


def _day_number(year: Any, month: Any, day: Any) -> tuple[Any, Any]:
    """Convert a date of the civil calendar by arithmetic alone: eras of 400 years, years that begin in March."""
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    length = 31 - (month - 1) % 7 % 2 - (month == 2) * (2 - leap)
    ok = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= length)
    shifted = year - (month <= 2)
    era = shifted // 400
    of_era = shifted - era * 400
    of_year = (153 * (month + 9 - 12 * (month > 2)) + 2) // 5 + day - 1
    return (era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468) * ok, ok


def seconds_of(date: WrittenDate) -> tuple[Any, Any]:
    """Return the seconds since midnight, and whether the time exists."""
    hour, minute = date.number("hour"), date.number("minute")
    second = date.number("second") if date.has("second") else 0
    ok = (hour <= 23) & (minute <= 59) & (second <= 59)
    if date.has("half"):
        ok = ok & (hour >= 1) & (hour <= 12)
        hour = hour % 12 + (12 if date.match["half"] in "Pp" else 0)
    return (hour * 3600 + minute * 60 + second) * ok, ok


def offset_of(date: WrittenDate) -> tuple[Any, Any] | None:
    """Return the seconds that the written time zone is ahead of UTC, and whether it exists; None = no zone is written."""
    if date.has("zone"):
        return HOURS[date.match["zone"].upper()] * 3600, True
    if not date.has("sign"):
        return None
    hours, minutes = date.number("hours"), date.number("minutes") if date.has("minutes") else 0
    return (hours * 3600 + minutes * 60) * (1 if date.match["sign"] == "+" else -1), (hours <= 14) & (minutes <= 59)
