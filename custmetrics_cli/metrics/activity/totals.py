"""Activity: users, the days on which they were active, and what they did. Shared by all metrics of behaviour."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

from custmetrics_cli.columns.duration import SECOND
from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Dataset, Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.options import Value

WEEK, MONTH = 7, 30  # days of a rolling window


def _made(name: str, *about: Any) -> Callable[[TableView, Scope], Sequence[Aggregation]]:
    return lambda source, ask: getattr(import_module("custmetrics_cli.metrics.activity.frames"), name)(source, ask, *about)


def _told(options: Mapping[str, Value]) -> Mapping[str, str]:
    """Raises CustmetricsError E170 where it is not said which events count."""
    if "event" not in options:
        hint = "name one or several, as --event like,comment"
        raise CustmetricsError(Problem("E170", "which events are reactions is not said, and --event has no default", hint=hint))
    return {}


TABLES = (("activity",),)
TOLD = {"days": "count", "last_active": "day"}
USERS = Dataset("users", TABLES, _made("users"), reads=("timestamp",), detail_columns=TOLD)
WEEKLY = Dataset("users of a week", TABLES, _made("rolling", WEEK), reads=("timestamp",))
MONTHLY = Dataset("users of a month", TABLES, _made("rolling", MONTH), reads=("timestamp",))
EVENTS = Dataset("events", TABLES, _made("events"), reads=("timestamp", "duration"))
REACTIONS = Dataset("reactions", TABLES, _made("reactions"), words=("event",), reads=("timestamp",), check_context=_told)


def _users(name: str, means: str, monthly: bool = False) -> Total:
    return Total(name, means, USERS, flow=name, additive=False, monthly=monthly)


def _rolling(name: str, dataset: Dataset, days: int) -> Total:
    means = f"users active in the {days} days up to each day of the period, summed over its days"
    return Total(name, means, dataset, flow="rolling", additive=False, lookback_days=days - 1)


active_users = _users("active_users", "users with an event in the period")
one_day_users = _users("one_day_users", "users active on one day of the period only")
returning_users = _users("returning_users", "users active on two or more days of the period")
user_days = _users("user_days", "days on which a user was active, summed over users")
possible_days = _users("possible_days", "users of each calendar month times its days, summed over the months", monthly=True)
weekly_users = _rolling("weekly_users", WEEKLY, WEEK)
monthly_users = _rolling("monthly_users", MONTHLY, MONTH)
duration = Total("duration", "what events took, summed", EVENTS, flow="duration", needs=("duration",), unit="seconds", parts=SECOND)
timed_events = Total("timed_events", "events that say how long they took", EVENTS, flow="timed_events", needs=("duration",))
untimed_events = Total("untimed_events", "the other events", EVENTS, flow="untimed_events")
events = Total("events", "events in the period", EVENTS, flow="events")
reactions = Total("reactions", "events of the kinds that --event names", REACTIONS, flow="reactions", needs=("event",))

OF_USERS = Identity(Formula("one_day_users + returning_users"), Formula("active_users"), (one_day_users, returning_users, active_users))
OF_EVENTS = Identity(Formula("timed_events + untimed_events"), Formula("events"), (timed_events, untimed_events, events))
