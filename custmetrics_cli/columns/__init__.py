"""The kinds of column. Each reads text twice: one cell (to explain) and a whole column (to compute).

Both readings give the same whole number for the same text; tests hold them against each other.
Numbers in frames are never null: an empty cell takes its column's `empty` value (tables/).
Days are numbers of days since 1970-01-01; money is whole hundredths; words are codes in name order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    import numpy as np
    import pyarrow as pa

FAR = 3_000_000  # a day that never comes: an open end


class Reading(NamedTuple):
    """What was decided about a column's texts before they are read; the same for every file of a table."""

    order: str = ""  # of slashed and dashed dates: "dmy", "mdy"; "" = not needed or not known
    decimal: str = ""  # ".", ","; "" = not needed or not known
    tz: ZoneInfo | None = None  # the reporting zone; None = UTC
    zone: str = ""  # of values that carry a time but no zone; "" = already in the reporting zone
    shifts: bool = True  # False: the column holds only midnights, which never move
    end: bool = False  # 23:59 or later means the next day
    inclusive: bool = False  # the last day served: read as the day after


class Column(NamedTuple):
    """A column read: whole numbers (or text, unchanged), and which cells could be read."""

    values: np.ndarray[Any, Any]
    ok: np.ndarray[Any, Any]


class Kind(NamedTuple):
    """How the texts of one kind of column become numbers.

    cell: one stripped, non-empty text -> number; raises ValueError whose message completes "started_at: …".
    column: distinct, stripped, non-empty texts -> Column, the same numbers.
    tally: distinct texts -> evidence for what must be decided per column (mergeable with +); None = nothing to decide.
    """

    name: str
    code: str  # the error code of a bad cell
    about: str
    example: str
    cell: Callable[[str, Reading], Any]
    column: Callable[[pa.StringArray, Reading], Column]
    tally: Callable[[pa.StringArray], Any] | None = None
    words: bool = False  # kept as text, coded by the host
