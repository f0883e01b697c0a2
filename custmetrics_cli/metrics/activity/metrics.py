"""What users do, and how often they come back to do it."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.core.options import REQUIRED, OptionSpec
from custmetrics_cli.metrics.activity import totals as a
from custmetrics_cli.metrics.shared.intervals import share

FAMILY = "Behaviour"
NOBODY = "nobody was active in the period"

active_users = Metric(
    name="active-users",
    title="Active users",
    asks="How many users were active?",
    unit="count",
    better="higher",
    family=FAMILY,
    order=1,
    definitions={
        "standard": Definition(
            Formula("active_users"),
            (a.one_day_users, a.returning_users, a.active_users),
            "users with at least one event in the period, each counted once",
        ),
        "dau": Definition(Formula("user_days / days"), (a.user_days, a.active_users), "users active on a day, on average over all days"),
        "wau": Definition(
            Formula("weekly_users / days"),
            (a.weekly_users, a.active_users),
            "users active in the 7 days up to a day, on average over all days; the first reach back before the period",
        ),
        "mau": Definition(
            Formula("monthly_users / days"),
            (a.monthly_users, a.active_users),
            "users active in the 30 days up to a day, on average over all days; the first reach back before the period",
        ),
    },
    identities=(a.OF_USERS,),
    example="--period 2022-11 activity.csv",
    worked_example="two users, one of them with three events: 2 users = 2",
)
stickiness = Metric(
    name="stickiness",
    title="Stickiness",
    asks="On what share of the days of a month is one of its users active?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    order=2,
    aliases=("dau-mau",),
    definitions={
        "standard": Definition(
            Formula("user_days / possible_days", NOBODY),
            (a.user_days, a.possible_days),
            "mean daily users over the users of the month; days without events count",
            whole_months=True,
        )
    },
    identities=(a.OF_USERS,),
    example="--period 2022-Q4 activity.csv",
    worked_example="April has 30 days; one user active on 15 of them, one on 3: 18 / (2 x 30) = 30.00 %",
    notes="Only for periods of whole calendar months.",
)
returning_users = Metric(
    name="returning-users",
    title="Returning users",
    asks="What share of the users was active on more than one day?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    order=3,
    definitions={
        "standard": Definition(
            Formula("returning_users / active_users", NOBODY),
            (a.returning_users, a.active_users),
            "several events on one day are one day",
            share("returning_users", "active_users"),
        )
    },
    identities=(a.OF_USERS,),
    example="--period 2022-11 activity.csv",
    worked_example="of 4 users one came back on another day: 1 / 4 = 25.00 %",
)
time_per_user = Metric(
    name="time-per-user",
    title="Time per user",
    asks="How much time did a user spend?",
    unit="seconds",
    better="higher",
    family=FAMILY,
    order=4,
    definitions={
        "standard": Definition(
            Formula("duration / active_users", NOBODY),
            (a.duration, a.active_users, a.timed_events),
            "of all users active in the period, whether or not an event of theirs says how long it took",
        ),
        "event": Definition(
            Formula("duration / timed_events", "no event says how long it took"),
            (a.duration, a.timed_events, a.untimed_events, a.events),
            "per event that says how long it took",
        ),
    },
    identities=(a.OF_USERS, a.OF_EVENTS),
    example="--period 2022-11 activity.csv",
    worked_example="90 s and 30 s of one user, a click of another: 120 / 2 = 60.0 s",
)
reactions_per_user = Metric(
    name="reactions-per-user",
    title="Reactions per user",
    asks="How often did a user react?",
    unit="count",
    better="higher",
    family=FAMILY,
    order=5,
    definitions={
        "standard": Definition(
            Formula("reactions / active_users", NOBODY),
            (a.reactions, a.active_users),
            "of all users active in the period, whether they reacted or not",
        )
    },
    identities=(a.OF_USERS,),
    options=(OptionSpec("event", "Events that are reactions: a name, or several with commas between", "NAMES", str, when_absent=REQUIRED),),
    example="--period 2022-11 --event export,share activity.csv",
    worked_example="2 likes and a comment of one user, a view of another: 3 / 2 = 1.50",
)
METRICS = (active_users, stickiness, returning_users, time_per_user, reactions_per_user)
