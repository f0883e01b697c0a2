"""How dates and times are written, and what they say: regular expressions, and arithmetic for one text or many.

Nothing here depends on the host's locale. Dates with dots have the day first (no locale writes m.d.y with dots); dates
with slashes or dashes that do not begin with a year of four digits need an order: dmy, mdy, or, when the year has two
digits, ymd. Years of two digits are 1970 to 2069. No expression depends on which digit it sees (_texts.py says why).
"""

from __future__ import annotations

import re
from typing import Any

from custmetrics_cli.columns._texts import LONGEST, OneText
from custmetrics_cli.columns._zones import HOURS
from custmetrics_cli.core.time.calendar import FIRST_YEAR, LAST_YEAR

ORDERS = {"dmy": ("last", "middle", "first"), "mdy": ("last", "first", "middle"), "ymd": ("first", "middle", "last")}
ENGLISH = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
RUSSIAN = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"]
NOMINATIVE = ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"]
MONTHS = {name[:size]: i for names in (ENGLISH, RUSSIAN, NOMINATIVE) for i, name in enumerate(names, 1) for size in (3, 4, 99)}

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
FORMS = tuple(f"(?i){date}{_TIME}" for date in _DATES)  # compiled when met: most exports have one of them


class Written:
    """A date as it is written: its parts by name, as whole numbers or arrays of them."""

    def __init__(self, texts: OneText, match: re.Match[str]) -> None:
        self.texts = texts
        self.match = match
        self.numeric = "first" in match.re.groupindex  # its order is not said by the way it is written
        self._numbers: dict[str, Any] = {}

    def says(self, part: str) -> bool:
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
        """The orders in which it could be meant. A year of two digits is taken to stand first only before a dash."""
        return ("dmy", "mdy", "ymd") if self.match["mark"] == "-" and len(self.match["last"]) == 2 else ("dmy", "mdy")


def written(texts: OneText) -> Written | None:
    """What is written, if it is a date in any known form."""
    if len(texts.text) > LONGEST:
        return None
    return next((Written(texts, match) for form in FORMS if (match := re.fullmatch(form, texts.text))), None)


def date(w: Written, order: str) -> tuple[Any, Any]:
    """Days since 1970-01-01, and whether it is a day. order "": read only where all orders that are possible agree."""
    if not w.numeric:
        month = MONTHS.get(w.match["name"].casefold(), 0) if w.says("name") else w.number("month")
        return _day_number(w.year("year"), month, w.number("day"))
    if order:
        return ordered(w, order)
    found, ok, several = _either(*(ordered(w, each) for each in w.orders))
    return found, ok & (several == 0)


def _either(*readings: tuple[Any, Any]) -> tuple[Any, Any, Any]:
    """The first reading that is a day, whether there is one, and whether another one differs from it."""
    found, ok = readings[0]
    several = ok & (not_ok := ok == 0)  # never, in the shape of ok
    for other, fine in readings[1:]:
        several = several | (ok & fine & (other != found))
        found, ok = found + (other - found) * (not_ok & fine), ok | fine
        not_ok = ok == 0
    return found, ok, several


def ordered(w: Written, order: str) -> tuple[Any, Any]:
    """date() of a numeric date read in a given order."""
    if order not in w.orders:
        return w.number("first") * 0, w.number("first") < 0
    year, month, day = ORDERS[order]
    return _day_number(w.year(year), w.number(month), w.number(day))


def several(w: Written) -> Any:
    """Whether a numeric date could be different days."""
    return _either(*(ordered(w, each) for each in w.orders))[2]


def _day_number(year: Any, month: Any, day: Any) -> tuple[Any, Any]:
    """The civil calendar by arithmetic alone (era, year of era, day of a year that begins in March)."""
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    length = 31 - (month - 1) % 7 % 2 - (month == 2) * (2 - leap)
    ok = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= length)
    shifted = year - (month <= 2)
    era = shifted // 400
    of_era = shifted - era * 400
    of_year = (153 * (month + 9 - 12 * (month > 2)) + 2) // 5 + day - 1
    return (era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468) * ok, ok


def clock(w: Written) -> tuple[Any, Any]:
    """Seconds since midnight, and whether there is such a time of day."""
    hour, minute = w.number("hour"), w.number("minute")
    second = w.number("second") if w.says("second") else 0
    ok = (hour <= 23) & (minute <= 59) & (second <= 59)
    if w.says("half"):
        ok = ok & (hour >= 1) & (hour <= 12)
        hour = hour % 12 + (12 if w.match["half"] in "Pp" else 0)
    return (hour * 3600 + minute * 60 + second) * ok, ok


def ahead(w: Written) -> tuple[Any, Any] | None:
    """Seconds that the zone written beside the time is ahead of UTC, and whether a zone can be; None: no zone."""
    if w.says("zone"):
        return HOURS[w.match["zone"].upper()] * 3600, True
    if not w.says("sign"):
        return None
    hours, minutes = w.number("hours"), w.number("minutes") if w.says("minutes") else 0
    return (hours * 3600 + minutes * 60) * (1 if w.match["sign"] == "+" else -1), (hours <= 14) & (minutes <= 59)
