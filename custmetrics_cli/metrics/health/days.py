"""The day whose customers are looked at: the end of a period, or of the data if it ends before."""

from __future__ import annotations

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.time.period import Period


def day_of_state(scope: Scope, period: Period) -> int:
    """Return the day before which everything is known: the end of a period, or of the data if it does not reach so far.

    Customers of provisional days count: only ends may be undone.
    """
    reaches = scope.complete_until is not None and period.end_number - 1 <= scope.complete_until + scope.provisional_days
    return period.end_number if reaches else min(period.end_number, last_day(scope) + 1)


def last_day(scope: Scope) -> int:
    """Return the last day of the data, which may be provisional."""
    return -FAR if scope.last_known_day is None else scope.last_known_day + scope.provisional_days


def first_open_day(scope: Scope) -> int:
    """Return the first day whose ends may be undone."""
    return last_day(scope) - scope.provisional_days + 1
