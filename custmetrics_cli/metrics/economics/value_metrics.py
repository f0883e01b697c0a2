"""What a customer is worth, and what is left of that after winning one."""

from __future__ import annotations

from dataclasses import replace

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.core.rule_of_thumb import Band, RuleOfThumb
from custmetrics_cli.metrics.customers.metrics import lifetime
from custmetrics_cli.metrics.economics import cost_totals as costs
from custmetrics_cli.metrics.economics.acquisition_metrics import OF_CAC, cac
from custmetrics_cli.metrics.economics.margin import MARGIN
from custmetrics_cli.metrics.economics.value_intervals import value
from custmetrics_cli.metrics.purchases import money_totals as bought
from custmetrics_cli.metrics.revenue import payers as p
from custmetrics_cli.metrics.revenue.lost_totals import lost_customers_mrr
from custmetrics_cli.metrics.revenue.metrics import arpa

FAMILY = "Unit economics"
OF_PAYERS = replace(
    lifetime,
    definitions={"standard": lifetime.standard._replace(totals=(p.opening_months, p.lost_months))},
    identities=p.IDENTITIES,
)
OF_CLV = (*arpa.standard.totals, p.opening_months, p.lost_months)
BOTH = (*OF_CLV, costs.spend, p.starts)
TRUE_OF_CLV = (*arpa.identities, *p.IDENTITIES)
BANDS = RuleOfThumb("margin", (Band("losing", 1), Band("thin", 3), Band("healthy", 5, inclusive=True), Band("underinvesting")))
NO_SPEND = "nothing was spent to win customers"

clv = Metric(
    name="clv",
    title="Customer lifetime value",
    asks="How much does a customer leave over the time they stay?",
    unit="money",
    better="higher",
    family=FAMILY,
    order=2,
    aliases=("ltv",),
    definitions={
        "standard": Definition(
            Formula("arpa * margin * lifetime"),
            OF_CLV,
            "if customers go on paying and leaving as they did; the interval is that of churn, from both of its ends",
            value(lambda clv, state: clv),
            uses=(arpa, OF_PAYERS),
            whole_months=True,
        ),
        "historic": Definition(
            Formula("revenue_to_date * margin / buyers_to_date", "nobody has ordered anything yet"),
            (bought.revenue_to_date, bought.buyers_to_date),
            "what customers have paid for purchases so far, whoever they are and whenever they came",
        ),
    },
    identities=TRUE_OF_CLV,
    example="--period 2022 subscriptions.csv",
    worked_example="100 a month, 5 of 100 customers lost in one month: 100 x 1 x 20 = 2,000.00",
    notes="Only for periods of whole calendar months. Without --margin all revenue counts as left.",
    options=(MARGIN,),
)
clv_cac = Metric(
    name="clv-cac",
    title="Lifetime value against acquisition cost",
    asks="How many times what it cost to win a customer does one leave?",
    unit="times",
    better="higher",
    family=FAMILY,
    order=3,
    aliases=("ltv-cac",),
    definitions={
        "standard": Definition(
            Formula("clv / cac", NO_SPEND),
            BOTH,
            "by a rule of thumb, said only with --margin: below 1 losing, from 1 thin, from 3 to 5 healthy, above 5 underinvesting",
            value(lambda clv, state: clv / float(state["cac"]), "cac"),
            uses=(cac, clv),
            whole_months=True,
            rule_of_thumb=BANDS,
            warnings=OF_CAC,
        )
    },
    identities=(*TRUE_OF_CLV, costs.OF_WINNING),
    example="--period 2022 --margin 80% subscriptions.csv costs.csv",
    worked_example="2,000 left by a customer who cost 500: 2,000 / 500 = 4.00",
    options=(MARGIN, costs.TO_WIN),
)
profit_per_customer = Metric(
    name="profit-per-customer",
    title="Profit per customer",
    asks="How much does a customer leave beyond what it cost to win one?",
    unit="money",
    better="higher",
    family=FAMILY,
    order=4,
    definitions={
        "standard": Definition(
            Formula("clv - cac"),
            BOTH,
            interval=value(lambda clv, state: clv - float(state["cac"]), "cac"),
            uses=(cac, clv),
            whole_months=True,
            warnings=OF_CAC,
        ),
        "ratio": clv_cac.standard._replace(unit="times", description="clv-cac, which some print as profit per customer"),
    },
    identities=(*TRUE_OF_CLV, costs.OF_WINNING),
    example="--period 2022 --margin 80% subscriptions.csv costs.csv",
    worked_example="2,000 left by a customer who cost 500: 2,000 - 500 = 1,500.00",
    options=(MARGIN, costs.TO_WIN),
)
lost_revenue = Metric(
    name="lost-revenue",
    title="Revenue per lost customer",
    asks="How much a month did a lost customer pay when the period began?",
    unit="money",
    better="lower",
    family=FAMILY,
    order=8,
    definitions={
        "standard": Definition(
            Formula("lost_customers_mrr / lost", "nobody was lost"),
            (lost_customers_mrr, p.lost),
            "who was paused at the opening paid nothing then",
        )
    },
    identities=p.IDENTITIES,
    example="--period 2022-Q2 subscriptions.csv",
    worked_example="30 and 10 a month of two customers who are lost: 40 / 2 = 20.00",
)
METRICS = (clv, clv_cac, profit_per_customer, lost_revenue)
