"""The kinds of column. Each reads text twice: one cell (to explain) and a whole column (to compute).

Both readings give the same whole number for the same text; tests hold them against each other.
Numbers in frames are never null: an empty cell takes its column's `empty` value (tables/).
Days are numbers of days since 1970-01-01; money is whole hundredths; words are codes in name order.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

from custmetrics_cli.core.errors import Choice

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    import numpy as np
    import pyarrow as pa

HUNDREDTHS = 100  # of a unit of the currency: what frames hold of money, but for what is made monthly (interval.MONTHLY)
FAR = 3_000_000  # a day that never comes: an open end


class ColumnFormat(NamedTuple):
    """What was decided about a column's texts before they are read; the same for every file of a table."""

    order: str = ""  # of slashed and dashed dates: "dmy", "mdy", "ymd"; "" = not needed or not known
    decimal: str = ""  # ".", ","; "" = not needed or not known
    tz: ZoneInfo | None = None  # the reporting zone; None = UTC
    zone: str = ""  # of values that carry a time but no zone; "" = already in the reporting zone
    shifts: bool = True  # False: the column holds only midnights, which never move
    end: bool = False  # 23:59 or later means the next day
    inclusive: bool = False  # the last day served: read as the day after
    cents: bool = False  # amounts are whole hundredths
    epoch: bool = False  # a number alone is a time, in seconds since 1970, or thousandths of them


class ParsedColumn(NamedTuple):
    """A column read: whole numbers (or text, unchanged), and which cells could be read."""

    values: np.ndarray[Any, Any]
    ok: np.ndarray[Any, Any]


class FormatEvidence(Protocol):
    """What the distinct texts of a column show about how they are to be read. Tallies of parts of a column add up.

    said: the reading as far as the user said it.
    """

    @property
    def sample(self) -> str:
        """A text that can be read in two ways; '' = there is none."""

    @property
    def interpretations(self) -> str:
        """What the sample could be, in words."""

    def __add__(self, other: Self, /) -> Self: ...

    def discount(self, known: ColumnFormat) -> Self:
        """The evidence but for what is known anyway."""

    def resolve(self, user: ColumnFormat) -> ColumnFormat:
        """The reading with what was not said. What is in doubt is settled too, somehow."""

    def ambiguity(self, user: ColumnFormat) -> tuple[str, tuple[Choice, ...]] | None:
        """Return the error code and the choices if nothing settles how to read the sample."""

    def explain(self, user: ColumnFormat, used: ColumnFormat) -> str:
        """How the texts are taken and what says so; '' = nothing had to be decided."""


class UnreadableCell(ValueError):
    """A cell that cannot be read for a reason that has a code and a hint of its own."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.hint = code, hint


class ColumnKind(NamedTuple):
    """How the texts of one kind of column become numbers.

    cell: one stripped, non-empty text -> number; raises ValueError whose message completes "started_at: …".
    column: distinct, stripped, non-empty texts -> Column, the same numbers.
    back: a number -> what it stands for, money as a fraction; None = nothing was said.
    tally: distinct texts -> evidence for what must be decided per column; None = nothing to decide.
    """

    name: str
    code: str  # the error code of a bad cell
    about: str
    example: str
    read_cell: Callable[[str, ColumnFormat], Any]
    read_column: Callable[[pa.StringArray, ColumnFormat], ParsedColumn]
    gather: Callable[[pa.StringArray], FormatEvidence] | None = None
    is_text: bool = False  # kept as text, coded by the host
    decode: Callable[[int], str | int | Fraction | None] = int

    @property
    def can_fail(self) -> bool:
        """A cell can be bad; then, too, there are words for an empty one (_nothing.py)."""
        return bool(self.code)
