"""Metrics of purchases: repeat purchases, and the concentration of revenue."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.core.options import OptionSpec
from custmetrics_cli.core.options import share as read_share
from custmetrics_cli.metrics.purchases import totals as t
from custmetrics_cli.metrics.shared.intervals import share

FAMILY = "Orders"
NO_BUYERS = "no orders in the period"
NO_REVENUE = "no customer paid more than was refunded"

repeat_rate = Metric(
    name="repeat-rate",
    title="Repeat purchase rate",
    asks="What share of buyers ordered again?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    is_key=True,
    order=6,
    definitions={
        "standard": Definition(
            Formula("repeat_buyers / buyers", NO_BUYERS),
            (t.repeat_buyers, t.buyers, t.orders),
            "two or more orders in the period; a refund is not an order",
            share("repeat_buyers", "buyers"),
            how="{repeat_buyers} of {buyers:buyer} ordered again",
        ),
        "returning": Definition(
            Formula("returning_buyers / buyers", NO_BUYERS),
            (t.returning_buyers, t.first_buyers, t.buyers, t.orders),
            "an order in the period and one before it, however long ago and in any group",
            share("returning_buyers", "buyers"),
            how="{returning_buyers} of {buyers:buyer} had ordered before",
        ),
    },
    identities=(t.ORDER_COUNTS, t.BUYER_COUNTS),
    example="--period 2022 purchases.csv",
    worked_example="4 customers ordered, one of them twice: 1 / 4 = 25.00 %",
)
concentration = Metric(
    name="concentration",
    title="Concentration of revenue",
    asks="What share of the revenue comes from the top customers?",
    unit="ratio",
    better="lower",
    family=FAMILY,
    order=7,
    definitions={
        "standard": Definition(
            Formula("top_revenue / net_revenue", NO_REVENUE),
            (t.top_revenue, t.net_revenue, t.top_payers, t.payers),
            "customers who paid more than was refunded to them",
        ),
        "pareto": Definition(
            Formula("core_payers / payers", NO_REVENUE),
            (t.core_payers, t.payers, t.net_revenue),
            "smallest share of customers who make 80 % of the revenue; ignores --top",
        ),
    },
    options=(OptionSpec("top", "Share of customers that are the top ones, rounded up", "SHARE", read_share, "20%"),),
    example="--period 2022 purchases.csv",
    worked_example="5 customers pay 60, 10, 10, 10 and 10, the top 20 % is one of them: 60 / 100 = 60.00 %",
)
METRICS = (repeat_rate, concentration)
