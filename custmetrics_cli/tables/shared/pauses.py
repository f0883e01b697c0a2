"""Pauses of subscriptions: nothing is paid from paused_at to resumed_at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.columns import FAR
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.status import STATUSES
from custmetrics_cli.tables.shared.column import Column, aliases
from custmetrics_cli.tables.shared.rules import RowError, RowWarning, SkipRule

if TYPE_CHECKING:
    from custmetrics_cli.tables.shared.rules import Array, Arrays

PAUSED = STATUSES.index("paused")

PAUSED_AT = Column(
    "paused_at",
    DAY,
    "first day of a pause",
    empty=FAR,
    may_be_future=True,
    aliases=aliases("pause_date; paused_on; pause_start; pause_started_at; suspended_at; дата паузы; дата приостановки; приостановлена с"),
)
RESUMED_AT = Column(
    "resumed_at",
    DAY,
    "first day after the pause",
    empty=FAR,
    may_be_future=True,
    aliases=aliases(
        "resume_date; resumed_on; resumes_at; pause_end; pause_ended_at; unpaused_at; дата возобновления; возобновлена; приостановлена до"
    ),
)


def first_paid_day(row: Arrays) -> Array:
    """Return started_at, or trial_end after a trial, or resumed_at if the row was paused by then. No trial_end is long ago."""
    import numpy as np

    first = np.maximum(row["started_at"], row["trial_end"])
    return np.where(row["paused_at"] <= first, np.maximum(first, row["resumed_at"]), first)


def is_never_paid(row: Arrays) -> Array:
    """Return True for rows paused before their first paid day, and not resumed before they ended."""
    paused: Array = (row["paused_at"] <= row["started_at"]) & (row["resumed_at"] == row["started_at"])
    return paused & (row["ended_at"] <= row["started_at"])


NEVER_PAID = SkipRule("paused before it paid", is_never_paid, ("paused_at", "resumed_at", "started_at", "ended_at"), means_ended=True)
RESUMES_FIRST = RowError(
    "E510",
    "resumed_at",
    "resumed_at is before paused_at",
    "correct the dates; split the row if it was paused more than once",
    lambda row: (row["resumed_at"] < row["paused_at"]) & (row["paused_at"] != FAR),
    ("resumed_at", "paused_at"),
)
NO_PAUSE = RowError(
    "E511",
    "resumed_at",
    "resumed_at has a date, but paused_at is empty",
    "fill in paused_at, or leave resumed_at empty",
    lambda row: (row["resumed_at"] != FAR) & (row["paused_at"] == FAR),
    ("resumed_at", "paused_at"),
)
UNDATED = RowWarning(
    "W209",
    "{n} paused without a date in paused_at; the pause is ignored",
    lambda row: (row["status"] == PAUSED) & (row["paused_at"] == FAR),
    ("status", "paused_at"),
)
