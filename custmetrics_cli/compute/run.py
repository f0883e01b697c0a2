"""One question about loaded tables: makes each dataset once, and counts it once per sequence of periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from custmetrics_cli.compute.cache import RunCache
from custmetrics_cli.compute.counts import CountTable, GroupCounts, Periods, Slot, count
from custmetrics_cli.compute.known.coverage import Coverage, check_dates, check_whole_months
from custmetrics_cli.compute.known.joins import Match, match
from custmetrics_cli.compute.known.planned_ends import last_end_day
from custmetrics_cli.compute.money.asked import AskedCurrency
from custmetrics_cli.compute.money.currency import Currencies, has_money, money_totals
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.readings.settled import Settled, settle
from custmetrics_cli.compute.readings.view import ReadingView
from custmetrics_cli.compute.split.groups import Groups
from custmetrics_cli.compute.view import LoadedView, choose_tables
from custmetrics_cli.core.data.dataset import Dataset, FromCounts, Scope
from custmetrics_cli.core.data.in_effect import InEffect, asked_of, policies_of
from custmetrics_cli.core.data.reading import AS_READ
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.core.options import Value
from custmetrics_cli.core.time.calendar import day_number
from custmetrics_cli.tables import TABLES

ENDS = {table.silent_end for table in TABLES.values() if table.silent_end}

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

    from custmetrics_cli.ingest.loaded import Loaded


def _all(table: str) -> None:
    """Return None: every row of the table counts."""


@dataclass(eq=False, repr=False)
class Run:
    """A question, its tables, and what was computed so far. Raises CustmetricsError E130, E12x (--by, --where), E33x (currencies)."""

    question: Question
    loaded: Loaded
    listed: Total | None = None  # the total of --list
    cache: RunCache = field(default_factory=RunCache)
    _own: RunCache = field(default_factory=RunCache)  # of this question only; keys are datasets, which live as long as it

    def __post_init__(self) -> None:
        self.question = self.question.with_found(self.loaded.found)
        gap = self.question.definition.reading.gap if self.question.metrics else None
        if gap is not None and not self.silent_tables:
            self.question = self.question._replace(gap=gap)

    @cached_property
    def settled(self) -> Settled:
        """The reading that the columns of the files allow."""
        return settle(self.question.definition if self.question.metrics else None, self.loaded, self.cache)

    def tables(self, metric: Metric) -> list[str]:
        """Return the tables that answer a metric."""
        return sorted({table for dataset in metric.datasets for table in choose_tables(dataset, self.loaded)})

    def view(self, dataset: Dataset) -> LoadedView:
        """Return the tables of a dataset, split by --by and --where."""
        return self._own.once(("view", id(dataset)), lambda: self._view(dataset))

    def _view(self, dataset: Dataset) -> LoadedView:
        tables = choose_tables(dataset, self.loaded)
        check_dates(self.loaded, self.question, tables)
        reading = self.settled.reading_of(tables[0])

        def make() -> LoadedView:
            alternatives = tuple(each[0] for each in dataset.needs)
            groups = Groups(self.loaded, tables[0], self.question.by, self.question.where, alternatives, dataset.group_tables)
            kind = LoadedView if reading == AS_READ else ReadingView
            view = kind(self.loaded, tables, groups, self.currencies, self.question.gap)
            view.reading = reading
            days = {table: last_end_day(self.loaded, table, self.question, reading != AS_READ) for table in tables}
            view.last_end_days = {table: day for table, day in days.items() if day is not None}
            return view

        return self.cache.once(("view", tables, dataset.group_tables, self.question.gap, reading), make)

    @property
    def views(self) -> list[LoadedView]:
        """The views of the metrics, once for each set of tables. The cache may hold views of other questions."""
        views = [self.view(dataset) for metric, _ in self.question.metrics for dataset in metric.datasets]
        return [*{view.tables: view for view in views}.values()]

    def coverage(self, dataset: Dataset) -> Coverage:
        tables = choose_tables(dataset, self.loaded)
        return self.cache.once(("coverage", tables, self.question.gap), lambda: Coverage.of(self.loaded, tables, self.question))

    def match(self, dataset: Dataset) -> Match | None:
        """Return how the customers of the tables of a dataset match; None if it has one table of customers."""
        tables = self.view(dataset).tables
        return self.cache.once(("match", tables), lambda: match(self.loaded, tables))

    def metrics_coverage(self, metrics: Sequence[Metric]) -> Coverage:
        """Return the days that the tables of metrics cover together."""
        return Coverage.of(self.loaded, {table for metric in metrics for table in self.tables(metric)}, self.question)

    def scope(self, dataset: Dataset, periods: Periods, with_ids: bool = False) -> Scope:
        """Return what the dataset is asked for."""
        question, coverage = self.question, self.coverage(dataset)
        check_whole_months(self.loaded.months, choose_tables(dataset, self.loaded), periods)
        days = (coverage.known_until, coverage.complete_until)
        known_until, complete_until = (None if day is None else day_number(day) for day in days)
        return Scope(
            periods,
            question.gap,
            with_ids,
            question.with_comments,
            question.options,
            known_until,
            complete_until,
            coverage.gap,
            day_number(question.as_of or question.today),
        )

    def counts(self, dataset: Dataset, periods: Periods) -> CountTable:
        """Return the counts of a dataset. The query runs once."""
        return self._own.once(("counts", id(dataset), periods), lambda: self._counts(dataset, periods))

    def _counts(self, dataset: Dataset, periods: Periods) -> CountTable:
        view, scope = self.view(dataset), self.scope(dataset, periods)

        def make(options: Mapping[str, Value]) -> CountTable:
            return count(dataset.aggregations(view, scope._replace(options=options)), len(periods), view.groups.values)

        key = (dataset.make, dataset.arguments, view.tables, dataset.group_tables, periods, self.question.gap, view.reading)
        return self.cache.once_for_options(key, scope.options, make)

    def from_counts(self, reader: FromCounts, slot: Slot) -> Any:
        """Return what a reader makes of the counts of one period and group."""
        view, table, scope = self.view(reader.dataset), self.counts(reader.dataset, slot.periods), self.scope(reader.dataset, slot.periods)

        def make(options: Mapping[str, Value]) -> Any:
            return reader.value(view, scope._replace(options=options), GroupCounts(table, [slot.group]), slot.period_number)

        key = (reader.read, reader.arguments, id(table), slot.period_number, slot.group)
        return self.cache.once_for_options(key, scope.options, make)

    def from_all_groups(self, reader: FromCounts) -> Any:
        """Return what a reader makes of the counts of all groups and periods together."""
        periods, table = self.question.periods, self.counts(reader.dataset, self.question.all_periods)
        counts = GroupCounts(table, table.groups, self.question.periods_before)
        return reader.value(self.view(reader.dataset), self.scope(reader.dataset, periods), counts, len(periods))

    def across_groups(self, reader: FromCounts, periods: Periods, number: int) -> Any:
        """Return what a reader makes of the counts of each group of one period."""
        table, scope = self.counts(reader.dataset, periods), self.scope(reader.dataset, periods)
        by_group = {group: GroupCounts(table, [group]) for group in table.groups}
        return reader.across(self.view(reader.dataset), scope, by_group, number)

    @cached_property
    def silent_tables(self) -> set[str]:
        """The tables whose customers end by silence, among those that the metrics take ends from."""
        datasets = [dataset for metric, _ in self.question.metrics for dataset in metric.datasets if ENDS.intersection(dataset.reads)]
        return {table for dataset in datasets if TABLES[table := choose_tables(dataset, self.loaded)[0]].silent_end}

    @property
    def policies(self) -> InEffect:
        """The settings in effect. --gap is a policy where customers end by silence, and so is --rate."""
        gap = self.question.gap if self.silent_tables else 0
        rates = ",".join(f"{name}={float(rate):g}" for name, rate in self.question.rates.items())
        own = {**({"gap": str(gap)} if gap else {}), **({"rate": rates} if rates else {})}
        policies = policies_of(self.loaded.policies)
        return InEffect(asked_of(self.loaded.policies), policies | own | self.settled.policies(policies))

    @cached_property
    def numbers(self) -> dict[str, Number]:
        """The options of the metrics that are numbers, by their names in formulas."""
        options = {option.symbol: option.value(self.question.options) for metric, _ in self.question.metrics for option in metric.options}
        return {name: value for name, value in options.items() if isinstance(value, int | Fraction)}

    @cached_property
    def currencies(self) -> Currencies:
        """The currencies of the tables behind totals of money, and behind listed columns of money."""
        datasets = [total.dataset for metric, name in self.question.metrics for total in money_totals(metric, name)]
        if self.listed and "money" in (self.listed.unit, *self.listed.dataset.detail_columns.values()):
            datasets.append(self.listed.dataset)
        tables = {table for dataset in datasets for table in choose_tables(dataset, self.loaded) if has_money(table)}
        asked = AskedCurrency(self.question.currency, self.question.rates, self.question.by)
        passing = partial(self._passing, datasets) if self.question.where else _all
        return Currencies(self.loaded, sorted(tables), asked, self.cache, passing)

    def _passing(self, datasets: Sequence[Dataset], table: str) -> nw.LazyFrame[Any] | None:
        """Return the rows of a table of money that --where leaves; None for a table that --where does not touch."""
        dataset = next((each for each in datasets if choose_tables(each, self.loaded)[0] == table), None)
        view = self.view(dataset) if dataset else None
        return view.rows_within() if view else None
