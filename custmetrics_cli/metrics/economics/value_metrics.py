"""Metrics of what a customer is worth, and of what is left after the acquisition cost."""

from __future__ import annotations

from dataclasses import replace

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Band, Definition, Metric, RuleOfThumb
from custmetrics_cli.metrics.customers.metrics import lifetime
from custmetrics_cli.metrics.economics import cost_totals as costs
from custmetrics_cli.metrics.economics.acquisition_metrics import CAC_WARNINGS, cac
from custmetrics_cli.metrics.economics.categories import TO_WIN
from custmetrics_cli.metrics.economics.margin import MARGIN
from custmetrics_cli.metrics.economics.value_intervals import value
from custmetrics_cli.metrics.purchases import money_totals as purchases
from custmetrics_cli.metrics.revenue import payers as p
from custmetrics_cli.metrics.revenue.lost_totals import lost_customers_mrr
from custmetrics_cli.metrics.revenue.metrics import arpa
from custmetrics_cli.metrics.value.predicted import DISCOUNT, RENEWAL, predicted

FAMILY = "Unit economics"
LIFETIME_OF_PAYERS = replace(
    lifetime,
    definitions={"standard": lifetime.standard._replace(totals=(p.opening_months, p.lost_months), warnings=())},
    identities=p.PAYER_IDENTITIES,
)
CLV_TOTALS = (*arpa.standard.totals, p.opening_months, p.lost_months)
CLV_AND_CAC_TOTALS = (*CLV_TOTALS, costs.spend, p.starts)
CLV_IDENTITIES = (*arpa.identities, *p.PAYER_IDENTITIES)
BANDS = RuleOfThumb("margin", (Band("losing", 1), Band("thin", 3), Band("healthy", 5, inclusive=True), Band("underinvesting")))
NO_SPEND = "no acquisition cost in the period"

clv = Metric(
    name="clv",
    title="Customer lifetime value",
    asks="How much is a customer worth over the time they stay?",
    unit="money",
    better="higher",
    family=FAMILY,
    order=2,
    aliases=("ltv",),
    definitions={
        "standard": Definition(
            Formula("arpa * margin * lifetime"),
            CLV_TOTALS,
            "if customers go on paying and leaving at this rate",
            value(lambda clv, inputs: clv),
            uses=(arpa, LIFETIME_OF_PAYERS),
            whole_months=True,
        ),
        "historic": Definition(
            Formula("revenue_to_date * margin / buyers_to_date", "no orders up to the end of the period"),
            (purchases.revenue_to_date, purchases.buyers_to_date),
            "what buyers have paid for purchases so far, on average",
        ),
        "predicted": predicted,
    },
    identities=CLV_IDENTITIES,
    example="--period 2022 subscriptions.csv",
    worked_example="100 a month, 5 of 100 customers lost in a month: 100 x 1 x 20 = 2,000.00",
    notes="Only for whole calendar months. Without --margin it is 100 %.",
    options=(MARGIN, RENEWAL, DISCOUNT),
)
clv_cac = Metric(
    name="clv-cac",
    title="Lifetime value to acquisition cost",
    asks="How many times its acquisition cost is a customer worth?",
    unit="times",
    better="higher",
    family=FAMILY,
    is_key=True,
    order=3,
    aliases=("ltv-cac",),
    definitions={
        "standard": Definition(
            Formula("clv / cac", NO_SPEND),
            CLV_AND_CAC_TOTALS,
            "rule of thumb, shown with --margin: below 1 losing, from 1 thin, from 3 to 5 healthy, above 5 underinvesting",
            value(lambda clv, inputs: clv / float(inputs["cac"]), "cac"),
            uses=(cac, clv),
            whole_months=True,
            rule_of_thumb=BANDS,
            warnings=CAC_WARNINGS,
        ),
        "historic": Definition(
            Formula("revenue_to_date * margin / buyers_to_date / cac", NO_SPEND),
            (purchases.revenue_to_date, purchases.buyers_to_date, costs.spend, p.starts),
            "what buyers have paid so far, on average, divided by cac",
            uses=(cac,),
            rule_of_thumb=BANDS,
            warnings=CAC_WARNINGS,
        ),
    },
    identities=(*CLV_IDENTITIES, costs.SPEND_ADDS_UP),
    example="--period 2022 --margin 80% subscriptions.csv costs.csv",
    worked_example="a customer is worth 2,000 and costs 500: 2,000 / 500 = 4.00",
    options=(MARGIN, TO_WIN),
)
profit_per_customer = Metric(
    name="profit-per-customer",
    title="Profit per customer",
    asks="How much is a customer worth after the acquisition cost?",
    unit="money",
    better="higher",
    family=FAMILY,
    order=4,
    definitions={
        "standard": Definition(
            Formula("clv - cac"),
            CLV_AND_CAC_TOTALS,
            interval=value(lambda clv, inputs: clv - float(inputs["cac"]), "cac", is_difference=True),
            uses=(cac, clv),
            whole_months=True,
            warnings=CAC_WARNINGS,
        ),
        "ratio": clv_cac.standard._replace(unit="times", description="clv-cac, which some call profit per customer"),
    },
    identities=(*CLV_IDENTITIES, costs.SPEND_ADDS_UP),
    example="--period 2022 --margin 80% subscriptions.csv costs.csv",
    worked_example="a customer is worth 2,000 and costs 500: 2,000 - 500 = 1,500.00",
    options=(MARGIN, TO_WIN),
)
lost_revenue = Metric(
    name="lost-revenue",
    title="Revenue per lost customer",
    asks="How much a month did a lost customer pay?",
    unit="money",
    better="lower",
    family=FAMILY,
    order=8,
    definitions={
        "standard": Definition(
            Formula("lost_customers_mrr / lost", "no customer was lost in the period"),
            (lost_customers_mrr, p.lost),
            "MRR at the start of the period; a paused customer pays nothing",
        )
    },
    identities=p.PAYER_IDENTITIES,
    example="--period 2022-Q2 subscriptions.csv",
    worked_example="2 lost customers paid 30 and 10 a month: 40 / 2 = 20.00",
)
METRICS = (clv, clv_cac, profit_per_customer, lost_revenue)
