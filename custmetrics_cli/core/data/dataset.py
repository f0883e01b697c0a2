"""A dataset: rows that totals are counted from, and the scope they are counted for.

Declarations import no dataframe library. They name their functions as text, "revenue.ledger.frames:ledger", so --help stays fast.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli.core.data.counts import Aggregation, CountsByPeriod
from custmetrics_cli.core.data.lazy import resolve
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.options import Value
from custmetrics_cli.core.words import plural

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

    from custmetrics_cli.core.time.period import Period


class Scope(NamedTuple):
    """The periods and conditions that a dataset is counted for.

    Periods are contiguous. The first has number 1, and 0 is the time before it. Days are day numbers.
    """

    periods: tuple[Period, ...]
    gap: int = 0
    with_ids: bool = False  # keep customer ids, for --list
    with_comments: bool = False  # keep comments beside the ids, for --comments
    options: Mapping[str, Value] = {}  # options of the metric by symbol; an option without a value is left out
    last_known_day: int | None = None  # last day covered by the data; None: no day is
    complete_until: int | None = None  # last day on which a complete period may end: --quiet-days are added
    provisional_days: int = 0  # days after last_known_day that the data covers, but whose ends may be undone (--gap)
    last_possible_day: int = 0  # last day on which an event can have happened: --as-of, else today


class DataWarning(NamedTuple):
    """Rows that are suspicious but not wrong: a warning counts them, --list NAME shows them."""

    name: str
    code: str
    message: str  # {n} is replaced by the number of findings and their noun
    noun: str  # the thing that is counted, in the singular
    find: str  # a function of metrics, see findings()
    for_totals: tuple[str, ...] = ()  # the totals it concerns; empty: all
    is_decisive: bool = False  # see Notice

    def text(self, count: int) -> str:
        """Return the message about so many findings."""
        return self.message.format(n=plural(count, self.noun))

    def findings(self, view: TableView, scope: Scope) -> nw.LazyFrame[Any] | None:
        """Return a row per finding (id, day columns, count), or None if these tables cannot answer."""
        found: nw.LazyFrame[Any] | None = resolve(self.find)(view, scope)
        return found


class Dataset(NamedTuple):
    """Rows that totals are counted from."""

    name: str
    needs: tuple[tuple[str, ...], ...]  # alternatives in order of preference, each a set of tables; its first table is split
    make: str  # a function of metrics, see aggregations()
    arguments: tuple[Any, ...] = ()  # further arguments of that function
    day_columns: str = ""  # a function of metrics, see customer_days()
    words: tuple[str, ...] = ()  # text columns that it reads
    checks: tuple[DataWarning, ...] = ()
    reads: tuple[str, ...] = ()  # number columns that make, day_columns and checks read
    more_reads: Callable[[Mapping[str, Value]], tuple[str, ...]] | None = None  # metric options -> further such columns
    kept_reasons: tuple[str, ...] = ()  # skip reasons whose rows TableView.with_skipped() still returns
    detail_columns: Mapping[str, str] = {}  # columns of DetailedCounts.details -> unit: day, money, count, ratio, number or text
    parts: int = 1  # money in details is counted in this fraction of a unit
    check_context: Callable[[Mapping[str, Value]], Mapping[str, str]] | None = None  # metric options -> facts for the row checks
    kind_column: str = ""  # column that holds the metric of a row (survey kind); without it, all rows are of the metric asked for
    comment_column: str = ""  # column of free text, the last detail with Scope.with_comments
    listed_by: tuple[str, ...] = ()  # detail columns: --list shows their largest values first
    group_tables: tuple[str, ...] = ()  # tables whose columns --by and --where prefer to those of the first table
    whole_unless: tuple[str, ...] | None = None  # WHOLE counts what one group of all rows would, but for these columns; None: it may not

    def aggregations(self, view: TableView, scope: Scope) -> Sequence[Aggregation]:
        """Return the queries whose results are counted."""
        made: Sequence[Aggregation] = resolve(self.make)(view, scope, *self.arguments)
        return made

    def customer_days(self, view: TableView) -> nw.LazyFrame[Any] | None:
        """Return a row per customer (id and day columns) for --list, or None if the dataset has no such columns."""
        return resolve(self.day_columns)(view) if self.day_columns else None


class FromCounts(NamedTuple):
    """A value that is read from all counts of a dataset in one group, where a few totals are not enough."""

    dataset: Dataset
    read: str  # a function of metrics, see value()
    arguments: tuple[Any, ...] = ()  # further arguments of that function

    def value(self, view: TableView, scope: Scope, counts: CountsByPeriod, period: int) -> Any:
        """Return the value for one period, by its number."""
        return resolve(self.read)(view, scope, counts, period, *self.arguments)

    def across(self, view: TableView, scope: Scope, counts: Mapping[Any, CountsByPeriod], period: int) -> Any:
        """Return the value for one period from the counts of each group."""
        return resolve(self.read)(view, scope, counts, period, *self.arguments)
