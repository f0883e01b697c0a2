"""Words that agree with a number."""

from __future__ import annotations


def plural(count: int, noun: str, nouns: str = "") -> str:
    """Return a count with its noun in the right form. nouns: the irregular plural.

    >>> plural(1, "row"), plural(2, "row"), plural(1000, "row"), plural(3, "entry", "entries")
    ('1 row', '2 rows', '1,000 rows', '3 entries')
    """
    return f"{count:,} {noun if count == 1 else nouns or f'{noun}s'}"
