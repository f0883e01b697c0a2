"""What is asked, as one value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import NamedTuple

from custmetrics_cli.compute.where import Condition
from custmetrics_cli.metric import Metric, Value
from custmetrics_cli.period import Period


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
    options: Mapping[str, Value] = {}  # of the metrics themselves, by symbol, defaults included

    @property
    def periods(self) -> tuple[Period, ...]:
        return self.period.split(self.every, self.fiscal_year_start) if self.every else (self.period,)

    @property
    def segments(self) -> tuple[str, ...]:
        """The columns that --by and --where name."""
        return tuple(dict.fromkeys((*self.by, *(condition.column for condition in self.where))))

    def chosen(self, metric: Metric) -> dict[str, Value]:
        """The metric's own options that are in effect, by name."""
        return {option.name: self.options[option.symbol] for option in metric.options if option.symbol in self.options}

    def wanted(self) -> dict[str, Collection[str]]:
        """The tables that any metric can use, each with the columns of words to read."""
        rows = [rows for metric, _ in self.metrics for rows in metric.rows]
        tables = sorted({table for each in rows for tables in each.needs for table in tables})
        words = {name: [word for each in rows for tables in each.needs if name in tables for word in each.words] for name in tables}
        return {name: tuple(dict.fromkeys((*self.segments, *words[name]))) for name in tables}
