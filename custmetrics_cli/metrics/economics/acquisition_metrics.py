"""Metrics of the cost to win a customer, and to keep one."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.economics import cost_totals as costs
from custmetrics_cli.metrics.economics.categories import TO_KEEP, TO_WIN
from custmetrics_cli.metrics.economics.margin import REQUIRED_MARGIN
from custmetrics_cli.metrics.economics.value_intervals import payback as interval_of_payback
from custmetrics_cli.metrics.revenue import payers as p
from custmetrics_cli.metrics.revenue.metrics import arpa

FAMILY = "Unit economics"
CAC_WARNINGS = (costs.NOT_TO_WIN, costs.NO_CATEGORIES)

cac = Metric(
    name="cac",
    title="Customer acquisition cost",
    asks="What does it cost to win a customer?",
    unit="money",
    better="lower",
    family=FAMILY,
    is_key=True,
    order=1,
    definitions={
        "standard": Definition(
            Formula("spend / starts", "no customer joined in the period for the first time"),
            (costs.spend, p.starts, costs.without_channel, costs.other_spend),
            "costs and new customers of the same period; with --by channel, costs without a channel stay separate",
            how="{spend} spent, {starts:customer} won",
            not_zero=("spend", "nothing was spent in this group, so its customers have no cost"),
            warnings=CAC_WARNINGS,
        )
    },
    identities=(*p.PAYER_IDENTITIES, costs.SPEND_ADDS_UP),
    example="--period 2022-Q2 customers.csv costs.csv",
    worked_example="5,000 spent, 25 new customers: 5,000 / 25 = 200.00",
    notes="Without a column category all costs count.",
    options=(TO_WIN,),
)
payback = Metric(
    name="payback",
    title="CAC payback time",
    asks="After how many months has a customer paid back the acquisition cost?",
    unit="months",
    better="lower",
    family=FAMILY,
    order=5,
    definitions={
        "standard": Definition(
            Formula("cac / (arpa * margin)", "customers leave no margin"),
            (costs.spend, p.starts, *arpa.standard.totals),
            "only the margin of what customers pay counts",
            interval_of_payback(),
            uses=(cac, arpa),
            warnings=CAC_WARNINGS,
        )
    },
    identities=(*p.PAYER_IDENTITIES, costs.SPEND_ADDS_UP, *arpa.identities),
    example="--period 2022-Q2 --margin 80% subscriptions.csv costs.csv",
    worked_example="a customer costs 300 and pays 50 a month, the margin is 50 %: 300 / (50 x 0.5) = 12.0 months",
    options=(REQUIRED_MARGIN, TO_WIN),
)
retention_cost = Metric(
    name="retention-cost",
    title="Customer retention cost",
    asks="What does it cost to keep a customer for a year?",
    unit="money",
    better="lower",
    family=FAMILY,
    order=6,
    aliases=("crc",),
    definitions={
        "standard": Definition(
            Formula("retention_spend / customers * 12 / months", "no customers share the cost"),
            (costs.retention_spend, p.customers, p.opening, p.kept, p.closing, costs.other_than_retention),
            "per year, for a period of any length",
            warnings=(costs.NOT_TO_KEEP,),
        )
    },
    identities=(*p.SHARING_IDENTITIES, costs.RETENTION_SPEND_ADDS_UP),
    example="--period 2022-Q2 customers.csv costs.csv",
    worked_example="2,500 spent in a quarter, 500 customers kept: 2,500 / 500 x 12 / 3 = 20.00",
    notes="Needs the column category in costs.",
    options=(p.PER, TO_KEEP),
)
acquire_vs_keep = Metric(
    name="acquire-vs-keep",
    title="Acquisition cost to retention cost",
    asks="How much more does it cost to win a customer than to keep one for a year?",
    unit="times",
    better="",
    family=FAMILY,
    order=7,
    definitions={
        "standard": Definition(
            Formula("cac / retention_cost", "no retention cost in the period"),
            (costs.spend, p.starts, costs.retention_spend, p.customers),
            "often quoted as 6 to 7 times; this is your own figure",
            uses=(cac, retention_cost),
            warnings=(costs.NEITHER,),
        )
    },
    identities=(*p.PAYER_IDENTITIES, *p.SHARING_IDENTITIES, costs.SPEND_ADDS_UP),
    example="--period 2022-Q2 customers.csv costs.csv",
    worked_example="200 to win a customer, 40 a year to keep one: 200 / 40 = 5.00",
    options=(TO_WIN, p.PER, TO_KEEP),
)
METRICS = (cac, payback, retention_cost, acquire_vs_keep)
