"""The declaration of a column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from custmetrics_cli.columns import ColumnKind
from custmetrics_cli.tables.shared.header_words import HeaderWords


class Column(NamedTuple):
    """A column of a table."""

    name: str
    kind: ColumnKind
    about: str  # shown to users
    required: bool = False  # a file without it is not this table
    aliases: tuple[str, ...] = ()  # other headers, the clearest first
    empty: int = 0  # the number of an empty cell, or of every cell if the file does not have the column
    is_end: bool = False  # something ends on this day: 23:59 means the next day, and --ends applies
    rounds_up: bool = False  # 23:59 means the next day, but --ends does not apply
    keeps_order: bool = False  # a day whose time and row put events in order, under the name `as_order`
    fallback_end: str = ""  # the end that this day can replace; for that, it is also read as an end, under the name `as_end`
    may_be_future: bool = False  # a planned day; it does not show how far the data reaches
    is_leave_reason: bool = False  # why a customer left: `lost` split by it counts customers of the whole opening
    needs_value: bool | None = None  # an empty cell is an error; None = if the column is required
    empty_code: str = ""  # the error code of an empty cell; "" = the common one
    whole_months: bool = False  # a month is a date, too: all of its days. Periods that cut it are refused
    fit: float = 0  # the share of a sample of cells that must be of the kind, unless the header is exactly the name; 0 = any
    header_role: Callable[[str], str] | None = None  # what a header adds to the name of the column; "" = nothing
    optional_as: str = ""  # the role of a header with which a cell may be empty, though the column is required
    empty_kept: tuple[str, str] = ("", "")  # a policy, and the value by which a similar column fills cells that may be empty
    in_presets: bool = True  # False: under a preset, only its own headers name the column
    nobody: bool = False  # ids such as 0 and guest mean that the customer is not known (parse/customer_ids.py)
    is_currency: bool = False  # names the currency of the amounts: always read; the header of an amount can replace it
    words: HeaderWords | None = None  # find the column if no header is one of its names; None = only names find it
    search_order: int = 5  # columns with words are searched in this order: a header has one role

    @property
    def as_key(self) -> str:
        """The frame column of the numbers of keys."""
        return f"{self.name}_key"

    @property
    def as_nobody(self) -> str:
        """The column of rules that is 1 where an id means nobody: 0, guest, n/a."""
        return f"{self.name} means nobody"

    @property
    def as_repeat(self) -> str:
        """The column of rules that is 1 where a key, or the rest of the row, repeats an earlier row."""
        return f"{self.name} repeats"

    @property
    def never_empty(self) -> bool:
        return self.required if self.needs_value is None else self.needs_value

    @property
    def names(self) -> tuple[str, ...]:
        """The headers that name the column, the best first. The aliases may give the column's own name another place."""
        return self.aliases if self.name in self.aliases else (self.name, *self.aliases)

    @property
    def as_order(self) -> str:
        return f"{self.name}_order"

    @property
    def as_end(self) -> str:
        return f"{self.name} as {self.fallback_end}"


class SurveyQuestions(NamedTuple):
    """Headers that are the question of a survey. The question shows of which kind the answers are."""

    column: str  # the column of the answers
    kind: str  # the column that the kind is for
    day: str  # the column of the day; without it, all answers are one wave
    patterns: Mapping[str, tuple[str, ...]]  # kind -> questions; * is any text


def aliases(text: str) -> tuple[str, ...]:
    """Split a list of other headers, the clearest first.

    >>> aliases("client_id; client; клиент")
    ('client_id', 'client', 'клиент')
    """
    return tuple(text.split("; "))
