"""Lifetime value under other definitions."""

from __future__ import annotations

from custmetrics_cli.core.definitions.recipe import Choices, Recipe
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Over
from custmetrics_cli.metrics.customers import totals as customers
from custmetrics_cli.metrics.definitions.parts import made
from custmetrics_cli.metrics.economics.value_metrics import clv
from custmetrics_cli.metrics.revenue import payers as p
from custmetrics_cli.metrics.revenue import totals as t

base_months = t.base_mrr._replace(name="base_mrr_months", description="opening MRR of each month of the period, summed", monthly=True)
lost_months = t.lost_mrr._replace(name="lost_mrr_months", description="opening MRR lost in each month of the period, summed", monthly=True)
TOTALS = (t.payers_mrr, t.payers, p.opening_months, p.lost_months, base_months, lost_months)
ARPA = "payers_mrr / payers * margin"
TEXTS = {
    "period": f"{ARPA} * opening_months / lost_months",
    "revenue": f"{ARPA} * base_mrr_months / lost_mrr_months",
    "mean-6m": f"{ARPA} / monthly_churn",
    "mean-3m": f"{ARPA} / monthly_churn",
}
NOBODY = "no customer was lost"
opening = customers.opening._replace(dataset=p.PAYERS)
MONTHLY_CHURN = Definition(Formula("lost / opening", "no customers to divide by"), (p.lost, opening))


def _clv(choices: Choices) -> Definition:
    rule = choices["ltv-churn"]
    definition = made(TEXTS[rule], TOTALS, choices, NOBODY, whole_months=True)
    if choices["zero-churn"] == "0":
        definition = definition._replace(formula=definition.formula._replace(when_zero="payers"))
    is_mean = rule.startswith("mean")
    return definition._replace(over=Over("monthly_churn", MONTHLY_CHURN, rule, is_mean=True)) if is_mean else definition


RECIPES = (Recipe(clv, _clv),)
