"""Totals of the money paid for purchases. A refund is a negative amount, and is not an order."""

from __future__ import annotations

from typing import Any

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.data.dataset import Dataset
from custmetrics_cli.core.data.total import Total

PURCHASES = Dataset(
    "purchases",
    needs=(("purchases",),),
    make="purchases.money_frames:revenue",
    reads=("date", "amount"),
    kept_reasons=("no customer",),
    detail_columns={"date": "day"},
)
TO_DATE = PURCHASES._replace(name="purchases to date", make="purchases.money_frames:revenue_to_date")
BUYERS = PURCHASES._replace(name="buyers to date", make="purchases.money_frames:buyers")
BY_CUSTOMER = PURCHASES._replace(name="purchases by customer", group_tables=("customers", "subscriptions"))


def _paid(name: str, description: str, dataset: Dataset, **more: Any) -> Total:
    return Total(name, description, dataset, "paid", unit="money", parts=MONEY_PARTS, **more)


PAID = "paid for purchases in the period, less refunds"
one_off = _paid("one_off", PAID, PURCHASES)
revenue = _paid("revenue", PAID, BY_CUSTOMER)
revenue_to_date = _paid("revenue_to_date", "paid for purchases up to the end of the period, less refunds", TO_DATE, stock="paid")
buyers_to_date = Total("buyers_to_date", "customers with an order up to the end of the period", BUYERS, "first", "first")
