"""First trials, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from custmetrics_cli.core.metric import Ask, Harvest, Rows, Source, Total


def _make(source: Source, ask: Ask) -> Sequence[Harvest]:
    found: Sequence[Harvest] = import_module("custmetrics_cli.metrics.trials.frames").harvest(source, ask)
    return found


TRIALS = Rows(
    "first trials",
    (("subscriptions",),),
    _make,
    reads=("trial_start", "started_at", "ended_at"),
    aside=("never started", "trial", "ended in trial", "pays nothing"),
    tells={"trial_started": "day", "first_paid": "day"},
)
NEEDS = ("trial_start",)

trials = Total("trials", "first trials, started in the period, of customers who had never paid", TRIALS, "trials", needs=NEEDS)
converted = Total("converted", "of these, customers who paid later", TRIALS, "converted", needs=NEEDS)
lapsed = Total("lapsed", "of these, customers whose trial is over and who have not paid", TRIALS, "lapsed", needs=NEEDS)
running = Total("running", "of these, customers whose trial still runs", TRIALS, "running", needs=NEEDS)
