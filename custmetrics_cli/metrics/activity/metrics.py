"""Metrics of activity: how many users are active, how often they come back, and what they do."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.core.options import REQUIRED, OptionSpec
from custmetrics_cli.metrics.activity import totals as t
from custmetrics_cli.metrics.shared.intervals import share

FAMILY = "Behaviour"
NO_USERS = "no active users in the period"

active_users = Metric(
    name="active-users",
    title="Active users",
    asks="How many users were active?",
    unit="count",
    better="higher",
    family=FAMILY,
    is_key=True,
    order=1,
    definitions={
        "standard": Definition(
            Formula("active_users"),
            (t.one_day_users, t.returning_users, t.active_users),
            "users with at least one event in the period, each counted once",
        ),
        "dau": Definition(
            Formula("user_days / days"), (t.user_days, t.active_users), "daily active users, on average over the days of the period"
        ),
        "wau": Definition(
            Formula("weekly_users / days"),
            (t.weekly_users, t.active_users),
            "users active in the 7 days up to a day, on average over the days of the period",
        ),
        "mau": Definition(
            Formula("monthly_users / days"),
            (t.monthly_users, t.active_users),
            "users active in the 30 days up to a day, on average over the days of the period",
        ),
    },
    identities=(t.USER_COUNTS,),
    example="--period 2022-11 activity.csv",
    worked_example="two users, one of them with three events: 2 users = 2",
    notes="wau and mau look back before the start of the period.",
)
stickiness = Metric(
    name="stickiness",
    title="Stickiness (DAU/MAU)",
    asks="On what share of the days does a user come back?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    is_key=True,
    order=2,
    aliases=("dau-mau",),
    definitions={
        "standard": Definition(
            Formula("user_days / possible_days", NO_USERS),
            (t.user_days, t.possible_days),
            "average daily users divided by the users of the month",
            whole_months=True,
        )
    },
    identities=(t.USER_COUNTS,),
    example="--period 2022-Q4 activity.csv",
    worked_example="April has 30 days, one user is active on 15 of them, one on 3: 18 / (2 x 30) = 30.00 %",
    notes="Only for periods of whole calendar months.",
)
returning_users = Metric(
    name="returning-users",
    title="Returning users",
    asks="What share of users came back on another day?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    order=3,
    definitions={
        "standard": Definition(
            Formula("returning_users / active_users", NO_USERS),
            (t.returning_users, t.active_users),
            "users active on two or more days of the period",
            share("returning_users", "active_users"),
            how="{returning_users} of {active_users:user} came back",
        )
    },
    identities=(t.USER_COUNTS,),
    example="--period 2022-11 activity.csv",
    worked_example="4 users, one of them came back on another day: 1 / 4 = 25.00 %",
)
time_per_user = Metric(
    name="time-per-user",
    title="Time per user",
    asks="How much time does a user spend?",
    unit="seconds",
    better="higher",
    family=FAMILY,
    order=4,
    definitions={
        "standard": Definition(
            Formula("duration / active_users", NO_USERS),
            (t.duration, t.active_users, t.timed_events),
            "duration of all events divided by all active users, also those without a duration",
        ),
        "event": Definition(
            Formula("duration / timed_events", "no event has a duration"),
            (t.duration, t.timed_events, t.untimed_events, t.events),
            "average duration of the events that have one",
        ),
    },
    identities=(t.USER_COUNTS, t.EVENT_COUNTS),
    example="--period 2022-11 activity.csv",
    worked_example="one user spends 90 s and 30 s, another one only clicks: 120 / 2 = 60.0 s",
)
reactions_per_user = Metric(
    name="reactions-per-user",
    title="Reactions per user",
    asks="How often does a user react?",
    unit="count",
    better="higher",
    family=FAMILY,
    order=5,
    definitions={
        "standard": Definition(
            Formula("reactions / active_users", NO_USERS),
            (t.reactions, t.active_users),
            "reactions divided by all active users, also those without a reaction",
        )
    },
    identities=(t.USER_COUNTS,),
    options=(OptionSpec("event", "Events that count as reactions, separated by commas", "NAMES", str, when_absent=REQUIRED),),
    example="--period 2022-11 --event export,share activity.csv",
    worked_example="one user gives 2 likes and a comment, another one only views: 3 / 2 = 1.50",
)
METRICS = (active_users, stickiness, returning_users, time_per_user, reactions_per_user)
