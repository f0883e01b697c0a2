"""Split a header into words, and compare them with the words of a role."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from custmetrics_cli.ingest.recognise.headers import normalise
from custmetrics_cli.tables.shared.column import Column
from custmetrics_cli.tables.shared.header_words import HeaderWords

MOST_WORDS = 12  # a longer header is a sentence, or a whole line that was not split
LONGEST = 500  # characters of a header that are compared; a longer one is a cell or a damaged file
CAMEL = re.compile(r"(?<=[a-zа-яё0-9])(?=[A-ZА-ЯЁ])")
WORD = re.compile(r"[^\W_]+|#")
PREFIX = re.compile(r"^.*(?: - |:\s*|\.)(?=.)")
NAMED = -1  # a better rank than any word
LAST_BRACKET = re.compile(r"(?<!\s)\s*+[(\[][^()\[\]]*+[)\]]\s*+$")


@lru_cache(maxsize=4096)
def split_words(header: str) -> tuple[str, ...]:
    """Return the words of a header, in lower case.

    >>> split_words("billingCycle (months)"), split_words("plan.interval_count"), split_words("Период оплаты")
    (('billing', 'cycle', 'months'), ('plan', 'interval', 'count'), ('период', 'оплаты'))
    """
    text = CAMEL.sub(" ", unicodedata.normalize("NFKC", header[:LONGEST])).casefold().replace("ё", "е")
    return tuple(WORD.findall(text))


@lru_cache(maxsize=4096)
def rank_of(header: str, role: HeaderWords) -> int | None:
    """Return the best rank that a header has for a role; None if it has none, or a foreign word."""
    header = header[:LONGEST]
    name = header if role.keeps_bracket else LAST_BRACKET.sub("", header)
    words, below_prefix = split_words(name), split_words(PREFIX.sub("", name))
    if len(words) > MOST_WORDS or role.foreign.are_in(words):
        return None
    spellings = dict.fromkeys((words, below_prefix))
    return next((rank for rank, phrases in enumerate(role.ranks) for each in spellings if phrases.are_in(each, role.fillers)), None)


@lru_cache(maxsize=4096)
def rank_for(header: str, column: Column) -> int | None:
    """Return the rank of a header for a column; -1 if it is a name of the column below a prefix or before a bracket."""
    if column.words and has_foreign_word(header, column.words):
        return None
    header = header[:LONGEST]
    bare = LAST_BRACKET.sub("", PREFIX.sub("", header))
    if bare != header and normalise(bare) in {normalise(name) for name in column.names}:
        return NAMED
    return rank_of(header, column.words) if column.words else None


def has_foreign_word(header: str, role: HeaderWords) -> bool:
    return role.foreign.are_in(split_words(header))
