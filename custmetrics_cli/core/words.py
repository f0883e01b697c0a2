"""Words of a sentence that depend on a number."""

from __future__ import annotations


def plural(count: int, noun: str, nouns: str = "") -> str:
    """Return a count with its noun in the right number.

    >>> plural(1, "row"), plural(2, "row"), plural(1_000, "row"), plural(2, "day of it", "days of it")
    ('1 row', '2 rows', '1,000 rows', '2 days of it')
    """
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"
