"""Signs of a table in headers that are not its columns: a file with campaigns and clicks is a list of costs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from custmetrics_cli.ingest.recognise.roles.words import split_words
from custmetrics_cli.tables.words.events import SIGNS, TABLE_OF_SIGNS

CLEAR = 2  # more headers with a sign of one table than of another


@lru_cache(maxsize=256)
def count_signs(headers: tuple[str, ...], file: str) -> Mapping[str, int]:
    """Return the headers, and the name of the file, that have a sign of each table."""
    texts = [split_words(text) for text in (*headers, file.rpartition("/")[2].partition(".")[0])]
    counts = {group: sum(signs.are_in(words) for words in texts) for group, signs in SIGNS.items()}
    return {table: counts[group] for table, group in TABLE_OF_SIGNS.items()}


def is_clearer(table: str, other: str, signs: Mapping[str, int]) -> bool:
    """Return whether the signs of one table are clearly more than those of another: two more, and twice as many."""
    mine, theirs = signs.get(table, 0), signs.get(other, 0)
    return mine >= theirs + CLEAR and mine >= CLEAR * theirs
