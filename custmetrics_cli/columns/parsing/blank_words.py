"""What stands in cells where there is nothing to say, as exports and databases write it.

Of columns whose cells are numbers; in ids and words, and in states, every text says something: NA is an id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

NOTHING = (
    *("-", "--", "–", "—", "n/a", "null", "(null)", "\\n", "none", "nil", "nan", "nat", "undefined", "(not set)", "(none)", "не закрыта"),
    *("0000-00-00", "0000-00-00 00:00", "0000-00-00 00:00:00", "0000-00-00t00:00:00"),
)  # in small letters


def emptied(text: str) -> str:
    """A stripped text, '' where it says nothing.

    >>> emptied("N/A"), emptied("-5")
    ('', '-5')
    """
    return "" if text.lower() in NOTHING else text


def emptied_all(texts: pa.StringArray) -> pa.StringArray:
    """emptied() of each of many texts."""
    import pyarrow as pa
    import pyarrow.compute as pc

    nothing = pc.is_in(pc.utf8_lower(texts), value_set=pa.array(NOTHING))
    return pc.if_else(nothing, "", texts) if pc.any(nothing).as_py() else texts
