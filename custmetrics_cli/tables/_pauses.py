"""Pauses of subscriptions: from paused_at to resumed_at nothing is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.columns import FAR
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.status import STATUSES
from custmetrics_cli.tables._table import Column, RowError, RowWarning, SkipRule, aliases

if TYPE_CHECKING:
    from custmetrics_cli.tables._table import Array, Arrays

PAUSED = STATUSES.index("paused")

PAUSED_AT = Column(
    "paused_at",
    DAY,
    "first day on which nothing is paid",
    empty=FAR,
    future=True,
    aliases=aliases("pause_date; paused_on; pause_start; pause_started_at; suspended_at; дата паузы; дата приостановки; приостановлена с"),
)
RESUMED_AT = Column(
    "resumed_at",
    DAY,
    "first day on which it is paid again",
    empty=FAR,
    future=True,
    aliases=aliases(
        "resume_date; resumed_on; resumes_at; pause_end; pause_ended_at; unpaused_at; дата возобновления; возобновлена; приостановлена до"
    ),
)


def first_paid_day(row: Arrays) -> Array:
    """started_at, or trial_end where a trial came first (an empty trial_end is long ago), or resumed_at of what was paused by then."""
    import numpy as np

    first = np.maximum(row["started_at"], row["trial_end"])
    return np.where(row["paused_at"] <= first, np.maximum(first, row["resumed_at"]), first)


def never_paid(row: Arrays) -> Array:
    """Paused before its first paid day, and not resumed before it ended."""
    paused: Array = (row["paused_at"] <= row["started_at"]) & (row["resumed_at"] == row["started_at"])
    return paused & (row["ended_at"] <= row["started_at"])


NEVER_PAID = SkipRule("paused before it paid", never_paid, ("paused_at", "resumed_at", "started_at", "ended_at"), ended=True)
RESUMES_FIRST = RowError(
    "E510",
    "resumed_at",
    "resumed_at is before paused_at",
    "a row has one pause; split it into rows where it was paused more than once",
    lambda row: (row["resumed_at"] < row["paused_at"]) & (row["paused_at"] != FAR),
    ("resumed_at", "paused_at"),
)
NO_PAUSE = RowError(
    "E511",
    "resumed_at",
    "resumed_at has a day, but paused_at has none",
    "say since when it was paused, or leave resumed_at empty",
    lambda row: (row["resumed_at"] != FAR) & (row["paused_at"] == FAR),
    ("resumed_at", "paused_at"),
)
UNDATED = RowWarning(
    "W209",
    "{n} paused without a day in paused_at: what they pay is counted as if they were not",
    lambda row: (row["status"] == PAUSED) & (row["paused_at"] == FAR),
    ("status", "paused_at"),
)
