"""What is asked, as one value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from custmetrics_cli.compute.money.currency import priced
from custmetrics_cli.compute.money.rates import RATES
from custmetrics_cli.compute.split.columns import of_tables
from custmetrics_cli.compute.split.filters import Condition
from custmetrics_cli.core.data.dataset import Dataset
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.core.options import Value
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.tables import TABLES
from custmetrics_cli.tables.shared.table import Selection


class Question(NamedTuple):
    """Metrics with the name of the definition, for a period (or each part of it), split and compared."""

    metrics: tuple[tuple[Metric, str], ...]
    period: Period
    today: dt.date
    every: str = ""
    by: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    compare: str = ""
    gap: int = 0
    as_of: dt.date | None = None
    quiet_days: int = 7
    fiscal_year_start: int = 1
    currency: str = ""  # of the answer's money; '' = that of the files
    options: Mapping[str, Value] = {}  # of the metrics themselves, by symbol, defaults included
    written: bool = False  # what people wrote is looked at too
    before: int = 0  # how many periods as long as this one, just before it, are asked for with it

    @property
    def periods(self) -> tuple[Period, ...]:
        return self.period.split(self.every, self.fiscal_year_start) if self.every else (self.period,)

    @property
    def span(self) -> tuple[Period, ...]:
        """All that one pass over the data answers for: the periods, and those before them."""
        earlier = [self.period]
        while len(earlier) <= self.before:
            earlier.insert(0, earlier[0].previous())
        return (*earlier[:-1], *self.periods)

    @property
    def segments(self) -> tuple[str, ...]:
        """The columns that --by and --where name."""
        return tuple(dict.fromkeys((*self.by, *(condition.column for condition in self.where))))

    def chosen(self, metric: Metric) -> dict[str, Value]:
        """The metric's own options that are in effect, by name."""
        values = {option.name: option.value(self.options) for option in metric.options}
        return {name: value for name, value in values.items() if value is not None}

    def selections(self) -> dict[str, Selection]:
        """The tables that any metric can use, each with what is looked at."""
        rows = [rows for metric, _ in self.metrics for rows in metric.datasets]
        tables = sorted({table for each in rows for tables in each.needs for table in tables})
        own = {name: self._of(name, [each for each in rows if any(name in tables for tables in each.needs)]) for name in tables}
        crossed = {**{name: self.segments for each in rows for name in self._whose(each)}, **of_tables(self.segments)}
        others = {name: Selection(words, TABLES[name].days) for name, words in crossed.items() if name not in own}
        return own | others | self._rates()

    def _of(self, table: str, rows: Sequence[Dataset]) -> Selection:
        """What rows look at in a table; and where another table splits it or is split by it, its days."""
        of_others, crossed = of_tables(self.segments), any(self._whose(each) for each in rows)
        words = dict.fromkeys([*self.segments, *of_others.get(table, ()), *(word for each in rows for word in self._words(each))])
        reads = dict.fromkeys([*(name for each in rows for name in each.reads), *(TABLES[table].days if of_others or crossed else ())])
        told = {name: text for each in rows if each.check_context for name, text in each.check_context(self.options).items()}
        return Selection(tuple(words), tuple(reads), tuple({reason for each in rows for reason in each.kept_reasons}), told)

    def _whose(self, dataset: Dataset) -> tuple[str, ...]:
        """The tables by whose columns they are split before their own."""
        return dataset.group_tables if self.segments else ()

    def _words(self, dataset: Dataset) -> tuple[str, ...]:
        return (*dataset.words, dataset.comment_column) if self.written and dataset.comment_column else dataset.words

    def _rates(self) -> dict[str, Selection]:
        """Rates of exchange, where money may have to be converted."""
        counted = [total for metric, _ in self.metrics for name in metric.definitions for total in priced(metric, name)]
        told = [rows for metric, _ in self.metrics for rows in metric.datasets if "money" in rows.detail_columns.values()]
        return {RATES: Selection(reads=tuple(TABLES[RATES].by_name))} if self.currency and (counted or told) else {}
