"""Words of a fixed list, in the spellings people use: read as the number of the word in the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from custmetrics_cli.columns import ParsedColumn

if TYPE_CHECKING:
    import pyarrow as pa


def spelt(text: str) -> str:
    """Case, spaces, dashes, underscores, full stops and the dots of ё make no difference.

    >>> spelt("Past-Due"), spelt("отключён")
    ('pastdue', 'отключен')
    """
    return "".join(c for c in text.casefold().replace("ё", "е") if c not in " -_.\u00a0")


def spellings(words: Mapping[str, str], order: tuple[str, ...]) -> dict[str, int]:
    """{word: 'spelling, spelling, …'} turned about: {spelling: number of the word}."""
    return {spelt(each): order.index(word) for word, known in words.items() for each in (word, *known.split(","))}


def column(texts: pa.StringArray, number: Callable[[str], int]) -> ParsedColumn:
    """The numbers of the words; -1 = cannot be read."""
    import numpy as np

    found = np.fromiter(map(number, texts.to_pylist()), np.int64, len(texts))
    return ParsedColumn(np.maximum(found, 0), found >= 0)
