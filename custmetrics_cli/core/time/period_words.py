"""Periods as people write them, in English and Russian: «3 квартал 2026», «апрель 2022», 04.2022, since 2021.

Each is rewritten to a form that period_text reads. A text that could mean two periods stays as it is: 04/05/2022.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Match = re.Match[str]

RUSSIAN_MONTHS = ["янв", "фев", "мар", "апр", "ма[йя]", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
RUSSIAN_UNITS = {
    "день|дня|дней|сутки|суток": "day",
    "недел": "week",
    "месяц": "month",
    "квартал": "quarter",
    "полугоди": "half",
    "год|лет": "year",
}
RUSSIAN_WHICH = "(?P<which>(?:прошл|этот|эту|это|текущ|предыдущ|последн)[а-я]*)"
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
YEAR = r"(?P<year>[0-9]{4})(?: ?(?:г\.?|год[а]?|year))?"
NUMBER = r"(?P<number>[1-4]|i{1,3}|iv)(?:-?(?:й|ый|ой|е|ое|st|nd|rd|th))?"
QUARTER, HALF = r"(?:кв(?:артал)?[а]?\.?|quarter|qtr\.?)", r"(?:полугоди[ея]|п/г|half)"
PLAIN = re.compile("[0-9]{4}(?:-(?:q[1-4]|h[12]|[0-9]{2}(?:-[0-9]{2})?))?")
ALL = re.compile("all|all time|everything|все|всё|за всё время|за все время|всё время|все время")
SINCE = re.compile(r"(?:since|from|с|начиная с) (?P<first>.+)")
DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}"


def plain(text: str) -> str:
    """Return the form that period_text reads. text: in small letters, with single spaces.

    >>> [plain(text) for text in ("3 квартал 2026", "ii кв. 2022 г.", "апреля 2022", "04.2022", "202204", "5 апр. 2022")]
    ['2026-q3', '2022-q2', '2022-04', '2022-04', '2022-04', '2022-04-05']
    >>> [plain(text) for text in ("2022-04-01 to 2022-06-30", "с 01.04.2022 по 30.06.2022", "последние 3 месяца", "04/05/2022")]
    ['2022-04-01..2022-06-30', '2022-04-01..2022-06-30', 'last-3-months', '04/05/2022']
    """
    if PLAIN.fullmatch(text):
        return text  # most are: do not compile every other form
    first, between, last = _sides(text)
    return f"{_plain(first)}..{_plain(last)}" if between else _plain(first)


def all_since(text: str) -> str | None:
    """Return the period with whose first day "since 2021" begins, "" for all days, None for a period with an end.

    >>> all_since("since 2021"), all_since("All"), all_since("2021")
    ('2021', '', None)
    """
    text = " ".join(text.casefold().split())
    if ALL.fullmatch(text):
        return ""
    since = SINCE.fullmatch(text)
    return since["first"] if since and not _sides(text)[1] else None


def _sides(text: str) -> tuple[str, bool, str]:
    """Split a range into its sides."""
    for form in (
        r"(.+?) ?\.\. ?(.+)",
        r"(?:from |с |between )?(.+?) (?:to|until|till|through|and|по|до|[-\u2013\u2014]) (.+)",
        f"({DATE})[-:\u2013\u2014]({DATE})",
    ):
        if match := re.fullmatch(form, text):
            return match[1], True, match[2]
    return text, False, ""


def _plain(text: str) -> str:
    return next((write(match) for form, write in FORMS.items() if (match := re.fullmatch(form, text))), text)


def _part(letter: str) -> Callable[[Match], str]:
    return lambda match: f"{match['year']}-{letter}{ROMAN.get(match['number'], match['number'])}"


def _month(match: Match) -> str:
    return f"{match['year']}-{int(match['month']):02d}"


def _day(match: Match) -> str:
    return f"{_month(match)}-{int(match['day']):02d}"


def _named(match: Match) -> str:
    """Write a month by its number, with the day before it."""
    number = next(number for number, start in enumerate(RUSSIAN_MONTHS, 1) if re.match(start, match["name"]))
    day = match["day"]
    return f"{match['year']}-{number:02d}" + (f"-{int(day):02d}" if day else "")


def _relative(match: Match) -> str:
    unit = next(english for forms, english in RUSSIAN_UNITS.items() if re.match(forms, match["unit"]))
    if match["count"]:
        return f"last-{match['count']}-{unit}s"
    return f"{'this' if match['which'].startswith(('эт', 'тек')) else 'last'}-{unit}"


FORMS: dict[str, Callable[[Match], str]] = {
    f"(?:за )?{YEAR}": lambda match: match["year"],
    f"{NUMBER} ?{QUARTER} {YEAR}": _part("q"),
    f"{QUARTER} ?{NUMBER} {YEAR}": _part("q"),
    f"{YEAR} {NUMBER} ?{QUARTER}": _part("q"),
    f"{NUMBER} ?{HALF} {YEAR}": _part("h"),
    f"{HALF} ?{NUMBER} {YEAR}": _part("h"),
    rf"(?:(?P<day>[0-9]{{1,2}}) )?(?P<name>(?:{'|'.join(RUSSIAN_MONTHS)})[а-я]*)\.?,? {YEAR}": _named,
    r"(?P<month>0?[1-9]|1[0-2])[./](?P<year>[0-9]{4})": _month,
    r"(?P<year>[0-9]{4})[./](?P<month>0?[1-9]|1[0-2])": _month,
    r"(?P<year>1[89][0-9]{2}|2[01][0-9]{2})(?P<month>0[1-9]|1[0-2])": _month,
    r"(?P<year>[0-9]{4})[./](?P<month>[0-9]{2})[./](?P<day>[0-9]{2})": _day,
    r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})": _day,  # dots mean day.month.year wherever they are used
    r"(?P<name>[a-z]+)\.?, (?P<year>[0-9]{4})": lambda match: f"{match['name']} {match['year']}",
    rf"{RUSSIAN_WHICH} (?:(?P<count>[0-9]+) )?(?P<unit>(?:{'|'.join(RUSSIAN_UNITS)})[а-я]*)": _relative,
    r"(?:the )?(?:past|previous|prior) (?P<rest>.+)": lambda match: f"last {match['rest']}",
    r"the (?P<rest>(?:last|this) .+)": lambda match: match["rest"],
    "вчера": lambda match: "yesterday",
    "сегодня": lambda match: "today",
    "с начала года": lambda match: "ytd",
    "с начала квартала": lambda match: "qtd",
    "с начала месяца": lambda match: "mtd",
}
