"""Cohorts by the month, quarter or year in which customers joined."""

from __future__ import annotations

from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.core.options import OptionSpec
from custmetrics_cli.metrics.cohorts import totals as t

EACH = OptionSpec("each", "Length of a cohort", "STEP", str, "month", ("month", "quarter", "year"))
SHOW = OptionSpec("show", "Cells as a share of the cohort, or as numbers", "HOW", str, "share", ("share", "count"))


def _definition(total: Total, description: str, how: str = "") -> Definition:
    return Definition(Formula(total.name), (total,), description, unit=total.unit, exhibits=(t.grid_of(total),), how=how)


cohorts = Metric(
    name="cohorts",
    title="Cohorts",
    asks="How many customers who joined together stay, month by month?",
    unit="count",
    better="",
    family="Cohorts",
    order=1,
    value_title="Customers who joined",
    definitions={
        "standard": _definition(
            t.cohort_customers,
            "customers who joined in the period; cells: customers at the end of each month",
            how="{cohort_customers:customer} joined",
        ),
        "mrr": _definition(t.cohort_mrr, "cells: MRR at the end of each month"),
        "orders": _definition(t.cohort_buyers, "by first order; cells: customers who ordered"),
        "revenue": Definition(
            Formula("cohort_revenue"),
            (t.cohort_sizes, t.cohort_revenue),
            "by first order; cells: money paid, less refunds",
            unit="money",
            exhibits=(t.REVENUE_GRID,),
        ),
        "value": Definition(
            Formula("cohort_revenue / cohort_buyers", "no customer ordered for the first time in the period"),
            (t.cohort_revenue, t.cohort_sizes),
            "as revenue; cells: money paid per customer so far",
            unit="money",
            exhibits=(t.VALUE_GRID,),
        ),
    },
    options=(EACH, SHOW),
    example="--period 2022-H1 customers.csv",
    worked_example="3 customers joined in January, 2 in February: 3 + 2 = 5",
    notes="Customers who return stay in their first cohort. Months that are not over or not in the data are empty.",
)
METRICS = (cohorts,)
