"""Words of cells as presets write them: case, spaces, dashes, underscores and full stops make no difference, and * is anything.

A word without letters is compared as it stands: 1.5 is not 15, and a dash is not nothing.
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


def translation(text: str, column: str, preset: Preset | None) -> str:
    """One stripped cell in the words that are read."""
    said = preset.words.get(column) if preset else None
    return _translated(text, *_spellings(tuple(said.items()))) if said else text


def says_nothing(text: str, column: str, layout: Layout) -> bool:
    """Whether a stripped cell of a column is empty, or says that there is nothing to say."""
    read, declared = translation(text, column, layout.preset), layout.table.by_name.get(column)
    return not (drop_blank_word(read) if declared and declared.kind.can_fail else read)


def is_word(text: str, word: str) -> bool:
    """Whether a cell says a word as a preset writes it, where * is anything.

    >>> is_word("44.01", "44*"), is_word("Closed Won", "closedwon"), is_word("", ""), is_word("-", ""), is_word("1.5", "15")
    (True, True, True, False, False)
    >>> is_word("-12.50", "-*"), is_word("12.50", "-*")
    (True, False)
    """
    return saying((word,))(text)


@lru_cache(maxsize=256)
def saying(words: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether a cell says one of these words."""
    spelled, plain = (_pattern(each) for each in (tuple(filter(_lettered, words)), tuple(word for word in words if not _lettered(word))))
    return lambda text: bool(plain(text) or spelled(simplify(text)))


def _pattern(words: Iterable[str]) -> Callable[[str], object]:
    forms = [translate((simplify(word) if _lettered(word) else word).replace("[", "[[]").replace("?", "[?]")) for word in words]
    return re.compile("|".join(forms)).match if forms else lambda text: False


def _translated(text: str, exact: Mapping[str, str], spelled: Mapping[str, str]) -> str:
    return exact[text] if text in exact else spelled.get(simplify(text), text) if spelled else text


@lru_cache(maxsize=256)
def _spellings(said: tuple[tuple[str, str], ...]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The same words as they stand, and as they are simplified."""
    return dict(said), {simplify(word): other for word, other in reversed(said) if _lettered(word)}


def _lettered(word: str) -> bool:
    return any(map(str.isalpha, word))
