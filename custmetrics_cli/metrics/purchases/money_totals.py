"""Purchases: what was paid, by day. A refund is a negative amount; an order is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from custmetrics_cli.columns import HUNDREDTHS
from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Dataset, Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.data.total import Total


def _made(name: str) -> Callable[[TableView, Scope], Sequence[Aggregation]]:
    return lambda source, ask: getattr(import_module("custmetrics_cli.metrics.purchases.money_frames"), name)(source, ask)


def _rows(name: str, make: str) -> Dataset:
    return Dataset(name, (("purchases",),), _made(make), reads=("date", "amount"), detail_columns={"date": "day"})


def _paid(name: str, means: str, dataset: Dataset, **more: Any) -> Total:
    return Total(name, means, dataset, "paid", unit="money", parts=HUNDREDTHS, **more)


REVENUE, TO_DATE, BUYERS = _rows("purchases", "revenue"), _rows("purchases to date", "to_date"), _rows("buyers to date", "buyers")
OF_CUSTOMERS = REVENUE._replace(name="purchases by customer", group_tables=("customers", "subscriptions"))
one_off = _paid("one_off", "paid for purchases in the period, refunds taken off", REVENUE)
revenue = _paid("revenue", one_off.description, OF_CUSTOMERS)
revenue_to_date = _paid("revenue_to_date", "paid for purchases until the period ends, refunds taken off", TO_DATE, stock="paid")
buyers_to_date = Total("buyers_to_date", "customers with an order until the period ends", BUYERS, "first", "first")
