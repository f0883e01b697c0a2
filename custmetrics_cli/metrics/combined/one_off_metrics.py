"""MRR together with one-off purchases."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.purchases.money_totals import one_off
from custmetrics_cli.metrics.revenue import totals as t

mrr_with_one_off = Metric(
    name="mrr-with-one-off",
    title="MRR with one-off purchases",
    asks="How much do customers pay a month, one-off purchases included?",
    unit="money",
    better="higher",
    family="Recurring revenue",
    order=10,
    definitions={
        "standard": Definition(
            Formula("closing_mrr + one_off / months"),
            (t.closing_mrr, one_off),
            "closing MRR plus the purchases of the period, spread over its months; sometimes wrongly called expansion MRR",
        )
    },
    identities=(t.ROLL_FORWARD,),
    example="--period 2022-Q2 subscriptions.csv purchases.csv",
    worked_example="MRR of 90 at the end, 30 of purchases in a quarter: 90 + 30 / 3 = 100.00",
)
METRICS = (mrr_with_one_off,)
