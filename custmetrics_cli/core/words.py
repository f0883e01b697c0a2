"""Words of messages."""

from __future__ import annotations


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun. many: the plural, where it is not `one` with an s.

    >>> plural(1, "row"), plural(2, "row"), plural(1_000, "row"), plural(0, "entry", "entries")
    ('1 row', '2 rows', '1,000 rows', '0 entries')
    >>> plural(1, "row is", "rows are"), plural(3, "row is", "rows are")
    ('1 row is', '3 rows are')
    """
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
