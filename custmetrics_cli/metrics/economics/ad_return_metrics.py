"""Metrics of what advertising brings back in purchases."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.economics import cost_totals as costs
from custmetrics_cli.metrics.economics.acquisition_metrics import CAC_WARNINGS
from custmetrics_cli.metrics.economics.categories import TO_WIN
from custmetrics_cli.metrics.economics.margin import REQUIRED_MARGIN
from custmetrics_cli.metrics.purchases.money_totals import revenue

FAMILY = "Unit economics"
NO_SPEND = "no acquisition cost in the period"
TOTALS = (revenue, costs.spend, costs.without_channel, costs.other_spend)
BLENDED = "all purchases of the period (blended), not only those of new customers"
BY_CHANNEL = (
    "With --by channel, purchases have the channel of their customer (in customers or subscriptions), or their own if neither has one."
)

roas = Metric(
    name="roas",
    title="Return on ad spend",
    asks="How much revenue came in for each unit of acquisition cost?",
    unit="times",
    better="higher",
    family=FAMILY,
    order=9,
    definitions={
        "standard": Definition(Formula("revenue / spend", NO_SPEND), TOTALS, BLENDED, warnings=CAC_WARNINGS),
        "break-even": Definition(
            Formula("1 / margin", "a margin of 0 never breaks even"),
            TOTALS,
            "the ROAS at which the margin of the revenue pays for the acquisition cost",
        ),
    },
    identities=(costs.SPEND_ADDS_UP,),
    example="--period 2022-Q2 purchases.csv costs.csv",
    worked_example="300 of purchases, 100 spent: 300 / 100 = 3.00",
    notes=BY_CHANNEL,
    options=(REQUIRED_MARGIN, TO_WIN),
)
roi = Metric(
    name="roi",
    title="Return on investment",
    asks="How much profit came in for each unit of acquisition cost?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    order=10,
    definitions={
        "standard": Definition(
            Formula("(revenue * margin - spend) / spend", NO_SPEND),
            TOTALS,
            f"the margin of {BLENDED}",
            warnings=CAC_WARNINGS,
        )
    },
    identities=(costs.SPEND_ADDS_UP,),
    example="--period 2022-Q2 --margin 50% purchases.csv costs.csv",
    worked_example="400 of purchases, a margin of 50 %, 100 spent: (400 x 0.5 - 100) / 100 = 100.00 %",
    notes=BY_CHANNEL,
    options=(REQUIRED_MARGIN, TO_WIN),
)
METRICS = (roas, roi)
