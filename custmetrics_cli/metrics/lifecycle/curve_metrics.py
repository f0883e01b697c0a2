"""The metric of new users who come back."""

from __future__ import annotations

from custmetrics_cli.core.data.dataset import Dataset, FromCounts
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.core.options import OptionSpec, whole
from custmetrics_cli.metrics.activity.totals import NEEDS, READS
from custmetrics_cli.metrics.shared.intervals import share

NEW_USERS = Dataset("new users", NEEDS, make="lifecycle.curve_frames:new_users", reads=READS)
EACH = OptionSpec("each", "Unit of the cohorts and of their age", "STEP", str, "day", ("day", "week", "month"))
AT = OptionSpec("at", "Age of the value, in these units", "NUMBER", whole, "1")
observed = Total("observed", "new users whose age --at the data covers", NEW_USERS, "observed")
active_at = Total("active_at", "of these, users active at that age", NEW_USERS, "active_at")
back = Total("back", "of these, users active at that age or later", NEW_USERS, "back")
new_users = Total("new_users", "users whose first activity is in the period", NEW_USERS, "users")


def _definition(active: Total, description: str, or_after: bool) -> Definition:
    exhibits = (FromCounts(NEW_USERS, f"lifecycle.curve_exhibits:{name}", (or_after,)) for name in ("table", "curve"))
    return Definition(
        Formula(f"{active.name} / observed", "the data does not cover that age for any new user"),
        (active, observed, new_users),
        description,
        share(active.name, "observed"),
        exhibits=tuple(exhibits),
        how=f"{{{active.name}}} of {{observed:new user}} active",
    )


retention_curve = Metric(
    name="retention-curve",
    title="Retention of new users",
    asks="What share of new users comes back after so many days?",
    unit="ratio",
    better="higher",
    family="Behaviour",
    order=8,
    definitions={
        "standard": _definition(active_at, "active in that day, week or month; age 0 is that of the first activity", False),
        "on-or-after": _definition(back, "active in that day, week or month, or later", True),
    },
    options=(EACH, AT),
    example="--period 2022-W40..2022-W43 --each week activity.csv",
    worked_example="20 users are new, 3 of them are active on the next day: 3 / 20 = 15.00 %",
    notes="Days, weeks and months are those of the calendar. Ages that the data does not cover yet are empty.",
)
METRICS = (retention_curve,)
