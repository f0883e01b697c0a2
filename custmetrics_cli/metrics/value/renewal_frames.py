"""The rows behind predicted value: stints by renewal and what customers pay, or orders with their amounts."""

from __future__ import annotations

from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.metrics.customers.silence import ends_by_silence
from custmetrics_cli.metrics.revenue.totals import AT_BORDERS
from custmetrics_cli.metrics.survival.frames import stints_by_age
from custmetrics_cli.metrics.value.order_frames import customers

USUAL = {"model": "bg-nbd", "unit": "week"}


def predicted(view: TableView, scope: Scope) -> list[Aggregation]:
    """Return the stints of subscribers by months, and their MRR; or the orders of buyers."""
    if ends_by_silence(view):
        return customers(view, with_usual_model(scope), with_money=True)
    return [*AT_BORDERS.aggregations(view, scope), *stints_by_age(view, scope, renewals=True)]


def with_usual_model(scope: Scope) -> Scope:
    """Return the scope with the model of orders that `alive` uses by default."""
    return scope._replace(options={**USUAL, **scope.options})
