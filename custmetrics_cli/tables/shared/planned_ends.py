"""Ends that may be plans: a list of members holds the last day of each contract, and that of active ones lies ahead."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.columns import FAR
from custmetrics_cli.columns.orders.flag import NO, YES
from custmetrics_cli.columns.status import STATUSES

if TYPE_CHECKING:
    from custmetrics_cli.tables.shared.rules import Array

    Numbers = Callable[[str], Array]  # the name of a column -> its numbers

RUNNING = tuple(STATUSES.index(name) for name in ("active", "trial", "active_until_end", "past_due", "paused", "unknown"))
SIGNS = ("status", "canceled_at", "is_active", "is_churned")  # the columns that tell a plan from a fact


class LastEnds(NamedTuple):
    """The last ends of rows. They may lie ahead."""

    latest: int
    of_running: int = -FAR  # of rows that run on the day of the export: a plan

    def merge(self, other: LastEnds | None) -> LastEnds:
        return LastEnds(max(self.latest, other.latest), max(self.of_running, other.of_running)) if other else self


def is_running(numbers: Numbers) -> Array:
    """Return True for rows that run on the day of the export: their end is a plan."""
    import numpy as np

    by_flags = (numbers("status") == 0) & ((numbers("is_active") == YES) | (numbers("is_churned") == NO))
    running: Array = np.isin(numbers("status"), RUNNING) | by_flags
    return running


def is_announced(numbers: Numbers, ends: Array) -> Array:
    """Return True for rows that were cancelled before their end: the export may be older than the end."""
    announced: Array = numbers("canceled_at") < ends
    return announced
