"""What totals stand on: Rows, the Source they are made from, the Ask they are made for, and the Total itself.

Declarations import no dataframe library: what a total adds up is a name under which its rows count, and rows are made by a
function that imports Narwhals when it is called, so that `--help` stays as fast as a bare Typer app.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeVar

from custmetrics_cli.core.formula import Formula, Number
from custmetrics_cli.core.options import Value

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

    from custmetrics_cli.core.period import Period

OUTSIDE, WHOLE = -1, -2  # groups: rows that --where leaves out; all rows, whatever their group

Made = TypeVar("Made")
Counts = Mapping[Any, Number]  # by name; or by any key, where a Reduced reads them


class Scope(NamedTuple):
    """What is asked of rows: contiguous periods, numbered from 1 in the column period (0 = before the first)."""

    periods: tuple[Period, ...]
    gap: int = 0
    with_ids: bool = False  # keep the customer's id: somebody wants to see who
    with_comments: bool = False  # beside it, keep what they wrote
    options: Mapping[str, Value] = {}  # of the metric, by name; one that has no value is left out
    last_known_day: int | None = None  # the last day (a number) of which the data knows; None: of none
    complete_until: int | None = None  # the last day up to which a period counts as complete, with the quiet days allowed for
    last_possible_day: int = 0  # the last day on which anything can have happened: --as-of, else today


class DataWarning(NamedTuple):
    """Rows that are suspicious, not wrong: counted in a warning, listed by --list NAME.

    find gives one row per finding: id and day columns; None when it cannot be asked of these tables.
    message may use {n}, the number of findings.
    """

    name: str
    code: str
    message: str
    find: Callable[[TableView, Scope], nw.LazyFrame[Any] | None]
    for_totals: tuple[str, ...] = ()  # the totals for which it matters; none: all


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


class Aggregation(NamedTuple):
    """A frame to collect, and how it counts: (period number k, group g, {name: number}) any number of times.

    When ask.named, each row has an id and counts for one customer; what nobody is behind (a cost) has none.
    given: what unfold is given at a time: a row; a list of all rows of a customer (an id); or all rows, as columns. There may be many
    of those, what they count may be Cells, which add up as numbers do, and there is nobody to be named.
    """

    frame: nw.LazyFrame[Any]
    counts: Callable[[Any], Iterable[tuple[int, int, Mapping[Any, Any]]]]
    by: Literal["row", "customer", "columns"] = "row"


class DetailedCounts(dict[Any, Number]):
    """Counts of which --list is told more: facts, one for each column of Rows.tells."""

    details: tuple[Number | str | None, ...] = ()
    customer: Any = None  # the id of the customer that counts, where rows are counted together that are not one customer's


class Dataset(NamedTuple):
    """What totals stand on.

    needs: alternatives, in order of preference; each names the tables that must be there; the first is the one that is split.
    shows: id and day columns, one row per id: what --list tells of whoever counts. tells: columns that it shows of what is
    Told, with their units: day, money, count, text.
    reads: columns of numbers that make, shows or checks look at. words: columns of words that they look at.
    aside: reasons for which rows are set aside that Source.every gives all the same.
    told: from the metric's options to what the checks of its tables must know; raises CustmetricsError where options do not fit.
    apart: a column that says whose of several metrics a row is; where no file has it, all rows are of the one metric asked for.
    whose: tables that, where they are there, say by their columns what rows belong to before the columns of the first table do.
    written: a column of what people wrote, the last fact that is Told where Ask.written says so; --comments shows it.
    """

    name: str
    needs: tuple[tuple[str, ...], ...]
    make: Callable[[TableView, Scope], Sequence[Aggregation]]
    day_columns: Callable[[TableView], nw.LazyFrame[Any]] | None = None
    words: tuple[str, ...] = ()
    checks: tuple[DataWarning, ...] = ()
    reads: tuple[str, ...] = ()
    kept_reasons: tuple[str, ...] = ()
    detail_columns: Mapping[str, str] = {}
    parts: int = 1  # so many of the money that is told are a unit of the currency
    check_context: Callable[[Mapping[str, Value]], Mapping[str, str]] | None = None
    kind_column: str = ""
    comment_column: str = ""
    group_tables: tuple[str, ...] = ()


class CountsByPeriod(Protocol):
    """What rows counted for one group, by period number."""

    def during(self, k: int) -> Counts: ...
    def before(self, k: int) -> Counts:
        """Summed over all that went before period k."""


class FromCounts(NamedTuple):
    """Where a few totals are not enough: all that rows counted in one group, read as a whole. keys may be any hashable."""

    dataset: Dataset
    read: Callable[[TableView, Scope, CountsByPeriod, int], Any]  # the last: k, the period asked for


class Total(NamedTuple):
    """A number. `flow` is summed over the period, `carried` over all that went before it.

    lost: flow. opening: carried only. closing: both. Names that the rows count under, or '' for nothing.
    """

    name: str
    description: str
    dataset: Dataset
    flow: str = ""
    stock: str = ""
    needs: tuple[str, ...] = ()  # columns without which there is no answer: of the table, or TABLE.COLUMN where rows stand on that too
    additive: bool = True  # the totals of the groups add up to the whole
    between_groups: bool = False  # only means something between the groups of --by and --where
    by_leave_reason: bool = False  # split by the reason of leaving
    fx_only: bool = False  # only means something where money is converted
    unit: str = "count"  # or money
    parts: int = 1  # the unit of the total is so many of what the rows count: 100 for hundredths
    monthly: bool = False  # summed over the calendar months of the period
    lookback_days: int = 0  # days before the period that count in it
    window_option: str = ""  # the option that says how many days up to its end a period is judged by
    missing_reason: str = ""  # where a column of needs is missing: why there is no answer; '' = that is an error

    @property
    def overlaps(self) -> bool:
        """Whether a customer of several groups counts in each: the groups do not add up to the whole."""
        return not self.additive and not self.between_groups


class Identity(NamedTuple):
    """Arithmetic that must hold between totals, whatever the data; both sides are formulas over their names."""

    left: Formula
    right: Formula
    totals: tuple[Total, ...]
    holds_in_groups: bool = True  # holds inside a group of --by too

    def __str__(self) -> str:
        return f"{self.left.text} = {self.right.text}"
