"""Ends of rows under other rules than the table's own: columns that are made only if a definition reads them.

Only rows that ended or were cancelled move. A row without the day that a rule needs keeps its end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from custmetrics_cli.columns import FAR
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.tables.shared.end_dates import CANCELED_AT, ENDED, IS_PAST_DUE, PAID_THROUGH, replace_end
from custmetrics_cli.tables.shared.rules import Derived

if TYPE_CHECKING:
    from custmetrics_cli.tables.shared.rules import Array, Arrays

LONG_AGO = -FAR  # the last paid day of a past-due row without one
CANCELED, PAID = CANCELED_AT.as_end, PAID_THROUGH.as_end


def _if_canceled(row: Arrays) -> Array:
    return replace_end(row, row["ended_at"], row[CANCELED])


def _day_after_canceled(row: Arrays) -> Array:
    import numpy as np

    return replace_end(row, row["ended_at"], np.where(row[CANCELED] == FAR, FAR, row[CANCELED] + 1))


def _if_paid_through(row: Arrays) -> Array:
    import numpy as np

    has_ended = (row["ended_at"] < FAR) | (row[CANCELED] < FAR) | (row["status"] == ENDED)
    return replace_end(row, row["ended_at"], np.where(has_ended, row[PAID], FAR))


def _next_month(row: Arrays) -> Array:
    """Return the first day of a month on or after the end."""
    import numpy as np

    end = row["ended_at"]
    days = np.where(end == FAR, 0, end).astype("datetime64[D]")
    months = (days - np.timedelta64(1, "D")).astype("datetime64[M]") + np.timedelta64(1, "M")
    first: Array = np.where(end == FAR, FAR, months.astype("datetime64[D]").astype(np.int64))
    return first


def _unpaid_from(row: Arrays) -> Array:
    """Return the last paid day of past-due rows, LONG_AGO if it is not known; FAR for other rows."""
    import numpy as np

    paid = np.where(row[PAID] == FAR, LONG_AGO, row[PAID])
    unpaid: Array = np.where(row["status"] == IS_PAST_DUE, paid, FAR)
    return unpaid


def _other(name: str, column: str, make: Callable[[Arrays], Array], *reads: str) -> Derived:
    return Derived(name, DAY, ((column,),), make, reads, on_demand=True)


OTHER_ENDS = (
    _other("end_if_canceled", "canceled_at", _if_canceled, "ended_at", "started_at", CANCELED),
    _other("end_after_canceled", "canceled_at", _day_after_canceled, "ended_at", "started_at", CANCELED),
    _other("end_if_paid_through", "paid_through", _if_paid_through, "ended_at", "started_at", CANCELED, PAID, "status"),
    _other("end_next_month", "ended_at", _next_month, "ended_at"),
    _other("unpaid_from", "status", _unpaid_from, PAID, "status"),
)
