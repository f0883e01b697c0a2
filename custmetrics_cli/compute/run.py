"""One run: metrics over loaded tables for contiguous periods. Rows are made once, and queried once per cut of time."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.compute.cache import RunCache, TrackedMapping
from custmetrics_cli.compute.counts import CountTable, Group, GroupCounts, count, sort_key
from custmetrics_cli.compute.coverage import Coverage, coverage
from custmetrics_cli.compute.identities import check_identity
from custmetrics_cli.compute.money.currency import Currencies, has_money, priced
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.source import LoadedView, choose_tables
from custmetrics_cli.compute.split.groups import Groups, only_known_of_lost
from custmetrics_cli.core.data.dataset import Dataset, FromCounts, Scope
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.core.result import Notice
from custmetrics_cli.core.time.calendar import day_number
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded

Periods = tuple[Period, ...]


@dataclass(eq=False, repr=False)
class Run:
    """Raises CustmetricsError E130 (no such table), E320 (no such column), E12x (--by, --where), E60x (a broken identity)."""

    question: Question
    loaded: Loaded
    listed: Total | None = None  # what is to be listed of it
    cache: RunCache = field(default_factory=RunCache)
    _known: dict[tuple[str, ...], Coverage] = field(default_factory=dict)

    def view(self, dataset: Dataset) -> LoadedView:
        tables = choose_tables(dataset, self.loaded)
        key = (tables, dataset.group_tables)
        if key not in self.cache.sources:
            instead = tuple(each[0] for each in dataset.needs)
            groups = Groups(self.loaded, tables[0], self.question.by, self.question.where, instead, dataset.group_tables)
            self.cache.sources[key] = LoadedView(self.loaded, tables, groups, self.currencies)
        return self.cache.sources[key]

    def counts(self, dataset: Dataset, periods: Periods) -> CountTable:
        source, ask = self.view(dataset), self.scope(dataset, periods)

        def counted(options: TrackedMapping) -> CountTable:
            return count(dataset.aggregations(source, ask._replace(options=options)), len(periods), source.groups.values)

        return self.cache.once((dataset.make, dataset.arguments, source.tables, dataset.group_tables, periods), ask.options, counted)

    def scope(self, dataset: Dataset, periods: Periods, named: bool = False) -> Scope:
        """What is known is what the tables of the rows know."""
        tables = choose_tables(dataset, self.loaded)
        if tables not in self._known:
            self._known[tables] = coverage(self.loaded, tables, self.question)
        state = self._known[tables]
        last, allowed = (None if day is None else day_number(day) for day in (state.last, state.allowed))
        happened = day_number(self.question.as_of or self.question.today)
        return Scope(periods, self.question.gap, named, self.question.written, self.question.options, last, allowed, happened)

    @cached_property
    def numbers(self) -> dict[str, Number]:
        """The options of the metrics that are numbers, by the names that formulas have for them."""
        own = {option.symbol: option.value(self.question.options) for metric, _ in self.question.metrics for option in metric.options}
        return {name: value for name, value in own.items() if isinstance(value, int | Fraction)}

    @cached_property
    def currencies(self) -> Currencies:
        """Of the tables that rows with totals of money stand on, and what tells of money."""
        rows = [total.dataset for metric, name in self.question.metrics for total in priced(metric, name)]
        rows += [self.listed.dataset] if self.listed and "money" in (self.listed.unit, *self.listed.dataset.detail_columns.values()) else []
        tables = {table for each in rows for table in choose_tables(each, self.loaded) if has_money(table)}
        return Currencies(self.loaded, sorted(tables), self.question.currency, self.cache)

    @property
    def split(self) -> list[str]:
        """The tables by whose amounts customers are put into groups: of them rows read what an amount is per month."""
        reads = {name for metric, _ in self.question.metrics for rows in metric.datasets for name in rows.reads}
        grouped = {source.tables[0] for source in self._own if source.is_grouped}
        return sorted(table for table in grouped if any(made.kind is MONEY and made.name in reads for made in TABLES[table].derived))

    def from_counts(self, reduced: FromCounts, periods: Periods, k: int, group: Group) -> Any:
        """What it reads of all that its rows counted in the group."""
        source, sums, ask = self.view(reduced.dataset), self.counts(reduced.dataset, periods), self.scope(reduced.dataset, periods)

        def read(options: TrackedMapping) -> Any:
            return reduced.value(source, ask._replace(options=options), GroupCounts(sums, [group]), k)

        return self.cache.once((reduced.read, reduced.arguments, id(sums), k, group), ask.options, read)

    def definition_warnings(self, reduced: FromCounts) -> Any:
        """What it reads of all groups together, k being the number of the last period."""
        sums, periods = self.counts(reduced.dataset, self.question.span), self.question.periods
        counting = GroupCounts(sums, sums.groups, self.question.before)
        return reduced.value(self.view(reduced.dataset), self.scope(reduced.dataset, periods), counting, len(periods))

    def unmatched_warnings(self) -> list[Notice]:
        """What should be known of rows that other tables cannot put into a group."""
        return [*dict.fromkeys(said for source in self._own for said in source.unmatched_customers)]

    @property
    def _own(self) -> list[LoadedView]:
        """Those that the metrics stand on; others may be kept for other questions."""
        every = {self.view(rows).tables: self.view(rows) for metric, _ in self.question.metrics for rows in metric.datasets}
        return [*every.values()]

    def tables(self, metric: Metric) -> list[str]:
        """The tables that a metric is answered from."""
        return sorted({table for rows in metric.datasets for table in choose_tables(rows, self.loaded)})

    def groups(self, metric: Metric, periods: Periods) -> list[Group]:
        """The groups to answer for, in order of name: those in which anything counts, by reason those in which anyone left."""
        if not self.question.by:
            return [()]
        self._splits(metric)
        ks = range(1, len(periods) + 1)
        totals = [total for total in metric.totals.values() if not total.monthly]
        split = [total for total in totals if total.by_leave_reason or not any(self.view(total.dataset).groups.ended)]
        found = {
            g
            for total in split
            for g in self.counts(total.dataset, periods).groups
            if self.counts(total.dataset, periods).over(total, ks, [g])
        }
        return sorted(found, key=sort_key)

    def _splits(self, metric: Metric) -> None:
        """Raises CustmetricsError E133 for a metric that says nothing of who left, split by why."""
        of_end = any(total.by_leave_reason for _, name in self.question.metrics for total in metric.definitions[name].needed_totals)
        splits = [self.view(rows).groups for rows in metric.datasets]
        ended = [column for groups in splits for column, yes in zip(groups.by, groups.ended, strict=True) if yes]
        if ended and not of_end:
            raise only_known_of_lost(ended[0], f"counts others too: {metric.name} cannot be split by it")

    def prove(self, metric: Metric, periods: Periods) -> None:
        """What several metrics state of the same counts is proven once."""
        for identity in metric.identities:
            counted = {total.name: self.counts(total.dataset, periods) for total in identity.totals}
            key = (id(identity), *map(id, counted.values()))
            if key not in self.cache.proven:
                check_identity(identity, counted, periods, self.question.by)
                self.cache.proven.add(key)
