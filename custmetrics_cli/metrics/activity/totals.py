"""Totals of activity: users, the days on which they were active, and their events."""

from __future__ import annotations

from collections.abc import Mapping

from custmetrics_cli.columns.duration import SECOND
from custmetrics_cli.core.data.dataset import Dataset
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.options import Value

WEEK, MONTH = 7, 30  # days of a rolling window


def _require_event(options: Mapping[str, Value]) -> Mapping[str, str]:
    """Raise CustmetricsError E170 without --event."""
    if "event" not in options:
        hint = "pass one name or several, for example --event like,comment"
        raise CustmetricsError(Problem("E170", "--event is required: it names the events that count as reactions", hint=hint))
    return {}


NEEDS, READS = (("activity",),), ("timestamp",)
USERS = Dataset("users", NEEDS, make="activity.frames:users", reads=READS, detail_columns={"days": "count", "last_active": "day"})
WEEKLY = Dataset("users of a week", NEEDS, make="activity.frames:rolling", arguments=(WEEK,), reads=READS)
MONTHLY = Dataset("users of a month", NEEDS, make="activity.frames:rolling", arguments=(MONTH,), reads=READS)
EVENTS = Dataset("events", NEEDS, make="activity.frames:events", reads=(*READS, "duration"))
REACTIONS = Dataset("reactions", NEEDS, make="activity.frames:reactions", words=("event",), reads=READS, check_context=_require_event)


def _users(name: str, description: str, monthly: bool = False) -> Total:
    return Total(name, description, USERS, flow=name, additive=False, monthly=monthly)


def _rolling(name: str, dataset: Dataset, days: int) -> Total:
    description = f"users active in the {days} days up to a day, summed over the days of the period"
    return Total(name, description, dataset, flow="rolling", additive=False, lookback_days=days - 1)


active_users = _users("active_users", "users with an event in the period")
one_day_users = _users("one_day_users", "users active on one day of the period")
returning_users = _users("returning_users", "users active on two or more days of the period")
user_days = _users("user_days", "active days of all users in the period")
possible_days = _users("possible_days", "users of each month times the days of that month, summed", monthly=True)
weekly_users = _rolling("weekly_users", WEEKLY, WEEK)
monthly_users = _rolling("monthly_users", MONTHLY, MONTH)
duration = Total("duration", "duration of all events", EVENTS, flow="duration", needs=("duration",), unit="seconds", parts=SECOND)
timed_events = Total("timed_events", "events with a duration", EVENTS, flow="timed_events", needs=("duration",))
untimed_events = Total("untimed_events", "events without a duration", EVENTS, flow="untimed_events")
events = Total("events", "events in the period", EVENTS, flow="events")
reactions = Total("reactions", "events that --event names", REACTIONS, flow="reactions", needs=("event",))

USER_COUNTS = Identity(Formula("one_day_users + returning_users"), Formula("active_users"), (one_day_users, returning_users, active_users))
EVENT_COUNTS = Identity(Formula("timed_events + untimed_events"), Formula("events"), (timed_events, untimed_events, events))
