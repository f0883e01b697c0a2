"""The total of customers at the opening with a renewal day in the period."""

from __future__ import annotations

from custmetrics_cli.core.data.dataset import Dataset
from custmetrics_cli.core.data.total import Total

RENEWALS = Dataset(
    "renewals",
    needs=(("subscriptions",),),
    make="definitions.renewal_frames:aggregations",
    reads=("started_at", "ended_at", "interval", "interval_count", "start_month", "start_day"),
)
renewing = Total(
    "renewing",
    "customers at the opening with a renewal day, or their end, in the period",
    RENEWALS,
    flow="renewing",
    needs=("ended_at", "interval"),
    additive=False,
)
