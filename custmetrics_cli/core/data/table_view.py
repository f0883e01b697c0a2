"""The input as a dataset sees it: the tables chosen for it, and their money."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

Made = TypeVar("Made")


class Money(Protocol):
    """The money of a table as one currency. Rates are exact, and change on few days.

    cuts: the days, in order, on which some rate changes; none where nothing is converted.
    """

    @property
    def converts(self) -> bool:
        """Whether rows must be told apart by currency."""

    @property
    def change_days(self) -> Sequence[int]: ...
    def rate(self, code: int, day: int) -> Fraction:
        """Units of the answer's currency for one of the currency with this code, on a day. Notes a rate that is missing."""


class TableView(Protocol):
    """What Rows see of the input: the tables chosen for them (the first is the one that is split), and their words."""

    @property
    def tables(self) -> tuple[str, ...]: ...
    @property
    def is_grouped(self) -> bool: ...
    @property
    def money(self) -> Money:
        """Of the first table."""

    def frame(self, table: str = "") -> nw.LazyFrame[Any]:
        """Rows of a table, with the number, in the column group, of what --by and --where make of them, in order of name."""

    def with_skipped(self, table: str = "") -> nw.LazyFrame[Any]:
        """The same with the rows that were set aside for a reason in Rows.aside; column aside: 0, else the number of the reason."""

    def skip_number(self, reason: str) -> int:
        """The number of a reason in the column aside of the first table."""

    def currency(self) -> nw.Expr:
        """The code of a row's currency, in the first table."""

    def group_of(self, number: int) -> int:
        """The group of such a number: the same for rows that only --where tells apart, OUTSIDE for those it leaves out."""

    def group_column(self) -> nw.Expr:
        """The same of the column group: for what is split row by row, and not customer by customer."""

    def has_table(self, table: str) -> bool: ...
    def first_day(self, table: str) -> int | None:
        """The first day of which a table knows."""

    def can_answer(self, column: str) -> bool:
        """Whether the first table can answer for a column; or another one, for TABLE.COLUMN, if it is among the tables."""

    def has_id(self) -> nw.Expr:
        """Whether it is known whose a row is."""

    def is_read(self, column: str) -> bool:
        """Whether it was read of the first table: it can answer for it, and some Rows look at it."""

    def matches(self, column: str, test: Callable[[str], bool]) -> nw.Expr:
        """Where the word of a column of the first table passes; a missing word is ''."""

    def encoded(self, column: str) -> tuple[nw.Expr, Sequence[str]]:
        """The codes of a column's words in the first table, and the words by code; a missing one, or column, is '', the last."""

    def once(self, key: Any, make: Callable[[], Made]) -> Made:
        """What make() gives, made once for a key."""
