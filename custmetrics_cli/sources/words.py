"""Words of cells as presets write them: case, spaces, dashes and underscores make no difference, and * is anything."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache

from custmetrics_cli.columns._words import spelt
from custmetrics_cli.presets import Preset


def translation(text: str, column: str, preset: Preset | None) -> str:
    """One stripped cell in the words that are read."""
    said = preset.words.get(column, {}) if preset else {}
    return next((other for word, other in said.items() if word == text or (spelt(text) and spelt(word) == spelt(text))), text)


@lru_cache(maxsize=65536)
def is_word(text: str, word: str) -> bool:
    """Whether a cell says a word as a preset writes it, where * is anything.

    >>> is_word("44.01", "44*"), is_word("Closed Won", "closedwon"), is_word("", ""), is_word("-", "")
    (True, True, True, False)
    >>> is_word("-12.50", "-*"), is_word("12.50", "-*")
    (True, False)
    """
    same = fnmatchcase(text.casefold(), _pattern(word.casefold()))
    return same or (bool(spelt(word).strip("*")) and fnmatchcase(spelt(text), _pattern(spelt(word))))


def _pattern(word: str) -> str:
    return word.replace("[", "[[]").replace("?", "[?]")
