"""How customers buy: again or once, and how much hangs on a few."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.core.options import OptionSpec
from custmetrics_cli.core.options import share as read_share
from custmetrics_cli.metrics.purchases import totals as o
from custmetrics_cli.metrics.shared.intervals import share

FAMILY = "Behaviour"
NOBODY = "nobody ordered in the period"
NO_REVENUE = "nobody paid more than was refunded in the period"

repeat_rate = Metric(
    name="repeat-rate",
    title="Repeat purchase rate",
    asks="Of the customers who ordered, what share ordered again?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    order=6,
    definitions={
        "standard": Definition(
            Formula("repeat_buyers / buyers", NOBODY),
            (o.repeat_buyers, o.buyers, o.orders),
            "two or more orders in the period; an order is a purchase of 0 or more, a refund is none",
            share("repeat_buyers", "buyers"),
        ),
        "returning": Definition(
            Formula("returning_buyers / buyers", NOBODY),
            (o.returning_buyers, o.first_buyers, o.buyers, o.orders),
            "an order before the period, however long ago and in whatever group; how often in the period is all the same",
            share("returning_buyers", "buyers"),
        ),
    },
    identities=(o.OF_ORDERS, o.OF_BUYERS),
    example="--period 2022 purchases.csv",
    worked_example="of 4 customers one ordered twice: 1 / 4 = 25.00 %",
)
concentration = Metric(
    name="concentration",
    title="Concentration of revenue",
    asks="What share of the revenue comes from those who pay most?",
    unit="ratio",
    better="lower",
    family=FAMILY,
    order=7,
    definitions={
        "standard": Definition(
            Formula("top_revenue / net_revenue", NO_REVENUE),
            (o.top_revenue, o.net_revenue, o.top_payers, o.payers),
            "of the customers who paid more than was refunded to them",
        ),
        "pareto": Definition(
            Formula("core_payers / payers", NO_REVENUE),
            (o.core_payers, o.payers, o.net_revenue),
            "the smallest share of customers that makes 80 % of the revenue; --top does not matter",
        ),
    },
    options=(OptionSpec("top", "Those who pay most: this share of the customers, rounded up", "SHARE", read_share, "20%"),),
    example="--period 2022 purchases.csv",
    worked_example="5 customers pay 60, 10, 10, 10 and 10; 20 % of them is one: 60 / 100 = 60.00 %",
)
METRICS = (repeat_rate, concentration)
