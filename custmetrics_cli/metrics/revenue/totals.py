"""Totals of recurring revenue: the ledger of MRR, and customers compared at the start and end of a period."""

from __future__ import annotations

from typing import Any

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.data.dataset import Dataset, FromCounts
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.metrics.customers.warnings import DUPLICATE_ITEMS, SEVERAL_GROUPS

Names = tuple[str, ...]

NEEDS = (("subscriptions",),)
READS = ("started_at", "ended_at", "monthly", "paused_at", "resumed_at")
CHECKS = (DUPLICATE_ITEMS, SEVERAL_GROUPS)
BEFORE_AFTER = {"before": "money", "after": "money"}
LEDGER = Dataset(
    "MRR ledger",
    NEEDS,
    make="revenue.ledger.frames:ledger",
    checks=CHECKS,
    reads=READS,
    detail_columns={"day": "day", **BEFORE_AFTER},
    parts=MONEY_PARTS,
)
AT_BORDERS = Dataset(
    "MRR by customer",
    NEEDS,
    make="revenue.ledger.frames:at_borders",
    checks=CHECKS,
    reads=READS,
    detail_columns=BEFORE_AFTER,
    parts=MONEY_PARTS,
)
CUSTOMER_CELLS = Dataset(
    "customers by MRR",
    NEEDS,
    make="revenue.ledger.frames:customer_cells",
    checks=CHECKS,
    reads=READS,
)
BESIDE_MRR = Dataset(
    "levels beside MRR",
    NEEDS,
    make="revenue.ledger.extra_levels:beside_mrr",
    reads=(*READS, "past_due", "trial_start"),
    kept_reasons=("never started", "trial", "ended in trial"),
    detail_columns=BEFORE_AFTER,
    parts=MONEY_PARTS,
)
LEAVING = Dataset(
    "cancelled MRR",
    NEEDS,
    make="revenue.ledger.extra_levels:leaving",
    reads=(*READS, "canceled_at"),
    detail_columns=BEFORE_AFTER,
    parts=MONEY_PARTS,
)
SUBSCRIPTIONS = Dataset(
    "running subscriptions", NEEDS, make="revenue.ledger.running:subscriptions", words=("subscription_id",), reads=READS
)
CUSTOMERS_AT_OPENING = FromCounts(CUSTOMER_CELLS, read="revenue.ledger.cells:at_opening")
CUSTOMERS_AT_CLOSING = FromCounts(CUSTOMER_CELLS, read="revenue.ledger.cells:at_closing")
AT_BOTH_ENDS = CUSTOMER_CELLS._replace(name="customers at both ends", arguments=("closing",))
PAYERS_OF_BOTH = FromCounts(AT_BOTH_ENDS, read="revenue.ledger.cells:two_means")
ENDED_AT: Names = ("ended_at",)
PAUSED_AT: Names = ("ended_at", "paused_at")


def _mrr(
    name: str, description: str, flow: str = "", stock: str = "", dataset: Dataset = LEDGER, needs: Names = ENDED_AT, **more: Any
) -> Total:
    return Total(name, description, dataset, flow, stock, needs, unit="money", parts=MONEY_PARTS, **more)


def _level(name: str, description: str, counted: str, dataset: Dataset, needs: Names) -> Total:
    return _mrr(name, description, counted, counted, dataset, needs)


def _move(name: str, description: str, flow: str) -> Total:
    return _mrr(name, description, flow, additive=False, between_groups=True)


def _customers(name: str, description: str, flow: str, **more: Any) -> Total:
    return Total(name, description, LEDGER, flow, needs=ENDED_AT, additive=False, **more)  # a customer with several plans counts in each


opening_mrr = _mrr("opening_mrr", "MRR on the day before the period", stock="net")
closing_mrr = _mrr("closing_mrr", "MRR on the last day of the period", "net", "net")
new_mrr = _mrr("new_mrr", "from customers who paid for the first time", "new")
reactivation_mrr = _mrr("reactivation_mrr", "from former customers who returned", "reactivation")
expansion_mrr = _mrr("expansion_mrr", "from customers who pay more than the day before", "expansion")
contraction_mrr = _mrr("contraction_mrr", "from customers who pay less than the day before", "contraction")
churned_mrr = _mrr("churned_mrr", "from customers who stopped paying", "churned", by_leave_reason=True)
resumed_mrr = _mrr("resumed_mrr", "from subscriptions that resumed after a pause", "resumed", needs=PAUSED_AT)
paused_mrr = _mrr("paused_mrr", "from subscriptions that paused", "paused", needs=PAUSED_AT)
fx_mrr = _mrr("fx_mrr", "from changes of exchange rates alone", "fx", fx_only=True)
moved_in_mrr = _move("moved_in_mrr", "from customers who moved in from another group", "moved_in")
moved_out_mrr = _move("moved_out_mrr", "from customers who moved out to another group", "moved_out")

new_payers = _customers("new_payers", "customers with new_mrr", "new_n")
reactivated_payers = _customers("reactivated_payers", "customers with reactivation_mrr, once a day", "reactivation_n")
expanded = _customers("expanded", "customers with expansion_mrr, once a day", "expansion_n")
contracted = _customers("contracted", "customers with contraction_mrr, once a day", "contraction_n")
churned_payers = _customers("churned_payers", "customers with churned_mrr, once a day", "churned_n", by_leave_reason=True)

base_mrr = _mrr("base_mrr", "MRR of customers on the day before the period", stock="base", dataset=AT_BORDERS)
kept_mrr = _mrr("kept_mrr", "MRR of the same customers on the last day of the period", "kept", "base", dataset=AT_BORDERS)
retained_mrr = _mrr("retained_mrr", "opening MRR that the same customers still pay at the end", "retained", "base", dataset=AT_BORDERS)
lost_mrr = _mrr("lost_mrr", "opening MRR that the same customers no longer pay at the end", "less", dataset=AT_BORDERS)
added_mrr = _mrr("added_mrr", "MRR that the same customers pay on top at the end", "more", dataset=AT_BORDERS)
payers_mrr = _mrr("payers_mrr", "MRR of paying customers on the last day of the period", "base", "base", dataset=AT_BORDERS)
payers = Total("payers", "paying customers on the last day of the period", AT_BORDERS, "payers", "payers", needs=ENDED_AT, additive=False)
subscriptions = Total(
    "subscriptions",
    "subscriptions that pay on the last day of the period",
    SUBSCRIPTIONS,
    "subscriptions",
    "subscriptions",
    needs=ENDED_AT,
    additive=False,
)

past_due_mrr = _level("past_due_mrr", "part of closing_mrr: past-due subscriptions", "past_due", BESIDE_MRR, ("ended_at", "past_due"))
trial_mrr = _level("trial_mrr", "not in closing_mrr: trials at their later price", "on_trial", BESIDE_MRR, ("ended_at", "trial_start"))
on_pause_mrr = _level("on_pause_mrr", "not in closing_mrr: paused subscriptions at their price", "on_pause", BESIDE_MRR, PAUSED_AT)
leaving_mrr = _level("leaving_mrr", "part of closing_mrr: cancelled subscriptions", "leaving", LEAVING, ("ended_at", "canceled_at"))

MOVEMENTS = (
    opening_mrr, new_mrr, reactivation_mrr, expansion_mrr, resumed_mrr, moved_in_mrr, contraction_mrr, churned_mrr, paused_mrr,
    moved_out_mrr, fx_mrr, closing_mrr,
)  # fmt: skip
CUSTOMER_COUNTS = (new_payers, reactivated_payers, expanded, contracted, churned_payers)
OTHER_LEVELS = (past_due_mrr, trial_mrr, on_pause_mrr)
ROLL_FORWARD = Identity(
    Formula(
        "opening_mrr + new_mrr + reactivation_mrr + expansion_mrr + resumed_mrr + moved_in_mrr"
        " - contraction_mrr - churned_mrr - paused_mrr - moved_out_mrr + fx_mrr"
    ),
    Formula("closing_mrr"),
    MOVEMENTS,
)
BY_CUSTOMER = (
    Identity(Formula("retained_mrr + lost_mrr"), Formula("base_mrr"), (retained_mrr, lost_mrr, base_mrr)),
    Identity(Formula("retained_mrr + added_mrr"), Formula("kept_mrr"), (retained_mrr, added_mrr, kept_mrr)),
    Identity(Formula("base_mrr"), Formula("opening_mrr"), (base_mrr, opening_mrr)),
    Identity(Formula("payers_mrr"), Formula("closing_mrr"), (payers_mrr, closing_mrr)),
)
