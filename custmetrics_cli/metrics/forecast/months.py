"""The months up to the end of a period: levels and movements, from the datasets of other metrics.

Keys of counts: (month, name), with months from 1 and 0 for the time before; and MONTHS, the number of complete months.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Dataset, Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.time.calendar import after as after_span
from custmetrics_cli.core.time.calendar import day_of, floor
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.metrics.customers.totals import CUSTOMERS
from custmetrics_cli.metrics.purchases.money_totals import PURCHASES
from custmetrics_cli.metrics.revenue.totals import LEDGER

SOURCES: Mapping[str, Dataset] = {"mrr": LEDGER, "customers": CUSTOMERS, "revenue": PURCHASES}
NAMES = {
    "mrr": ("net", "churned"),
    "customers": ("net", "lost"),
    "revenue": ("paid",),
}
Counted = Iterator[tuple[int, int, Mapping[Any, Any]]]


def months_of(view: TableView, scope: Scope, subject: str) -> tuple[Period, ...]:
    """Return the whole months from the first day of the data up to the last one that is complete.

    A first month that the data does not cover from its start is left out of flows.
    """
    oldest = view.first_day(view.tables[0])
    if oldest is None or scope.complete_until is None:
        return ()
    first = floor(day_of(oldest), "month")
    if subject == "revenue" and day_of(oldest).day > FEW_DAYS:
        first = after_span(first, "month")
    end = floor(min(scope.periods[-1].end, day_of(scope.complete_until) + dt.timedelta(1)), "month")
    return Period(first, end).calendar_months() if first < end else ()


FEW_DAYS = 3  # a first order on one of the first days of a month: the month counts


def monthly(view: TableView, scope: Scope, subject: str) -> list[Aggregation]:
    """Count months for each period: those that end by the end of the period."""
    months = months_of(view, scope, subject)
    if not months:
        return []
    dataset = SOURCES[subject]
    made = dataset.aggregations(view, scope._replace(periods=months))
    return [each._replace(counts=partial(_by_month, each, scope.periods, months, subject)) for each in made]


def _by_month(made: Aggregation, periods: tuple[Period, ...], months: tuple[Period, ...], subject: str, rows: Any) -> Counted:
    first, *_ = names = NAMES[subject]
    lasts = [sum(month.end <= period.end for month in months) for period in periods]
    for month, group, counts in made.counts(rows):
        kept = {(month, name): counts[name] for name in names if counts.get(name)}
        for number, last in enumerate(lasts, 1):
            if kept and month <= last:
                counted = subject != "revenue" or month == last
                yield number, group, {**kept, "last": counts.get(first, 0) * counted}
