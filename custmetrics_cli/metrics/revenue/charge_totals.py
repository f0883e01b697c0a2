"""Totals of MRR from recurring charges."""

from __future__ import annotations

from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition
from custmetrics_cli.metrics.revenue import totals as t

NEEDS = (("purchases",),)
CHARGES = t.LEDGER._replace(name="recurring charges", needs=NEEDS, make="revenue.charges:ledger", checks=(), reads=("date", "amount"))
FIT = CHARGES._replace(name="charges that fit", make="revenue.charges:fit", detail_columns={})
PAUSES = ("resumed_mrr", "paused_mrr")
NOT_MANY = "fewer than half of the charges recur by month or year"


def _counted(name: str, description: str) -> Total:
    return Total(name, description, FIT, name, name)


charges = _counted("charges", "charges up to the end of the period; refunds are not charges")
recurring_charges = _counted("recurring_charges", "charges of a customer and amount that recur by month or year")
MOVEMENTS = tuple(total._replace(dataset=CHARGES, needs=()) for total in t.MOVEMENTS if total.name not in PAUSES)
ROLL_FORWARD = Identity(
    Formula(
        "opening_mrr + new_mrr + reactivation_mrr + expansion_mrr + moved_in_mrr - contraction_mrr - churned_mrr - moved_out_mrr + fx_mrr"
    ),
    Formula("closing_mrr"),
    MOVEMENTS,
)


def definition(text: str) -> Definition:
    """Return the definition of a formula over MRR from recurring charges."""
    return Definition(
        Formula(text, NOT_MANY, "2 * recurring_charges - charges + 1"),
        (*MOVEMENTS, recurring_charges, charges),
        "from charges of one customer and amount that recur by month or year",
    )
