"""First trials, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Dataset, Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.data.total import Total


def _make(view: TableView, scope: Scope) -> Sequence[Aggregation]:
    found: Sequence[Aggregation] = import_module("custmetrics_cli.metrics.trials.frames").aggregations(view, scope)
    return found


TRIALS = Dataset(
    "first trials",
    (("subscriptions",),),
    _make,
    reads=("trial_start", "started_at", "ended_at"),
    kept_reasons=("never started", "trial", "ended in trial", "pays nothing"),
    detail_columns={"trial_started": "day", "first_paid": "day"},
)
NEEDS = ("trial_start",)

trials = Total("trials", "first trials, started in the period, of customers who had never paid", TRIALS, "trials", needs=NEEDS)
converted = Total("converted", "of these, customers who paid later", TRIALS, "converted", needs=NEEDS)
lapsed = Total("lapsed", "of these, customers whose trial is over and who have not paid", TRIALS, "lapsed", needs=NEEDS)
running = Total("running", "of these, customers whose trial still runs", TRIALS, "running", needs=NEEDS)
