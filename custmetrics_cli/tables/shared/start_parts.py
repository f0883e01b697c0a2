"""The month and the day of the month on which a row starts: columns that are made only if a definition reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.columns.count import COUNT
from custmetrics_cli.tables.shared.rules import Derived

if TYPE_CHECKING:
    from custmetrics_cli.tables.shared.rules import Array, Arrays


def _month(row: Arrays) -> Array:
    """Return the months since 1970-01."""
    import numpy as np

    months: Array = row["started_at"].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return months


def _day(row: Arrays) -> Array:
    """Return the day of the month, from 1."""
    import numpy as np

    days = row["started_at"].astype("datetime64[D]")
    numbers: Array = (days - days.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64) + 1
    return numbers


START_PARTS = tuple(
    Derived(name, COUNT, (("started_at",),), make, ("started_at",), on_demand=True)
    for name, make in (("start_month", _month), ("start_day", _day))
)
