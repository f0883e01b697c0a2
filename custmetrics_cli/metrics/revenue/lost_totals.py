"""The total of the MRR that lost customers paid."""

from __future__ import annotations

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.data.dataset import Dataset
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.metrics.revenue.totals import ENDED_AT, NEEDS, READS

LOST_MRR = Dataset("MRR of lost customers", NEEDS, make="revenue.ledger.lost_frames:aggregations", reads=READS)
lost_customers_mrr = Total(
    "lost_customers_mrr",
    "MRR of lost customers on the day before the period",
    LOST_MRR,
    "lost",
    needs=ENDED_AT,
    by_leave_reason=True,
    unit="money",
    parts=MONEY_PARTS,
)
