"""Customers who share a spend, as --per chooses them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

from custmetrics_cli.core.data.counts import Aggregation, Counts
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.metrics.revenue.payers import ADDED, PAYERS, PER
from custmetrics_cli.metrics.shared.counting import Counted

Count = Callable[[Any], Iterable[tuple[int, int, Counts]]]


def sharing(view: TableView, scope: Scope) -> list[Aggregation]:
    """Return the queries of PAYERS, which also count `shared`: what a period adds to the customers of its opening."""
    added = ADDED[str(scope.options.get(PER.symbol, PER.default))]
    return [query._replace(counts=partial(_with_shared, added, query.counts)) for query in PAYERS.aggregations(view, scope)]


def _with_shared(added: Mapping[str, Fraction | int], count: Count, row: Any) -> Counted:
    for period, group, counts in count(row):
        yield period, group, {**counts, "shared": sum(counts.get(name, 0) * weight for name, weight in added.items())}
