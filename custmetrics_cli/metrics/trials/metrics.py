"""Metrics of trials."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.shared.intervals import share
from custmetrics_cli.metrics.trials import totals as t

trial_conversion = Metric(
    name="trial-conversion",
    title="Trial conversion rate",
    asks="What share of the trials became paying customers?",
    unit="ratio",
    better="higher",
    family="Recurring revenue",
    order=31,
    definitions={
        "standard": Definition(
            Formula("converted / trials", "no trial started in the period"),
            (t.converted, t.trials, t.lapsed, t.running),
            "first trials that started in the period; the customer may pay later, so the rate can rise while trials still run",
            share("converted", "trials"),
            how="{converted} of {trials:trial} converted",
            pending_totals=(t.running,),
        ),
        "decided": Definition(
            Formula("converted / (converted + lapsed)", "no trial that started in the period has ended yet"),
            (t.converted, t.lapsed, t.trials, t.running),
            "only trials that have ended",
            pending_totals=(t.running,),
        ),
    },
    identities=(t.OUTCOMES,),
    example="--period 2022-Q2 subscriptions.csv",
    worked_example="10 customers start a trial, 5 of them pay later: 5 / 10 = 50.00 %",
)
METRICS = (trial_conversion,)
