"""Words of messages."""

from __future__ import annotations

import re

DIGITS = re.compile(r"([0-9]{1,15}+)")


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts names by their words and by their numbers.

    >>> sorted(["segment 10", "segment 2", "a", ""], key=natural)
    ['', 'a', 'segment 2', 'segment 10']
    """
    parts = DIGITS.split(text)
    return *((int(part), "") if at % 2 else (-1, part) for at, part in enumerate(parts)), (-1, text)


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun. many: the plural, where it is not `one` with an s.

    >>> plural(1, "row"), plural(2, "row"), plural(1_000, "row"), plural(0, "entry", "entries")
    ('1 row', '2 rows', '1,000 rows', '0 entries')
    >>> plural(1, "row is", "rows are"), plural(3, "row is", "rows are")
    ('1 row is', '3 rows are')
    """
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
