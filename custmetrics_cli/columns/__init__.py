"""The kinds of column: how text becomes whole numbers. One file per kind.

To add a kind, add one file. In it, write `read(texts, format)`, which returns a `Parsed` or a `Reason`. Then declare the kind:
`COUNT = ColumnKind("count", "E403", "a positive whole number", "3", LayoutReader(read))`. count.py is the shortest example.
LayoutReader makes two readers from `read`: one for a cell (with the reason of a failure) and one for a column (fast).
Kinds of words use WordReader instead; survey_kind.py is an example. A test compares both readers of every kind.

Numbers in frames are never null: an empty cell becomes the `empty` number of its column (tables/).
Days are days since 1970-01-01. Money is whole parts of a unit of its currency (MONEY_PARTS). Words are their position in a fixed list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

from custmetrics_cli.columns.parsing.blank_words import BLANKS, drop_blank_word
from custmetrics_cli.core.errors import Choice

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    import numpy as np
    import pyarrow as pa

    from custmetrics_cli.core.errors import Choice

MONEY_PARTS = 504_000  # of a unit of a currency: 5040 of a hundredth, so that the common intervals and three decimals are exact
FAR = 3_000_000  # the day of an open end: it never comes
LONGEST = 100  # characters; a longer text is neither a day nor a number


class ColumnFormat(NamedTuple):
    """The format of the texts of a column. It is chosen before they are read, for all files of a table."""

    order: str = ""  # of dates with slashes or dashes: "dmy", "mdy", "ymd"; "" = not needed or not known
    decimal: str = ""  # "." or ","; "" = not needed or not known
    tz: ZoneInfo | None = None  # the reporting time zone; None = UTC
    zone: str = ""  # the zone of times without one; "" = the reporting zone
    shifts: bool = True  # convert times to the reporting zone; False: the column holds midnights only
    end: bool = False  # 23:59 or later means the next day
    inclusive: bool = False  # a day is the last one served: read it as the day after
    cents: bool = False  # amounts are in the smallest unit of the currency, as whole numbers
    months: bool = False  # a whole month is a date: its first day
    fixed: bool = False  # an option or a preset sets the order or the decimal mark
    positive: tuple[str, ...] = ()  # the answers in words that are positive; () = those of a list
    epoch: bool = False  # a number is a time: seconds since 1970, or milliseconds
    clock: bool = False  # read the second of the day instead of the day, -1 for a date without a time


class ParsedColumn(NamedTuple):
    """The values of a column: whole numbers, or unchanged text."""

    values: np.ndarray[Any, Any]
    ok: np.ndarray[Any, Any]  # False where a cell cannot be read; its value is then 0
    rests: np.ndarray[Any, Any] | None = None  # what rounding leaves out, in 10 ** -9 of a value; None = nothing was rounded


class Ambiguity(NamedTuple):
    """A format that no cell of the column settles."""

    code: str  # error code
    choices: tuple[Choice, ...]  # each would settle it


class FormatEvidence(Protocol):
    """Evidence for the format of a column, from its distinct texts. The evidence of parts of a column adds up.

    user: the format as far as the user or a preset chose it.
    """

    @property
    def sample(self) -> str:
        """A text that can be read in two ways; "" = none."""

    @property
    def interpretations(self) -> str:
        """The meanings that the sample could have, in words."""

    def __add__(self, other: Self, /) -> Self: ...

    def discount(self, known: ColumnFormat) -> Self:
        """Return the evidence without what the known format settles anyway."""

    def resolve(self, user: ColumnFormat) -> ColumnFormat:
        """Fill in what the user did not choose. An ambiguous format is filled in too, arbitrarily."""

    def ambiguity(self, user: ColumnFormat) -> Ambiguity | None:
        """Return what is open; None = nothing."""

    def explain(self, user: ColumnFormat, used: ColumnFormat) -> str:
        """Describe the format and the evidence for it, in words; "" = nothing had to be decided."""


class Reason(NamedTuple):
    """Why a text cannot be read."""

    message: str  # continues "'text' …"
    code: str = ""  # error code; "" = that of the kind
    hint: str = ""  # "" = show the example of the kind


class UnreadableCell(ValueError):
    """A cell that cannot be read. The message continues "started_at: …"."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.hint = code, hint


class Reader(Protocol):
    """Reads one text and a whole column, with the same result (parsing/readers.py)."""

    def cell(self, text: str, format: ColumnFormat, /) -> Any: ...
    def column(self, texts: pa.StringArray, format: ColumnFormat, /) -> ParsedColumn: ...


class UnknownWords(NamedTuple):
    """The report on words that a kind of words does not know."""

    number: int  # of such a word
    code: str  # of the warning
    counted_as: str  # continues "3 rows have an unknown status, counted as …"
    can_skip: bool = False  # the warning shows how to leave the rows out


class ColumnKind(NamedTuple):
    """One kind of column."""

    name: str
    code: str  # error code of a cell that cannot be read; "" = every text can be read
    about: str  # shown to users: the texts it accepts
    example: str
    reader: Reader
    gather: Callable[[pa.StringArray], FormatEvidence] | None = None  # from distinct texts; None = the format is never in doubt
    is_text: bool = False  # kept as text; the engine numbers the distinct texts
    is_key: bool = False  # equal texts belong together: frames can also hold a number for each text
    decode: Callable[[int], str | int | Fraction | None] = int  # the meaning of a number; money is a fraction, None = empty
    knows: Callable[[str], bool] | None = None  # True for a text of this kind and no other; None = every text that it reads
    is_evident: Callable[[Sequence[str]], bool] | None = None  # True if a sample of cells as a whole is of this kind; None = count them
    unknown: UnknownWords | None = None  # how words are reported that the kind does not know

    @property
    def can_fail(self) -> bool:
        """True if a cell can be unreadable. Then words such as n/a mean an empty cell, too (parsing/blank_words.py)."""
        return bool(self.code)

    def read_cell(self, text: str, format: ColumnFormat) -> Any:
        """Return the value of one text, stripped and not empty. Raise UnreadableCell."""
        value = self.reader.cell(text, format)
        if isinstance(value, Reason):
            message = f"{quoted(text)} {value.message}"
            raise UnreadableCell(value.code or self.code, message, value.hint or f"write it like {self.example}")
        return value

    def read_or_none(self, text: str, format: ColumnFormat) -> Any:
        """Return the value of one text; None if it cannot be read."""
        value = self.reader.cell(text, format)
        return None if isinstance(value, Reason) else value

    def read_column(self, texts: pa.StringArray, format: ColumnFormat) -> ParsedColumn:
        """Return the values of distinct texts, stripped and not empty."""
        return self.reader.column(texts, format)

    def fits(self, cells: Sequence[str], format: ColumnFormat | None = None) -> float:
        """Return the share of the distinct cells that are of this kind, in the date order and decimal mark that most of them fit.

        Empty cells and words such as n/a do not count. Without other cells, the share is 0. format: as far as the user set it.
        """
        distinct = dict.fromkeys(filter(None, (cell.strip(BLANKS) for cell in cells)))
        texts = list(distinct) if self.is_text else list(filter(drop_blank_word, distinct))
        return self._count(texts, format or ColumnFormat()) / len(texts) if texts else 0.0

    def _count(self, texts: list[str], format: ColumnFormat) -> int:
        """Count the texts that are of this kind."""
        import pyarrow as pa

        if self.is_evident:
            return len(texts) * self.is_evident(texts)
        if self.knows:
            return sum(map(self.knows, texts))
        array = pa.array(texts, pa.string())
        used = self.gather(array).resolve(format) if self.gather else format
        return int(self.read_column(array, used._replace(decimal=used.decimal or ".", months=True)).ok.sum())


def quoted(text: str) -> str:
    """Quote a text for a message, shortened if it is long.

    >>> quoted("ten"), quoted("x" * 1000)[-4:]
    ("'ten'", "xx…'")
    """
    return repr(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
