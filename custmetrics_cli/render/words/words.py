"""The words and numbers of one language.

A new language is one file beside this one: a catalogue with the keys of en.toml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custmetrics_cli.render import numbers

if TYPE_CHECKING:
    from fractions import Fraction

    from custmetrics_cli.core.formula import Number

FOLDER = Path(__file__).parent
LANGUAGES = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


TWO = 2  # forms of a noun in English
MARK = re.compile(r"(?<=[0-9])[,.](?=[0-9])")
PERIOD = re.compile(r"(?P<year>[0-9]{4})-(?:Q(?P<quarter>[1-4])|(?P<month>[0-9]{2}))")


def _slavic(count: int) -> int:
    """Return the number of the form: one, few or many."""
    tens, ones = count // 10 % 10, count % 10
    if tens == 1 or ones == 0 or ones >= 5:
        return 2
    return 0 if ones == 1 else 1


def _parts(day: date) -> dict[str, str]:
    return {"year": f"{day.year:04}", "month": f"{day.month:02}", "day": f"{day.day:02}"}


@cache
def _catalogue(language: str) -> Mapping[str, Mapping[str, Any]]:
    import tomllib

    return tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))


class Words:
    """The texts of one language, with numbers written as that language writes them."""

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self._texts = _catalogue(language)

    def __call__(self, key: str, **parts: str) -> str:
        """Return the text of a key such as page.report, with its parts filled in.

        >>> Words()("page.of", title="Acme", period="2022")
        'Acme, 2022'
        """
        table, _, name = key.partition(".")
        return str(self._texts[table][name]).format_map(parts)

    def name(self, table: str, key: str, default: str) -> str:
        """Return the name of a metric, a total or a family in this language."""
        return str(self._texts.get(table, {}).get(key, default))

    def value(self, value: Fraction | float | None, unit: str, currency: str | None = None) -> str:
        return self.number(numbers.value_text(value, unit, currency))

    def difference(self, value: Fraction | float | None, unit: str, currency: str | None = None) -> str:
        """Return a difference. The difference of two shares is in points of percent, which some languages name."""
        text = numbers.difference_text(value, unit, currency)
        if unit == "ratio" and text.endswith(" points"):
            return f"{self._digits(text.removesuffix(' points'))} {self('number.share_points')}"
        return self.number(text)

    def interval(self, low: float, high: float, unit: str, currency: str | None = None) -> str:
        first, to, last = numbers.interval_text(low, high, unit, currency).partition(" to ")
        return self("number.between", low=self.number(first), high=self.number(last)) if to else self.number(first)

    def total(self, value: Number, unit: str, currency: str | None = None) -> str:
        return self.number(numbers.total_text(value, unit, currency))

    def count(self, count: int) -> str:
        return self.number(f"{count:,}")

    def plural(self, count: int, noun: str) -> str:
        """Return a count with its noun in the right form.

        >>> [Words("ru").plural(count, "row") for count in (1, 3, 5, 11, 21, 112)]
        ['1 строка', '3 строки', '5 строк', '11 строк', '21 строка', '112 строк']
        >>> Words().plural(1, "row"), Words().plural(2, "row")
        ('1 row', '2 rows')
        """
        forms = self._texts["plural"][noun]
        return f"{self.count(count)} {forms[_slavic(count) if len(forms) > TWO else min(abs(count - 1), 1)]}"

    def number(self, text: str) -> str:
        """Return a number, written in English, as this language writes it: its digits and the word of its unit.

        >>> Words("ru").number("1,234.56 EUR"), Words("ru").number("16.5 months")
        ('1\\xa0234,56 EUR', '16,5 мес.')
        """
        for english, own in self._texts["unit"].items():
            if text.endswith(f" {english}") or text == english:
                text = text.removesuffix(english) + own
            elif text.startswith(f"{english} "):
                text = own + text.removeprefix(english)
        return self._digits(text)

    def _digits(self, text: str) -> str:
        marks = {",": self("number.thousands"), ".": self("number.decimal")}
        return MARK.sub(lambda mark: marks[mark[0]], text)

    def days(self, start: date, end: date) -> str:
        """Return a half-open span of days with its last day included."""
        last = end - timedelta(days=1)
        first_text, last_text = (self("date.day", **_parts(each)) for each in (start, last))
        return first_text if last <= start else self("date.days", first=first_text, last=last_text)

    def period(self, name: str) -> str:
        """Return the name of a period, such as 2022-Q2 or 2022-04; other names stay.

        >>> Words("ru").period("2022-Q2"), Words("ru").period("2022-04"), Words("ru").period("2022")
        ('2 кв. 2022', '04.2022', '2022')
        """
        match = PERIOD.fullmatch(name)
        if not match:
            return name
        kind = "quarter" if match["quarter"] else "month"
        return self(f"date.{kind}", year=match["year"], quarter=match["quarter"] or "", month=match["month"] or "")

    def sentence(self, text: str) -> str:
        """Return a message as the start of a sentence.

        >>> Words().sentence("the file is empty")
        'The file is empty'
        """
        return text[:1].upper() + text[1:]

    def listed(self, parts: Sequence[str]) -> str:
        """Return parts as a list in a sentence.

        >>> Words().listed(["a", "b", "c"]), Words().listed(["a"])
        ('a, b and c', 'a')
        """
        *firsts, last = parts
        return self("change.and", first=", ".join(firsts), last=last) if firsts else last
