"""What spend on winning customers brings back in purchases."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.economics import cost_totals as costs
from custmetrics_cli.metrics.economics.acquisition_metrics import OF_CAC
from custmetrics_cli.metrics.economics.margin import NEEDED
from custmetrics_cli.metrics.purchases.money_totals import revenue

FAMILY = "Unit economics"
NO_SPEND = "nothing was spent to win customers"
TOTALS = (revenue, costs.spend, costs.without_channel, costs.other_spend)
BLENDED = (
    "blended: all purchases, whoever brought the customer; with --by channel those of its customers, by the channel in customers, "
    "else in subscriptions, else in purchases"
)

roas = Metric(
    name="roas",
    title="Return on ad spend",
    asks="How much revenue came in for each unit spent on winning customers?",
    unit="times",
    better="higher",
    family=FAMILY,
    order=9,
    definitions={
        "standard": Definition(Formula("revenue / spend", NO_SPEND), TOTALS, BLENDED, warnings=OF_CAC),
        "break-even": Definition(
            Formula("1 / margin", "a margin of nothing never breaks even"),
            TOTALS,
            "the ROAS at which what is left of revenue pays for the spend",
        ),
    },
    identities=(costs.OF_WINNING,),
    example="--period 2022-Q2 purchases.csv costs.csv",
    worked_example="300 of purchases, 100 spent: 300 / 100 = 3.00",
    options=(NEEDED, costs.TO_WIN),
)
roi = Metric(
    name="roi",
    title="Return on investment",
    asks="How much more came back than was spent on winning customers, for each unit spent?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    order=10,
    definitions={
        "standard": Definition(
            Formula("(revenue * margin - spend) / spend", NO_SPEND),
            TOTALS,
            f"of revenue, only the margin comes back; {BLENDED}",
            warnings=OF_CAC,
        )
    },
    identities=(costs.OF_WINNING,),
    example="--period 2022-Q2 --margin 50% purchases.csv costs.csv",
    worked_example="400 of purchases, half of it left, 100 spent: (400 x 0.5 - 100) / 100 = 100.00 %",
    options=(NEEDED, costs.TO_WIN),
)
METRICS = (roas, roi)
