"""A question, as one value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from custmetrics_cli.compute.money.currency import money_totals
from custmetrics_cli.compute.money.rates import RATES
from custmetrics_cli.compute.readings.columns import columns_of
from custmetrics_cli.compute.split.columns import columns_by_table
from custmetrics_cli.compute.split.filters import Condition
from custmetrics_cli.core.data.dataset import Dataset
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.core.options import BY_NAME, Value
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.tables import TABLES
from custmetrics_cli.tables.answers.facts import Fact
from custmetrics_cli.tables.shared.table import Selection


class Question(NamedTuple):
    """Metrics for a period or for its parts, with a split and a comparison."""

    metrics: tuple[tuple[Metric, str], ...]  # each with the name of its definition
    period: Period
    today: dt.date
    every: str = ""  # --every: the unit of the parts
    by: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    sort: str = BY_NAME  # the order of groups
    limit: int = 0  # groups to show; 0: all
    compare: str = ""  # previous, year-ago or a period
    compare_also: str = ""  # a second period to compare with
    gap: int = 0
    as_of: dt.date | None = None
    quiet_days: int = 7
    fiscal_year_start: int = 1
    currency: str = ""  # of the answer's money; "": that of the files
    rates: Mapping[str, Fraction] = {}  # exchange rates set by hand, by currency: units of the answer's currency
    options: Mapping[str, Value] = {}  # the metrics' own options by symbol, defaults included
    option_sources: Mapping[str, str] = {}  # options that files can settle, by symbol -> where the value comes from
    with_comments: bool = False  # read what customers wrote, too
    known_by: bool = False  # of a list: read the columns by which people know a customer, too
    columns: tuple[str, ...] = ()  # of a list: further columns instead of these
    periods_before: int = 0  # earlier periods of the same length that are computed with it

    @property
    def definition(self) -> Definition:
        """The definition of its first metric."""
        metric, name = self.metrics[0]
        return metric.definitions[name]

    @property
    def periods(self) -> tuple[Period, ...]:
        return self.period.split(self.every, self.fiscal_year_start) if self.every else (self.period,)

    @property
    def all_periods(self) -> tuple[Period, ...]:
        """The earlier periods and the periods, which one query counts together."""
        earlier = [self.period]
        while len(earlier) <= self.periods_before:
            earlier.insert(0, earlier[0].previous())
        return (*earlier[:-1], *self.periods)

    @property
    def split_columns(self) -> tuple[str, ...]:
        """The columns that --by and --where name."""
        return tuple(dict.fromkeys((*self.by, *(condition.column for condition in self.where))))

    @property
    def read_columns(self) -> tuple[str, ...]:
        """The columns of words to read: those that split the rows, and those of a list."""
        return tuple(dict.fromkeys((*self.split_columns, *self.columns)))

    def options_in_effect(self, metric: Metric) -> dict[str, Value]:
        """Return the values of the metric's own options by name."""
        values = {option.name: option.value(self.options) for option in metric.options}
        found = [name for name in self.option_sources if name not in {option.symbol for option in metric.options}]
        values |= {name.replace("_", "-"): self.options[name] for name in found}
        return {name: value for name, value in values.items() if value is not None}

    def label(self, metric: Metric) -> str:
        """Return the words that follow the title of the metric, such as before costs."""
        return ", ".join(option.without for option in metric.options if option.without and option.symbol not in self.options)

    def with_found(self, found: Mapping[str, Mapping[str, Fact]]) -> Question:
        """Return the question with the options that the files settle. found: by the names of check contexts. An option overrides it."""
        checks = [dataset.check_context for metric, _ in self.metrics for dataset in metric.datasets if dataset.check_context]
        names = dict.fromkeys(name for check in checks for name in check(self.options))
        facts = {symbol: fact for name in names for symbol, fact in found.get(name, {}).items()}
        values = {symbol: fact.value for symbol, fact in facts.items()}
        return self._replace(options={**values, **self.options}, option_sources={symbol: fact.by for symbol, fact in facts.items()})

    @property
    def sources_in_effect(self) -> dict[str, str]:
        """The source of each option that files settle, by name."""
        return {symbol.replace("_", "-"): source for symbol, source in self.option_sources.items()}

    def selections(self) -> dict[str, Selection]:
        """Return each table that the metrics can use, with the columns to read."""
        datasets = [dataset for metric, _ in self.metrics for dataset in metric.datasets]
        names = sorted({table for dataset in datasets for tables in dataset.needs for table in tables})
        own = {name: self._selection(name, [each for each in datasets if any(name in tables for tables in each.needs)]) for name in names}
        looked_up = {name: self.split_columns for dataset in datasets for name in self._group_tables(dataset)}
        looked_up |= {table: tuple(columns) for table, columns in columns_by_table(self.read_columns).items()}
        others = {name: Selection(columns, TABLES[name].days) for name, columns in looked_up.items() if name not in own}
        return own | others | self._rates()

    def _selection(self, table: str, datasets: Sequence[Dataset]) -> Selection:
        """Return the columns that datasets read from a table. A lookup in another table needs its days too."""
        by_table = columns_by_table(self.read_columns)
        needs_days = by_table or any(self._group_tables(dataset) for dataset in datasets)
        words = [*self.read_columns, *by_table.get(table, ()), *(word for dataset in datasets for word in self._words(dataset))]
        reads = [
            *(name for dataset in datasets for name in dataset.reads),
            *self._more_reads(datasets),
            *(TABLES[table].days if needs_days else ()),
        ]
        context = {name: text for each in datasets if each.check_context for name, text in each.check_context(self.options).items()}
        kept_reasons = {reason for dataset in datasets for reason in dataset.kept_reasons}
        selected = Selection(tuple(dict.fromkeys(words)), tuple(dict.fromkeys(reads)), tuple(kept_reasons), context, self.known_by)
        return selected.merge(columns_of(self.definition.reading)) if TABLES[table].has_spans else selected

    def _more_reads(self, datasets: Sequence[Dataset]) -> Iterator[str]:
        for dataset in datasets:
            yield from dataset.more_reads(self.options) if dataset.more_reads else ()

    def _group_tables(self, dataset: Dataset) -> tuple[str, ...]:
        return dataset.group_tables if self.split_columns else ()

    def _words(self, dataset: Dataset) -> tuple[str, ...]:
        return (*dataset.words, dataset.comment_column) if self.with_comments and dataset.comment_column else dataset.words

    def _rates(self) -> dict[str, Selection]:
        """Return the table of exchange rates, if money may have to be converted."""
        totals = [total for metric, _ in self.metrics for name in metric.definitions for total in money_totals(metric, name)]
        details = [unit for metric, _ in self.metrics for dataset in metric.datasets for unit in dataset.detail_columns.values()]
        has_money = bool(totals) or "money" in details
        return {RATES: Selection(reads=tuple(TABLES[RATES].by_name))} if self.currency and has_money else {}
