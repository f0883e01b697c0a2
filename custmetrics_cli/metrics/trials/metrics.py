"""From trial to paying."""

from __future__ import annotations

from custmetrics_cli.core.data.total import Identity
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.shared.intervals import share
from custmetrics_cli.metrics.trials import totals as t

OUTCOMES = Identity(Formula("converted + lapsed + running"), Formula("trials"), (t.converted, t.lapsed, t.running, t.trials))

trial_conversion = Metric(
    name="trial-conversion",
    title="Trial conversion rate",
    asks="Of the customers whose first trial began in the period, what share has paid since?",
    unit="ratio",
    better="higher",
    family="Recurring revenue",
    order=31,
    definitions={
        "standard": Definition(
            Formula("converted / trials", "no trial began in the period"),
            (t.converted, t.trials, t.lapsed, t.running),
            "whenever they paid, in the period or later; the result may rise while trials still run",
            share("converted", "trials"),
            pending_totals=(t.running,),
        ),
        "decided": Definition(
            Formula("converted / (converted + lapsed)", "no trial that began in the period is decided"),
            (t.converted, t.lapsed, t.trials, t.running),
            "only those of whom it is known",
            pending_totals=(t.running,),
        ),
    },
    identities=(OUTCOMES,),
    example="--period 2022-Q2 subscriptions.csv",
    worked_example="10 began a trial, 5 of them paid after it: 5 / 10 = 50.00 %",
)
METRICS = (trial_conversion,)
