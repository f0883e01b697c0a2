"""A set of rows that totals are counted from, and the scope they are counted for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli.core.data.counts import Aggregation, CountsByPeriod
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.lazy import resolve
from custmetrics_cli.core.options import Value
from custmetrics_cli.core.words import plural

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

    from custmetrics_cli.core.time.period import Period


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
    """Rows that look wrong but are not an error: counted in a warning, listed by --list NAME."""

    name: str
    code: str
    message: str  # {n} is replaced by the number of findings and their noun
    noun: str  # the thing that is counted, in the singular
    find: str  # a function of metrics, see findings()
    for_totals: tuple[str, ...] = ()  # the totals that need this warning; empty: all

    def text(self, count: int) -> str:
        return self.message.format(n=plural(count, self.noun))

    def findings(self, view: TableView, scope: Scope) -> nw.LazyFrame[Any] | None:
        """Return a row per finding (id, day columns, count), or None if these tables cannot answer."""
        found: nw.LazyFrame[Any] | None = resolve(self.find)(view, scope)
        return found


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
    make: str  # a function of metrics, see aggregations()
    arguments: tuple[Any, ...] = ()  # further arguments of that function
    day_columns: str = ""  # a function of metrics, see customer_days()
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

    def aggregations(self, view: TableView, scope: Scope) -> Sequence[Aggregation]:
        """Return the queries whose results are counted."""
        made: Sequence[Aggregation] = resolve(self.make)(view, scope, *self.arguments)
        return made

    def customer_days(self, view: TableView) -> nw.LazyFrame[Any] | None:
        """Return a row per customer (id and day columns) for --list, or None if the dataset has no such columns."""
        return resolve(self.day_columns)(view) if self.day_columns else None


class FromCounts(NamedTuple):
    """Where a few totals are not enough: all that rows counted in one group, read as a whole. keys may be any hashable."""

    dataset: Dataset
    read: str  # a function of metrics, see value()
    arguments: tuple[Any, ...] = ()  # further arguments of that function

    def value(self, view: TableView, scope: Scope, counts: CountsByPeriod, period: int) -> Any:
        """Return what the counts of a dataset mean for one period."""
        return resolve(self.read)(view, scope, counts, period, *self.arguments)
