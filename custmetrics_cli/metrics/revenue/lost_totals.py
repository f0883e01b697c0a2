"""What lost customers paid."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from custmetrics_cli.columns.interval import MONTHLY
from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Dataset, Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.metrics.revenue.totals import ENDS, NEEDS, READS


def _make(view: TableView, scope: Scope) -> Sequence[Aggregation]:
    found: Sequence[Aggregation] = import_module("custmetrics_cli.metrics.revenue.ledger.lost_frames").aggregations(view, scope)
    return found


LOST = Dataset("MRR of lost customers", NEEDS, _make, reads=READS)
lost_customers_mrr = Total(
    "lost_customers_mrr",
    "MRR at the opening of customers who are lost",
    LOST,
    "lost",
    needs=ENDS,
    by_leave_reason=True,
    unit="money",
    parts=MONTHLY,
)
