"""Customers who pay, for formulas with money: counted by subscriptions if there are any, else by customers."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from custmetrics_cli.core.data.dataset import Dataset
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.options import OptionSpec
from custmetrics_cli.metrics.customers import totals as t
from custmetrics_cli.metrics.customers.warnings import BY_SUBSCRIPTIONS, DISAGREEMENT

PER = OptionSpec(
    "per",
    "Divide the spend by customers kept, at the opening, or the average of opening and closing",
    "WHICH",
    str,
    default="kept",
    choices=("kept", "opening", "average"),
)
# How much of each count of a period is added to the customers of its opening.
ADDED: Mapping[str, Mapping[str, Fraction | int]] = {"kept": {"unlost": 1}, "opening": {}, "average": {"net": Fraction(1, 2)}}

PAYERS = t.CUSTOMERS._replace(
    name="payers",
    needs=(("subscriptions",), ("customers",), ("purchases",)),
    checks=tuple(BY_SUBSCRIPTIONS if check is DISAGREEMENT else check for check in t.CHECKS),
)
SHARING = PAYERS._replace(name="payers who share the spend", make="revenue.payer_frames:sharing")


def _on(dataset: Dataset, total: Total) -> Total:
    return total._replace(dataset=dataset)


def _identities(dataset: Dataset) -> tuple[Identity, ...]:
    return tuple(each._replace(totals=tuple(_on(dataset, total) for total in each.totals)) for each in t.IDENTITIES)


starts, lost, opening_months, lost_months = (_on(PAYERS, total) for total in (t.starts, t.lost, t.opening_months, t.lost_months))
opening, kept, closing = (_on(SHARING, total) for total in (t.opening, t.kept, t.closing))
customers = Total(
    "customers",
    "customers kept; or as --per says, those at the start or the average of start and end",
    SHARING,
    "shared",
    "net",
    t.ENDED_AT,
)
PAYER_IDENTITIES = _identities(PAYERS)
SHARING_IDENTITIES = _identities(SHARING)
