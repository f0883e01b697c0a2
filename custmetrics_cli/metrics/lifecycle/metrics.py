"""The metric of the lifecycle."""

from __future__ import annotations

from custmetrics_cli.core.data.dataset import Dataset
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.customers import totals as c

USERS = Dataset("lives of users", (("activity",),), make="lifecycle.frames:users", reads=("timestamp",))
BUYERS = Dataset("lives of buyers", (("purchases",),), make="lifecycle.frames:buyers", reads=("date", "amount"))


def _totals(dataset: Dataset, noun: str, active: str) -> tuple[Total, ...]:
    def total(name: str, description: str) -> Total:
        return Total(f"{name}_{noun}", description, dataset, f"{name}_users", additive=False)

    return (
        total("new", f"{noun} whose first {active} ever is in the period"),
        total("returning", f"{noun} of the period and of the one before"),
        total("resurrected", f"{noun} of the period who paused in the one before"),
        total("dormant", f"{noun} of the period before with no {active} in this one"),
        total("active", f"all {noun} of the period"),
    )


def _adds_up(totals: tuple[Total, ...]) -> Identity:
    new, returning, resurrected, _, active = totals
    return Identity(
        Formula(f"{new.name} + {returning.name} + {resurrected.name}"), Formula(active.name), (new, returning, resurrected, active)
    )


def _definition(totals: tuple[Total, ...], description: str) -> Definition:
    new, returning, resurrected, dormant, _ = totals
    return Definition(
        Formula(f"{new.name} + {returning.name} + {resurrected.name} - {dormant.name}"),
        totals,
        description,
        how=f"{{{new.name}}} new, {{{returning.name}}} returning, {{{resurrected.name}}} resurrected, {{{dormant.name}}} dormant",
    )


OF_USERS, OF_BUYERS = _totals(USERS, "users", "activity"), _totals(BUYERS, "buyers", "order")
lifecycle = Metric(
    name="lifecycle",
    title="Lifecycle",
    asks="How many users are new, return, come back after a pause, or fall silent?",
    unit="count",
    better="higher",
    family="Behaviour",
    order=9,
    definitions={
        "standard": _definition(OF_USERS, "by activity, compared with the period before, which is as long"),
        "buyers": _definition(OF_BUYERS, "by orders, compared with the period before, which is as long"),
        "customers": Definition(
            Formula("new + kept + reactivated - lost"),
            (c.new, c.kept, c.reactivated, c.lost),
            "by stints: customers at the end of the period, less those who were lost in it",
            how="{new} new, {kept} returning, {reactivated} resurrected, {lost} dormant",
        ),
    },
    identities=(_adds_up(OF_USERS), _adds_up(OF_BUYERS), *c.IDENTITIES),
    example="--period 2022-Q4 --every month activity.csv",
    worked_example="4 new users, 3 returning, 1 resurrected, 2 dormant: 4 + 3 + 1 - 2 = 6",
    notes="With --every day, week or month, each is compared with the one before it.",
)
METRICS = (lifecycle,)
