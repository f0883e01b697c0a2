"""Totals of first trials."""

from __future__ import annotations

from custmetrics_cli.core.data.dataset import Dataset
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.formula import Formula

TRIALS = Dataset(
    "first trials",
    needs=(("subscriptions",),),
    make="trials.frames:aggregations",
    reads=("trial_start", "started_at", "ended_at"),
    kept_reasons=("never started", "trial", "ended in trial", "pays nothing"),
    detail_columns={"trial_started": "day", "first_paid": "day"},
)


def _total(name: str, description: str) -> Total:
    return Total(name, description, TRIALS, flow=name, needs=("trial_start",))


trials = _total("trials", "first trials that started in the period")
converted = _total("converted", "trials that became paying customers")
lapsed = _total("lapsed", "trials that ended without payment")
running = _total("running", "trials that still run")
BY_END = TRIALS._replace(name="first trials by end", arguments=("trial_end",))
BY_PAYMENT = TRIALS._replace(name="first trials by payment", arguments=("first_paid",))
ended_trials = _total("ended_trials", "first trials that ended in the period")._replace(dataset=BY_END, flow="trials")
converted_of_ended = _total("converted_of_ended", "those of them that became paying customers")._replace(dataset=BY_END, flow="converted")
conversions = _total("conversions", "first trials converted in the period")._replace(dataset=BY_PAYMENT, flow="converted")
OUTCOMES = Identity(Formula("converted + lapsed + running"), Formula("trials"), (converted, lapsed, running, trials))
