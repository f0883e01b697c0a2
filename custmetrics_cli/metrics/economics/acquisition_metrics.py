"""What it costs to win a customer, and to keep one."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.economics import cost_totals as costs
from custmetrics_cli.metrics.economics.margin import NEEDED
from custmetrics_cli.metrics.revenue import payers as p
from custmetrics_cli.metrics.revenue.metrics import arpa

FAMILY = "Unit economics"
OF_CAC = (costs.NOT_TO_WIN, costs.ALL_OF_IT)

cac = Metric(
    name="cac",
    title="Customer acquisition cost",
    asks="What does it cost to win a customer?",
    unit="money",
    better="lower",
    family=FAMILY,
    order=1,
    definitions={
        "standard": Definition(
            Formula("spend / starts", "no customer's first stint began in the period"),
            (costs.spend, p.starts, costs.without_channel, costs.other_spend),
            "spend and customers of the same period; with --by channel, what is on no channel stands by itself and is not spread",
            warnings=OF_CAC,
        )
    },
    identities=(*p.IDENTITIES, costs.OF_WINNING),
    example="--period 2022-Q2 customers.csv costs.csv",
    worked_example="5,000 spent, 25 new customers: 5,000 / 25 = 200.00",
    notes="Without a column category all costs count.",
    options=(costs.TO_WIN,),
)
payback = Metric(
    name="payback",
    title="Payback time",
    asks="After how many months has a customer brought back what it cost to win one?",
    unit="months",
    better="lower",
    family=FAMILY,
    order=5,
    definitions={
        "standard": Definition(
            Formula("cac / (arpa * margin)", "customers leave nothing"),
            (costs.spend, p.starts, *arpa.standard.totals),
            "of what customers pay, only the margin pays back",
            uses=(cac, arpa),
            warnings=OF_CAC,
        )
    },
    identities=(*p.IDENTITIES, costs.OF_WINNING, *arpa.identities),
    example="--period 2022-Q2 --margin 80% subscriptions.csv costs.csv",
    worked_example="300 to win a customer who pays 50 a month, of which half is left: 300 / (50 x 0.5) = 12.0 months",
    options=(NEEDED, costs.TO_WIN),
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
            Formula("retention_spend / customers * 12 / months", "nobody is there to share it"),
            (costs.retention_spend, p.customers, p.opening, p.kept, p.closing, costs.other_than_retention),
            "always of a year, whatever the period",
            warnings=(costs.NOT_TO_KEEP,),
        )
    },
    identities=(*p.OF_SHARING, costs.OF_KEEPING),
    example="--period 2022-Q2 customers.csv costs.csv",
    worked_example="2,500 spent in a quarter, 500 customers kept: 2,500 / 500 x 12 / 3 = 20.00",
    notes="Without a column category there is no answer.",
    options=(p.PER, costs.TO_KEEP),
)
acquire_vs_keep = Metric(
    name="acquire-vs-keep",
    title="Acquisition against retention cost",
    asks="How many times as much as keeping a customer for a year does it cost to win one?",
    unit="times",
    better="",
    family=FAMILY,
    order=7,
    definitions={
        "standard": Definition(
            Formula("cac / retention_cost", "nothing was spent to keep customers"),
            (costs.spend, p.starts, costs.retention_spend, p.customers),
            "said to be 6 to 7 times; this is yours",
            uses=(cac, retention_cost),
            warnings=(costs.NEITHER,),
        )
    },
    identities=(*p.IDENTITIES, *p.OF_SHARING, costs.OF_WINNING),
    example="--period 2022-Q2 customers.csv costs.csv",
    worked_example="200 to win a customer, 40 a year to keep one: 200 / 40 = 5.00",
    options=(costs.TO_WIN, p.PER, costs.TO_KEEP),
)
METRICS = (cac, payback, retention_cost, acquire_vs_keep)
