"""Totals of orders and of paying customers. A refund is not an order, but it reduces revenue."""

from __future__ import annotations

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.data.dataset import Dataset, DataWarning
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.formula import Formula

SAME_DAY = DataWarning(
    "same_day_buyers",
    "W221",
    "{n} ordered several times on a single day; if rows are items of one order, the repeat rate is too high",
    "customer",
    "purchases.frames:same_day_buyers",
    for_totals=("repeat_buyers",),
)
SHARED_ORDERS = DataWarning(
    "shared_orders",
    "W261",
    "{n} share order numbers; an order has one customer, so check which column holds the order number",
    "customer",
    "purchases.frames:shared_orders",
    for_totals=("repeat_buyers", "orders"),
)
BUYERS = Dataset(
    "buyers",
    needs=(("purchases",),),
    make="purchases.frames:buyers",
    checks=(SAME_DAY, SHARED_ORDERS),
    reads=("date", "amount", "order_id_key"),
    detail_columns={"orders": "count", "first_ever": "day"},
)
PAYERS = Dataset("paying customers", needs=(("purchases",),), make="purchases.ranking:payers", reads=("date", "amount"))


def _buyers(name: str, description: str) -> Total:
    return Total(name, description, BUYERS, flow=name, additive=False)


def _payers(name: str, description: str) -> Total:
    return Total(name, description, PAYERS, flow=name, additive=False)


def _revenue(name: str, description: str) -> Total:
    return _payers(name, description)._replace(unit="money", parts=MONEY_PARTS)


orders = _buyers("orders", "orders in the period")  # an order of several groups counts in each
buyers = _buyers("buyers", "customers who ordered in the period")
single_buyers = _buyers("single_buyers", "customers with one order in the period")
repeat_buyers = _buyers("repeat_buyers", "customers with two or more orders in the period")
first_buyers = _buyers("first_buyers", "customers whose first order is in the period")
returning_buyers = _buyers("returning_buyers", "customers who also ordered before the period")

payers = _payers("payers", "customers who paid more than was refunded to them")
net_revenue = _revenue("net_revenue", "orders less refunds of these customers")
top_payers = _payers("top_payers", "customers who paid most: the share --top, rounded up")
top_revenue = _revenue("top_revenue", "orders less refunds of the customers who paid most")
core_payers = _payers("core_payers", "the fewest customers who make 80 % of the revenue")

ORDER_COUNTS = Identity(Formula("single_buyers + repeat_buyers"), Formula("buyers"), (single_buyers, repeat_buyers, buyers, orders))
BUYER_COUNTS = Identity(Formula("first_buyers + returning_buyers"), Formula("buyers"), (first_buyers, returning_buyers, buyers))
