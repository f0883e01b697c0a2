"""The input as a dataset sees it: the tables chosen for it, and their money."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from custmetrics_cli.core.data.reading import Reading

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

Made = TypeVar("Made")


class Money(Protocol):
    """The money of a table in one currency. Rates are exact and change on few days."""

    @property
    def converts(self) -> bool:
        """True if rows have several currencies, so that each needs its rate."""

    @property
    def change_days(self) -> Sequence[int]:
        """The days, in order, on which a rate changes; empty if nothing is converted."""

    def rate(self, code: int, day: int) -> Fraction:
        """Return how much one unit of the currency with this code is worth on a day, in the answer's currency.

        A missing rate counts as 1 and is noted; the run raises E332 for it when everything is computed.
        """


class TableView(Protocol):
    """The tables of one dataset, split by --by and --where. Only the first table is split."""

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables, as in the first alternative of Dataset.needs that the files satisfy."""

    @property
    def reading(self) -> Reading:
        """The reading of rows under the definition."""

    @property
    def is_grouped(self) -> bool:
        """True with --by or --where."""

    @property
    def has_parts(self) -> bool:
        """True with --where: frame() then has a column `part`, the row's group before --where excludes it."""

    @property
    def money(self) -> Money:
        """The money of the first table."""

    def frame(self, table: str = "") -> nw.LazyFrame[Any]:
        """Return the used rows of a table (default: the first), with the row's group number."""

    def with_planned_ends(self) -> nw.LazyFrame[Any]:
        """Return the used rows of the first table, with the ends that frame() leaves open because they are planned."""

    def with_skipped(self, table: str = "") -> nw.LazyFrame[Any]:
        """Return the rows of frame() and the rows skipped for a reason in Dataset.kept_reasons.

        The column "skip_rule" holds the number of the reason, 0 for a used row.
        """

    def skipped_rows(self, reason: str) -> int:
        """Return how many rows of the first table were skipped for a reason."""

    def skip_number(self, reason: str) -> int:
        """Return the number of a reason of the first table, as in the column "skip_rule"."""

    def currency(self) -> nw.Expr:
        """Return the code of a row's currency, in the first table."""

    def group_of(self, number: int) -> int:
        """Return the group of a row's group number, OUTSIDE if --where excludes it.

        Rows that differ only in a --where condition have different numbers and the same group.
        """

    def group_column(self) -> nw.Expr:
        """Return group_of() as an expression over frame(): for datasets that split row by row, not customer by customer."""

    def has_table(self, table: str) -> bool:
        """Return True if a file of this table was read."""

    def has_column(self, table: str, column: str) -> bool:
        """Return True if a file of this table was read, and has the column or derives it."""

    def first_day(self, table: str) -> int | None:
        """Return the oldest day in a table."""

    def can_answer(self, column: str) -> bool:
        """Return True if the first table has a column or derives it. TABLE.COLUMN names another of the view's tables."""

    def has_id(self) -> nw.Expr:
        """Return an expression: True where a row names its customer."""

    def id_texts(self, ids: Sequence[Any]) -> list[str]:
        """Return the text of ids of a frame."""

    def is_read(self, column: str) -> bool:
        """Return True if the first table can answer for a column and the column was read."""

    def matches(self, column: str, test: Callable[[str], bool]) -> nw.Expr:
        """Return an expression: True where the word of a column of the first table passes. A missing word is ""."""

    def encoded(self, column: str) -> tuple[nw.Expr, Sequence[str]]:
        """Return the codes of a column's words in the first table, and the words by code.

        The last word is "", for a missing word or a missing column.
        """

    def once(self, key: Any, make: Callable[[], Made]) -> Made:
        """Return make(), computed once per key."""
