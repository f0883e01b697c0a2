"""Metrics of orders: their revenue, their number, their average, and the customers behind them."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.customers import totals as c
from custmetrics_cli.metrics.purchases import sales_totals as s
from custmetrics_cli.metrics.purchases import totals as t

FAMILY = "Orders"
NO_ORDERS = "no orders in the period"
SILENCE = c.CUSTOMERS._replace(name="buyers by silence", needs=(("purchases",),), checks=())
IDENTITIES = tuple(each._replace(totals=tuple(total._replace(dataset=SILENCE) for total in each.totals)) for each in c.IDENTITIES)
LEDGER = tuple(total._replace(dataset=SILENCE) for total in (c.opening, c.new, c.reactivated, c.moved_in, c.lost, c.moved_out, c.closing))

revenue = Metric(
    name="revenue",
    title="Revenue",
    asks="How much did customers pay, less refunds?",
    unit="money",
    better="higher",
    family=FAMILY,
    order=1,
    definitions={
        "standard": Definition(
            Formula("revenue"),
            (s.new_sales, s.returning_sales, s.other_sales, s.refunds, s.revenue),
            "orders of the period, less refunds; orders without a customer count",
        )
    },
    identities=(s.SALES_ADD_UP,),
    example="--period 2022-Q2 purchases.csv",
    worked_example="100 from a new buyer, 50 from a returning one, 20 refunded: 100 + 50 - 20 = 130.00",
)
orders = Metric(
    name="orders",
    title="Orders",
    asks="How many orders came in?",
    unit="count",
    better="higher",
    family=FAMILY,
    order=2,
    definitions={
        "standard": Definition(
            Formula("orders"),
            (s.new_orders, s.returning_orders, s.other_orders, s.orders),
            "the lines of one order number are one order; a refund is not an order",
        )
    },
    identities=(s.ORDERS_ADD_UP,),
    example="--period 2022-Q2 purchases.csv",
    worked_example="2 orders of a new buyer, 1 of a returning one: 2 + 1 = 3",
)
aov = Metric(
    name="aov",
    title="Average order value",
    asks="How much is an order worth?",
    unit="money",
    better="higher",
    family=FAMILY,
    order=3,
    definitions={
        "standard": Definition(
            Formula("revenue / orders", NO_ORDERS),
            (s.revenue, s.orders, s.refunds),
            "net of refunds, which are not orders",
        ),
        "gross": Definition(
            Formula("(revenue + refunds) / orders", NO_ORDERS),
            (s.revenue, s.refunds, s.orders),
            "before refunds",
        ),
    },
    identities=(s.SALES_ADD_UP, s.ORDERS_ADD_UP),
    example="--period 2022-Q2 purchases.csv",
    worked_example="3 orders of 50, 30 refunded: (150 - 30) / 3 = 40.00",
)
buyers = Metric(
    name="buyers",
    title="Buyers",
    asks="How many customers ordered?",
    unit="count",
    better="higher",
    family=FAMILY,
    order=4,
    definitions={
        "standard": Definition(
            Formula("first_buyers + returning_buyers"),
            (t.first_buyers, t.returning_buyers, t.buyers, *LEDGER),
            "new buyers, and buyers who also ordered before the period",
            how="{first_buyers} new, {returning_buyers} returning",
        )
    },
    identities=(t.BUYER_COUNTS, *IDENTITIES),
    example="--period 2022-Q2 --gap 90 purchases.csv",
    worked_example="2 customers ordered for the first time, 3 had ordered before: 2 + 3 = 5",
    notes="With --gap 90, the ledger follows: after 90 days without an order, a customer is lost.",
)
METRICS = (revenue, orders, aov, buyers)
