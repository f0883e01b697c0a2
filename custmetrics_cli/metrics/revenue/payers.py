"""Who pays, as formulas with money count it: by subscriptions where there are any, else by customers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from custmetrics_cli.core.data.counts import Aggregation, Counts
from custmetrics_cli.core.data.dataset import Dataset, Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.options import Option
from custmetrics_cli.metrics.customers import totals as c
from custmetrics_cli.metrics.customers.checks import DISAGREEMENT

BY_SUBSCRIPTIONS = DISAGREEMENT._replace(
    message="customers and subscriptions disagree on {n} customers at the end of the period; what has money in it counts who pays, "
    "by subscriptions"
)
CHECKS = tuple(BY_SUBSCRIPTIONS if check is DISAGREEMENT else check for check in c.CHECKS)
PAYERS = c.CUSTOMERS._replace(name="who pays", needs=(("subscriptions",), ("customers",)), checks=CHECKS)

PER = Option(
    "per",
    "Among which customers the spend is shared: those kept, those of the opening, or the mean of opening and closing",
    "WHICH",
    str,
    default="kept",
    choices=("kept", "opening", "average"),
)
OF_PERIOD: Mapping[str, Mapping[str, Fraction | int]] = {"kept": {"unlost": 1}, "opening": {}, "average": {"net": Fraction(1, 2)}}
Unfold = Callable[[Any], Iterable[tuple[int, int, Counts]]]


def _make(view: TableView, scope: Scope) -> Sequence[Aggregation]:
    """Beside what PAYERS count, `shared`: what is added in a period to the customers of its opening, as --per says."""
    added = OF_PERIOD[str(scope.options.get(PER.symbol, PER.default))]
    return [harvest._replace(counts=partial(_unfold, added, harvest.counts)) for harvest in PAYERS.make(view, scope)]


def _unfold(added: Mapping[str, Fraction | int], unfold: Unfold, row: Any) -> Iterator[tuple[int, int, Counts]]:
    for k, g, counts in unfold(row):
        yield k, g, {**counts, "shared": sum(counts.get(name, 0) * weight for name, weight in added.items())}


SHARING = PAYERS._replace(name="who pays, and shares", make=_make)


def _on(dataset: Dataset, total: Total) -> Total:
    return total._replace(dataset=dataset)


def _identities(dataset: Dataset) -> tuple[Identity, ...]:
    return tuple(each._replace(totals=tuple(_on(dataset, total) for total in each.totals)) for each in c.IDENTITIES)


starts, lost, opening_months, lost_months = (_on(PAYERS, total) for total in (c.starts, c.lost, c.opening_months, c.lost_months))
IDENTITIES = _identities(PAYERS)
opening, kept, closing = (_on(SHARING, total) for total in (c.opening, c.kept, c.closing))
customers = Total(
    "customers", "customers at both edges; with --per those of the opening, or the mean of both edges", SHARING, "shared", "net", c.ENDS
)
OF_SHARING = _identities(SHARING)
