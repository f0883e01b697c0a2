"""A warning about activity data that begins too late."""

from __future__ import annotations

from custmetrics_cli.core.data.counts import CountsByPeriod
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.result import Notice
from custmetrics_cli.core.time.calendar import day_of


def begins_late(view: TableView, scope: Scope, counts: CountsByPeriod, period: int) -> Notice | None:
    """Return W226 if the activity begins within the days that decide whether a customer is silent."""
    oldest, days = view.first_day("activity"), int(scope.options["days"])
    for since in (each.end_number - days for each in scope.periods):
        if oldest is not None and since < oldest < since + days:
            message = (
                f"activity starts on {day_of(oldest)}; customers active only before that look silent (data is needed from {day_of(since)})"
            )
            return Notice("W226", message)
    return None
