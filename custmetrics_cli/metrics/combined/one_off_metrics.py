"""MRR and what was bought beside it."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.purchases.money_totals import one_off
from custmetrics_cli.metrics.revenue import totals as m

mrr_with_one_off = Metric(
    name="mrr-with-one-off",
    title="MRR with one-off purchases",
    asks="How much do customers pay a month, with what they bought once in the period?",
    unit="money",
    better="higher",
    family="Recurring revenue",
    order=10,
    definitions={
        "standard": Definition(
            Formula("closing_mrr + one_off / months"),
            (m.closing_mrr, one_off),
            "MRR at the closing, and purchases of the period by month; some call this expansion MRR, which it is not",
        )
    },
    identities=(m.ROLL_FORWARD,),
    example="--period 2022-Q2 subscriptions.csv purchases.csv",
    worked_example="90 a month at the closing, 30 bought in a quarter: 90 + 30 / 3 = 100.00",
)
METRICS = (mrr_with_one_off,)
