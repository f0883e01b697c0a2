"""Names of months in ten languages, and whole months: март 2025, 2025-03, 03.2025, Mar-25, 202503.

A name counts in full, and as its first three or four letters where these begin one month only.
"""

from __future__ import annotations

import re
from typing import Any

from custmetrics_cli.columns import LONGEST
from custmetrics_cli.columns.parsing.texts import OneText
from custmetrics_cli.core.time.calendar import FIRST_YEAR, LAST_YEAR

NAMES = tuple(
    tuple(line.split())
    for line in (
        "january february march april may june july august september october november december",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
        "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
        "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
        "jan feb mrt apr mei jun jul aug sept okt nov dez",
    )
)


def _meanings() -> dict[str, set[int]]:
    """Return the numbers of the months that each spelling may mean."""
    meanings: dict[str, set[int]] = {}
    for names in NAMES:
        for number, name in enumerate(names, 1):
            for spelling in (name, name[:3], name[:4]):
                meanings.setdefault(spelling, set()).add(number)
    return meanings


MONTHS = {spelling: min(numbers) for spelling, numbers in _meanings().items() if len(numbers) == 1}

_YEAR = r"(?P<year>[0-9]{4})"
_NUMBER = r"(?P<month>[0-9]{1,2})"
_NAME = r"(?P<name>[^\W\d_]{3,})"
_END = r"(?:\s?(?:г|год|р)\.?)?"
FORMS = (
    rf"{_YEAR}[-/.]{_NUMBER}",
    rf"{_NUMBER}[-/.]{_YEAR}",
    rf"{_YEAR}(?P<month>[0-9]{{2}})",
    rf"(?i){_NAME}\.?[-\s,]{{0,2}}{_YEAR}{_END}",
    rf"(?i){_YEAR}[-\s]{_NAME}\.?",
    rf"(?i){_NAME}[-.'\u2019](?P<year>[0-9]{{2}}){_END}",
)


def match_month(texts: OneText) -> re.Match[str] | None:
    """Return the parts of a whole month, if the text has the form of one."""
    if len(texts.text) > LONGEST:
        return None
    return next((match for form in FORMS if (match := re.fullmatch(form, texts.text)) and _has_month(match)), None)


def _has_month(match: re.Match[str]) -> bool:
    return "name" not in match.re.groupindex or match["name"].casefold() in MONTHS


def year_and_month(texts: OneText, match: re.Match[str]) -> tuple[Any, Any, Any]:
    """Return the year, the month, and whether the month exists."""
    year = texts.number(*match.span("year"))
    if len(match["year"]) == 2:
        year = year + 1900 + 100 * (year < 70)
    month = MONTHS[match["name"].casefold()] if "name" in match.re.groupindex else texts.number(*match.span("month"))
    return year, month, (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12)


def form_of_month(match: re.Match[str]) -> str:
    """Describe the form of a whole month.

    >>> form_of_month(match_month(OneText("03.2025"))), form_of_month(match_month(OneText("März 2025")))
    ('mm.yyyy (whole months)', 'month yyyy (whole months)')
    """
    text = match[0]
    part = "name" if "name" in match.re.groupindex else "month"
    spans = sorted([(*match.span("year"), "y" * len(match["year"])), (*match.span(part), "month" if part == "name" else "mm")])
    for start, end, word in reversed(spans):
        text = f"{text[:start]}{word}{text[end:]}"
    return f"{text} (whole months)"
