"""The metric of the days between orders."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.purchases import gap_totals as t
from custmetrics_cli.metrics.shared.intervals import share


def _within(days: int) -> Definition:
    again, followed = t.AGAIN[days], t.FOLLOWED[days]
    return Definition(
        Formula(f"{again.name} / {followed.name}", f"no customer ordered {days} days before the end of the data"),
        (again, followed),
        f"share of the buyers who ordered again within {days} days of their first order in the period",
        share(again.name, followed.name),
        unit="ratio",
        how=f"{{{again.name}}} of {{{followed.name}:buyer}} ordered again",
    )


order_gap = Metric(
    name="order-gap",
    title="Days between orders",
    asks="After how many days does a customer order again?",
    unit="days",
    better="lower",
    family="Orders",
    order=5,
    definitions={
        "standard": Definition(
            Formula("median_gap", "no customer ordered again in the period", "gaps"),
            (t.lower_gap, t.median_gap, t.upper_gap, t.gaps),
            "the median of the gaps that end in the period; orders of one day count once",
            exhibits=(t.CURVE,),
        ),
        **{f"within-{days}": _within(days) for days in t.SPANS},
    },
    example="--period 2022-Q2 purchases.csv",
    worked_example="gaps of 10, 20 and 60 days: half of them are at most 20 days = 20.0 days",
    notes="A gap begins with an order before the period or in it.",
)
METRICS = (order_gap,)
