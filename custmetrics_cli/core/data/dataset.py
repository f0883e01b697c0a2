"""A set of rows that totals are counted from, and the scope they are counted for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli.core.data.counts import Aggregation, CountsByPeriod
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.options import Value

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

    from custmetrics_cli.core.time.period import Period


class Scope(NamedTuple):
    """What is asked of rows: contiguous periods, numbered from 1 in the column k (0 = before the first)."""

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


class FromCounts(NamedTuple):
    """Where a few totals are not enough: all that rows counted in one group, read as a whole. keys may be any hashable."""

    dataset: Dataset
    read: Callable[[TableView, Scope, CountsByPeriod, int], Any]  # the last: k, the period asked for
