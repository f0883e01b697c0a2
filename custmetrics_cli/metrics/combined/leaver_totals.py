"""Answers to nps of customers who later left, of those who stayed, and of those who were no customers when they answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import FromCounts, Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.metrics.surveys import totals as a

WHOSE = {
    "leaver": "customers who left later",
    "stayer": "customers who have not left since",
    "outsider": "those who were no customers on that day, or of whom it is not known",
}


def _made(name: str, *about: str) -> Callable[[TableView, Scope], Sequence[Aggregation]]:
    return lambda source, ask: getattr(import_module("custmetrics_cli.metrics.combined.leaver_frames"), name)(source, ask, *about)


ROWS = a.NPS._replace(
    name="answers before leaving",
    needs=(("surveys", "customers"), ("surveys", "subscriptions")),
    make=_made("aggregations"),
    reads=(*a.NPS.reads, "started_at", "ended_at"),
    detail_columns={**a.NPS.detail_columns, "ended_at": "day"},
)
NEEDS = ("customer_id", "customers.ended_at", "subscriptions.ended_at")


def customers(whose: str) -> FromCounts:
    """Customers alike in what they answered, for intervals."""
    return FromCounts(ROWS._replace(name=f"{whose}s who answered nps", make=_made("alike", whose), detail_columns={}), a.read_customers)


def _total(name: str, means: str) -> Total:
    return Total(name, means, ROWS, flow=name, needs=NEEDS)


def _of(whose: str, total: Total) -> Total:
    return _total(f"{whose}_{total.name}", f"{total.description}, of {WHOSE[whose]}")


answers = _total("answers", a.nps_answers.description)
leaver_promoters, leaver_passives, leaver_detractors, leaver_answers = LEAVERS = tuple(_of("leaver", total) for total in a.OF_NPS.totals)
stayer_promoters, stayer_passives, stayer_detractors, stayer_answers = STAYERS = tuple(_of("stayer", total) for total in a.OF_NPS.totals)
outsider_answers = _of("outsider", a.nps_answers)

IDENTITIES = (
    Identity(Formula("leaver_promoters + leaver_passives + leaver_detractors"), Formula("leaver_answers"), LEAVERS),
    Identity(Formula("stayer_promoters + stayer_passives + stayer_detractors"), Formula("stayer_answers"), STAYERS),
    Identity(
        Formula("leaver_answers + stayer_answers + outsider_answers"),
        Formula("answers"),
        (leaver_answers, stayer_answers, outsider_answers, answers),
    ),
)
