"""Read the months that headers and cells name: Jan-26, янв. 2026, 2026-01, MRR Jan 26, 2026-01-31."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from custmetrics_cli.columns import ColumnFormat, UnreadableCell
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.parsing.months import MONTHS, match_month, year_and_month
from custmetrics_cli.columns.parsing.texts import OneText
from custmetrics_cli.core.time.calendar import day_of, month_after
from custmetrics_cli.tables.words.snapshots import MEASURES

ORDERS = ("", "dmy", "mdy", "ymd")
MOST = 1200  # distinct texts: a hundred years of months
BRACKET = re.compile(r"(?<!\s)\s*+[(\[][^()\[\]]*+[)\]]\s*+$")
SHORT_YEAR = re.compile(r"(?P<name>[^\W\d_]{3,})\.?[\s_]['\u2019]?(?P<year>[0-9]{2})")
YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})[\s_]?[Mm]?[\s_]?(?P<month>[0-9]{2})")


def month_of(text: str) -> date | None:
    """Return the first day of the month that a header names; None if it names none.

    >>> [str(month_of(text)) for text in ("MRR Jan 26", "янв. 2026", "2026_01", "Feb-26 (USD)", "Plan")]
    ['2026-01-01', '2026-01-01', '2026-01-01', '2026-02-01', 'None']
    """
    words = [word for word in re.split(r"[\s,]+|_(?=\D)|(?<=\D)_", BRACKET.sub("", text)) if word and not MEASURES.matches(word.casefold())]
    return _month(" ".join(words)) if words else None


def _month(text: str) -> date | None:
    one = OneText(text)
    if match := match_month(one):
        year, month, exists = year_and_month(one, match)
        return date(year, month, 1) if exists else None
    if (match := SHORT_YEAR.fullmatch(text)) and (number := MONTHS.get(match["name"].casefold())):
        return date(2000 + int(match["year"]), number, 1)
    if (match := YEAR_FIRST.fullmatch(text)) and 1 <= int(match["month"]) <= 12:
        return date(int(match["year"]), int(match["month"]), 1)
    return None


def is_month_name(text: str) -> bool:
    """Return whether a text is a month without its year.

    >>> is_month_name("Jan"), is_month_name("Sept."), is_month_name("Mai 2026")
    (True, True, False)
    """
    return text.strip(" .").casefold() in MONTHS


def months_of(texts: Iterable[str], order: str = "") -> Mapping[str, date]:
    """Return the first day of the month of each text. {} if a text has none, or if two days lie in one month.

    The order of a date is the only one in which each month has one day. order: the user's own.

    >>> [str(month) for month in months_of(["1/2/2026", "1/3/2026"]).values()]
    ['2026-02-01', '2026-03-01']
    """
    distinct = dict.fromkeys(texts)
    if not distinct or len(distinct) > MOST:
        return {}
    months = {text: found for text in distinct if (found := month_of(text))}
    rest = [text for text in distinct if text not in months]
    readings = [days for each in ([order] if order else ORDERS) if (days := days_of(rest, each)) is not None] if rest else [{}]
    read = [months | {text: month_after(day, 0) for text, day in days.items()} for days in readings]
    fitting = [each for each in read if len({*each.values()}) == len(distinct)]
    return fitting[0] if fitting and all(each == fitting[0] for each in fitting) else {}


def days_of(texts: Iterable[str], order: str) -> Mapping[str, date] | None:
    """Return the day of each text; None if one is not a day in this order."""
    try:
        return {text: day_of(int(DAY.read_cell(text, ColumnFormat(order=order)))) for text in texts}
    except UnreadableCell:
        return None
