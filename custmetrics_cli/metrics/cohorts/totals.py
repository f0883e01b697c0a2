"""Totals and grids of cohorts."""

from __future__ import annotations

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.data.dataset import Dataset, FromCounts
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.metrics.revenue.totals import READS

ENDED_AT = ("ended_at",)
CUSTOMERS = Dataset(
    "cohorts of customers",
    needs=(("customers",), ("subscriptions",)),
    make="cohorts.frames:customers",
    reads=("started_at", "ended_at", "monthly"),
)
MRR = Dataset("cohorts by MRR", needs=(("subscriptions",),), make="cohorts.frames:mrr", reads=READS)
ORDERS = Dataset("cohorts of buyers", needs=(("purchases",),), make="cohorts.frames:orders", reads=("date", "amount"))

cohort_customers = Total("cohort_customers", "customers who joined in the period for the first time", CUSTOMERS, "size", needs=ENDED_AT)
cohort_mrr = Total(
    "cohort_mrr", "MRR of new customers on their first paid day", MRR, "size", needs=ENDED_AT, unit="money", parts=MONEY_PARTS
)
cohort_buyers = Total("cohort_buyers", "customers whose first order is in the period", ORDERS, "size")

SALES = Dataset("cohorts by revenue", needs=(("purchases",),), make="cohorts.sales:revenue", reads=("date", "amount"))
cohort_sizes = Total("cohort_buyers", "customers whose first order is in the period", SALES, "buyers")
cohort_revenue = Total("cohort_revenue", "what they paid so far, less refunds", SALES, "paid", unit="money", parts=MONEY_PARTS)
REVENUE_GRID, VALUE_GRID = (
    FromCounts(SALES, read="cohorts.sales:grid", arguments=(MONEY_PARTS, per_customer)) for per_customer in (False, True)
)


def grid_of(total: Total) -> FromCounts:
    """Return the grid whose cohorts add up to a total."""
    return FromCounts(total.dataset, read="cohorts.grid:grid", arguments=(total.parts, total.unit))
