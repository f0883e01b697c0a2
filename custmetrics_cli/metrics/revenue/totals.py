"""Monthly recurring revenue: the ledger that moves it by event and by day, and customers compared at the two edges of a period."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from custmetrics_cli.columns.interval import MONTHLY
from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Dataset, FromCounts, Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.metrics.customers.checks import ALIKE
from custmetrics_cli.stats.pair_counts import PairCounts

BEFORE_AFTER = {"before": "money", "after": "money"}
TELLS = {"day": "day", **BEFORE_AFTER}
READS = ("started_at", "ended_at", "monthly", "paused_at", "resumed_at")


def _made(name: str, module: str = "frames") -> Callable[[TableView, Scope], Sequence[Aggregation]]:
    """A function of a module here, imported when it is called: declarations load no dataframe library."""
    return lambda source, ask: getattr(import_module(f"custmetrics_cli.metrics.revenue.ledger.{module}"), name)(source, ask)


def _read(name: str) -> Callable[..., PairCounts]:
    return lambda *about: getattr(import_module("custmetrics_cli.metrics.revenue.ledger.cells"), name)(*about)


NEEDS = (("subscriptions",),)
CHECKS = (ALIKE,)
LEDGER = Dataset("the MRR ledger", NEEDS, _made("ledger"), checks=CHECKS, reads=READS, detail_columns=TELLS, parts=MONTHLY)
EDGES = Dataset("MRR at the edges", NEEDS, _made("at_edges"), checks=CHECKS, reads=READS, detail_columns=BEFORE_AFTER, parts=MONTHLY)
CELLS = Dataset("customers by MRR", NEEDS, _made("cells"), checks=CHECKS, reads=READS)
APART = Dataset(
    "MRR apart",
    NEEDS,
    _made("apart", "shown_apart"),
    reads=(*READS, "past_due", "trial_start"),
    kept_reasons=("never started", "trial", "ended in trial"),
    detail_columns=BEFORE_AFTER,
    parts=MONTHLY,
)
LEAVING = Dataset(
    "MRR that is leaving", NEEDS, _made("leaving", "shown_apart"), reads=(*READS, "canceled_at"), detail_columns=BEFORE_AFTER, parts=MONTHLY
)
AT_OPENING = FromCounts(CELLS, _read("at_opening"))
AT_CLOSING = FromCounts(CELLS, _read("at_closing"))
Names = tuple[str, ...]
ENDS: Names = ("ended_at",)
PAUSES: Names = ("ended_at", "paused_at")


def _money(name: str, means: str, flow: str = "", stock: str = "", dataset: Dataset = LEDGER, needs: Names = ENDS, **more: Any) -> Total:
    return Total(name, means, dataset, flow, stock, needs, unit="money", parts=MONTHLY, **more)


def _count(name: str, means: str, flow: str) -> Total:
    return Total(name, means, LEDGER, flow, needs=ENDS, additive=False)  # who has several plans counts in each


opening_mrr = _money("opening_mrr", "MRR the day before the period", stock="net")
closing_mrr = _money("closing_mrr", "MRR on the last day of the period", "net", "net")
new_mrr = _money("new_mrr", "from the first day on which a customer ever paid", "new")
reactivation_mrr = _money("reactivation_mrr", "from customers who paid nothing the day before, but had paid once", "reactivation")
expansion_mrr = _money("expansion_mrr", "more from customers who paid the day before", "expansion")
contraction_mrr = _money("contraction_mrr", "less from customers who go on paying", "contraction")
churned_mrr = _money("churned_mrr", "from customers who paid, and now pay nothing", "churned")
resumed_mrr = _money("resumed_mrr", "from subscriptions whose pause is over", "resumed", needs=PAUSES)
paused_mrr = _money("paused_mrr", "from subscriptions that pause", "paused", needs=PAUSES)
fx_mrr = _money("fx_mrr", "what only rates of exchange moved", "fx", fx_only=True)
moved_in_mrr = _money("moved_in_mrr", "that customers brought from another group", "moved_in", additive=False, between_groups=True)
moved_out_mrr = _money("moved_out_mrr", "that customers took to another group", "moved_out", additive=False, between_groups=True)

new_payers = _count("new_payers", "customers behind new_mrr", "new_n")
reactivated_payers = _count("reactivated_payers", "customers behind reactivation_mrr, once a day", "reactivation_n")
expanded = _count("expanded", "customers behind expansion_mrr, once a day", "expansion_n")
contracted = _count("contracted", "customers behind contraction_mrr, once a day", "contraction_n")
churned_payers = _count("churned_payers", "customers behind churned_mrr, once a day", "churned_n")

base_mrr = _money("base_mrr", "MRR the day before the period, of customers of that day", stock="base", dataset=EDGES)
kept_mrr = _money("kept_mrr", "MRR at the closing, of customers who had any at the opening", "kept", "base", dataset=EDGES)
retained_mrr = _money("retained_mrr", "of that, what each had at the opening already", "retained", "base", dataset=EDGES)
payers_mrr = _money("payers_mrr", "MRR on the last day of the period, of whoever pays then", "base", "base", dataset=EDGES)
payers = Total("payers", "customers who pay on the last day of the period", EDGES, "payers", "payers", needs=ENDS)

LATE = "of closing_mrr, on subscriptions that are past due on the day of the export"
past_due_mrr = _money("past_due_mrr", LATE, "past_due", "past_due", APART, ("ended_at", "past_due"))
trial_mrr = _money(
    "trial_mrr",
    "not in closing_mrr: what trials that run at the closing would pay",
    "on_trial",
    "on_trial",
    APART,
    ("ended_at", "trial_start"),
)
on_pause_mrr = _money(
    "on_pause_mrr", "not in closing_mrr: what subscriptions paused at the closing would pay", "on_pause", "on_pause", APART, PAUSES
)
leaving_mrr = _money(
    "leaving_mrr", "of closing_mrr, on subscriptions that are cancelled already", "leaving", "leaving", LEAVING, ("ended_at", "canceled_at")
)

MOVEMENTS = (
    opening_mrr, new_mrr, reactivation_mrr, expansion_mrr, resumed_mrr, moved_in_mrr, contraction_mrr, churned_mrr, paused_mrr,
    moved_out_mrr, fx_mrr, closing_mrr,
)  # fmt: skip
APART_TOTALS = (past_due_mrr, trial_mrr, on_pause_mrr)
COUNTS = (new_payers, reactivated_payers, expanded, contracted, churned_payers)
ROLL_FORWARD = Identity(
    Formula(
        "opening_mrr + new_mrr + reactivation_mrr + expansion_mrr + resumed_mrr + moved_in_mrr"
        " - contraction_mrr - churned_mrr - paused_mrr - moved_out_mrr + fx_mrr"
    ),
    Formula("closing_mrr"),
    MOVEMENTS,
)
lost_mrr = _money("lost_mrr", "of MRR at the opening, what is not there at the closing, by customer", "less", dataset=EDGES)
added_mrr = _money("added_mrr", "what customers of the opening pay more at the closing, by customer", "more", dataset=EDGES)
AT_EDGES = (
    Identity(Formula("retained_mrr + lost_mrr"), Formula("base_mrr"), (retained_mrr, lost_mrr, base_mrr)),
    Identity(Formula("retained_mrr + added_mrr"), Formula("kept_mrr"), (retained_mrr, added_mrr, kept_mrr)),
    Identity(Formula("base_mrr"), Formula("opening_mrr"), (base_mrr, opening_mrr), holds_in_groups=False),
    Identity(Formula("payers_mrr"), Formula("closing_mrr"), (payers_mrr, closing_mrr), holds_in_groups=False),
)
