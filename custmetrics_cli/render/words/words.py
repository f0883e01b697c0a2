"""The words and numbers of one language.

A new language is one file beside this one: a catalogue with the keys of en.toml.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custmetrics_cli.render import numbers

if TYPE_CHECKING:
    from fractions import Fraction

    from custmetrics_cli.core.formula import Number

FOLDER = Path(__file__).parent
LANGUAGES = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def _catalogue(language: str) -> Mapping[str, Mapping[str, str]]:
    import tomllib

    return tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))


class Words:
    """The texts of one language, with numbers written as that language writes them."""

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self._texts = _catalogue(language)

    def __call__(self, key: str, **parts: str) -> str:
        """Return the text of a key such as page.report, with its parts filled in.

        >>> Words()("text.to", first="1", last="2")
        '1 to 2'
        """
        table, _, name = key.partition(".")
        return self._texts[table][name].format_map(parts)

    def name(self, table: str, key: str, default: str) -> str:
        """Return the name of a metric, a total or a family in this language."""
        return self._texts.get(table, {}).get(key, default)

    def value(self, value: Fraction | float | None, unit: str, currency: str | None = None) -> str:
        return self.number(numbers.value_text(value, unit, currency))

    def difference(self, value: Fraction | float | None, unit: str, currency: str | None = None) -> str:
        return self.number(numbers.difference_text(value, unit, currency))

    def interval(self, low: float, high: float, unit: str, currency: str | None = None) -> str:
        return self.number(numbers.interval_text(low, high, unit, currency))

    def total(self, value: Number, unit: str) -> str:
        return self.number(numbers.total_text(value, unit))

    def count(self, count: int) -> str:
        return self.number(f"{count:,}")

    def number(self, text: str) -> str:
        """Return a number, written in English, as this language writes it."""
        return text

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

    def all_texts(self) -> Mapping[str, Any]:
        return self._texts
