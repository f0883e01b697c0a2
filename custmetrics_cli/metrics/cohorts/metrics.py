"""Cohorts: what becomes of those who began together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import Any

from custmetrics_cli.columns.interval import MONTHLY
from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Dataset, FromCounts, Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.core.options import Option
from custmetrics_cli.metrics.revenue.totals import READS

EACH = Option("each", "Cohorts of a month, a quarter or a year", "STEP", str, "month", ("month", "quarter", "year"))
SHOW = Option("show", "Cells as a share of their cohort, or as they are", "HOW", str, "share", ("share", "count"))


def _made(name: str) -> Callable[[TableView, Scope], Sequence[Aggregation]]:
    return lambda source, ask: getattr(import_module("custmetrics_cli.metrics.cohorts.frames"), name)(source, ask)


def _grid(*about: Any, parts: int, unit: str) -> Any:
    return import_module("custmetrics_cli.metrics.cohorts.grid").grid(*about, parts=parts, unit=unit)


def _definition(name: str, dataset: Dataset, means: str, unit: str = "count", parts: int = 1) -> Definition:
    total = Total(name, means, dataset, "size", unit=unit, parts=parts, needs=("ended_at",) if dataset is not ORDERS else ())
    return Definition(Formula(name), (total,), means, unit=unit, grid=FromCounts(dataset, partial(_grid, parts=parts, unit=unit)))


CUSTOMERS = Dataset("cohorts", (("customers",), ("subscriptions",)), _made("customers"), reads=("started_at", "ended_at", "monthly"))
MRR = Dataset("cohorts by MRR", (("subscriptions",),), _made("mrr"), reads=READS)
ORDERS = Dataset("cohorts of buyers", (("purchases",),), _made("orders"), reads=("date", "amount"))

cohorts = Metric(
    name="cohorts",
    title="Cohorts",
    asks="Of those who began in the same month, how many are still there, month after month?",
    unit="count",
    better="",
    family="Cohorts",
    order=1,
    definitions={
        "standard": _definition(
            "cohort_customers", CUSTOMERS, "customers whose first stint began in the period; cells: there when a span ends"
        ),
        "mrr": _definition("cohort_mrr", MRR, "MRR of the day on which they first paid; cells: MRR when a span ends", "money", MONTHLY),
        "orders": _definition("cohort_buyers", ORDERS, "customers whose first order lies in the period; cells: ordered in a span"),
    },
    options=(EACH, SHOW),
    example="--period 2022-H1 customers.csv",
    worked_example="3 began in January, 2 in February: 3 + 2 = 5",
    notes="A customer who comes back belongs to the cohort it first came in. What is not over, or not in the data, is empty.",
)
METRICS = (cohorts,)
