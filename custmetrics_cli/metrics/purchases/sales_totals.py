"""Totals of sales and of orders. Orders without a customer count here; metrics of buyers skip them."""

from __future__ import annotations

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.data.dataset import Dataset
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.metrics.purchases.totals import SAME_DAY, SHARED_ORDERS

SALES = Dataset(
    "sales",
    needs=(("purchases",),),
    make="purchases.sales_frames:sales",
    reads=("date", "amount"),
    kept_reasons=("no customer",),
    detail_columns={"date": "day"},
)
LINES_AS_ORDERS = SAME_DAY._replace(
    message="{n} ordered several times on a single day; if rows are items of one order, there are fewer orders", for_totals=("orders",)
)
ORDERS = SALES._replace(
    name="orders",
    make="purchases.sales_frames:orders",
    checks=(LINES_AS_ORDERS, SHARED_ORDERS),
    reads=("date", "amount", "order_id_key"),
)


def _sales(name: str, description: str, flow: str) -> Total:
    return Total(name, description, SALES, flow, unit="money", parts=MONEY_PARTS)


def _orders(name: str, description: str, flow: str) -> Total:
    return Total(name, description, ORDERS, flow, additive=False)


revenue = _sales("revenue", "orders of the period, less refunds", "paid")
new_sales = _sales("new_sales", "orders of customers whose first order is in the period", "new")
returning_sales = _sales("returning_sales", "orders of customers who also ordered before the period", "returning")
other_sales = _sales("other_sales", "orders without a customer", "nobody")
refunds = _sales("refunds", "money given back in the period", "refund")
orders = _orders("orders", "orders in the period; a refund is not an order", "orders")
new_orders = _orders("new_orders", "orders of customers whose first order is in the period", "new")
returning_orders = _orders("returning_orders", "orders of customers who also ordered before the period", "returning")
other_orders = _orders("other_orders", "orders without a customer", "nobody")

SALES_ADD_UP = Identity(
    Formula("new_sales + returning_sales + other_sales - refunds"),
    Formula("revenue"),
    (new_sales, returning_sales, other_sales, refunds, revenue),
)
ORDERS_ADD_UP = Identity(
    Formula("new_orders + returning_orders + other_orders"), Formula("orders"), (new_orders, returning_orders, other_orders, orders)
)
