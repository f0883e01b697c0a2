"""Words in messages that depend on a number."""

from __future__ import annotations


def plural(count: int, noun: str, nouns: str = "") -> str:
    """Return the count with its noun: nouns is the plural where it is not noun + s.

    >>> plural(1, "row"), plural(1203, "row"), plural(0, "currency", "currencies")
    ('1 row', '1,203 rows', '0 currencies')
    """
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"
