"""Words of cells as presets write them: case, spaces, dashes, underscores and full stops make no difference, and * is any text.

A word without letters is compared exactly: 1.5 is not 15, and a dash is not an empty cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from fnmatch import translate
from functools import lru_cache

from custmetrics_cli.columns.parsing.blank_words import drop_blank_word
from custmetrics_cli.columns.parsing.words import simplify
from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.presets._preset import Preset


def translate_text(text: str, column: str, preset: Preset | None) -> str:
    """Return a stripped cell with the preset's word for it replaced by ours."""
    words = preset.words.get(column) if preset else None
    if not words:
        return text
    exact, spelled = _translations(tuple(words.items()))
    return exact[text] if text in exact else spelled.get(simplify(text), text) if spelled else text


def is_empty(text: str, column: str, layout: Layout) -> bool:
    """Return whether a stripped cell of a column has no value, like n/a in a column of days."""
    value, declared = translate_text(text, column, layout.preset), layout.table.by_name.get(column)
    return not (drop_blank_word(value) if declared and declared.kind.can_fail else value)


def matches(text: str, word: str) -> bool:
    """Return whether a cell matches a word of a preset.

    >>> matches("44.01", "44*"), matches("Closed Won", "closedwon"), matches("", ""), matches("-", ""), matches("1.5", "15")
    (True, True, True, False, False)
    >>> matches("-12.50", "-*"), matches("12.50", "-*")
    (True, False)
    """
    return matcher((word,))(text)


@lru_cache(maxsize=256)
def matcher(words: tuple[str, ...]) -> Callable[[str], bool]:
    """Return a function that tells whether a cell matches one of these words."""
    spelled = _pattern(simplify(word) for word in words if _has_letters(word))
    exact = _pattern(word for word in words if not _has_letters(word))
    return lambda text: bool(exact(text) or spelled(simplify(text)))


def _pattern(words: Iterable[str]) -> Callable[[str], object]:
    patterns = [translate(word.replace("[", "[[]").replace("?", "[?]")) for word in words]  # * is the only wildcard
    return re.compile("|".join(patterns)).match if patterns else lambda text: False


@lru_cache(maxsize=256)
def _translations(words: tuple[tuple[str, str], ...]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the preset's words with their translations, as they are written and as they are spelt."""
    return dict(words), {simplify(word): other for word, other in reversed(words) if _has_letters(word)}


def _has_letters(word: str) -> bool:
    return any(map(str.isalpha, word))
