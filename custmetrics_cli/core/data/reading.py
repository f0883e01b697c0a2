"""The reading of rows under a definition: who counts, when they end and what they pay."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple


class Reading(NamedTuple):
    """The choices of a definition that change rows, and not the formula. The defaults are our own definition."""

    grain: str = "customer"  # or "subscription"
    gap: int | None = None  # days; None: those of --gap
    new_after: int | None = None  # a return after more days is a first stint; None: never
    churn_date: str = "ended"
    past_due: str = "keep"  # "drop", or "drop-after N"
    paused: str = "apart"
    discounts: str = "subtract"
    week: str = "52/12"
    day: str = "365.25/12"


class Need(NamedTuple):
    """A column without which a choice cannot be made."""

    axis: str
    field: str
    column: str
    without: str  # the choice that is kept


AS_READ = Reading()


def settled(reading: Reading, needs: Collection[Need], has: Collection[str]) -> tuple[Reading, tuple[Need, ...]]:
    """Return the reading that files with these columns can have, and the needs that they do not meet."""
    missing = tuple(need for need in needs if need.column not in has)
    return reading._replace(**{need.field: getattr(AS_READ, need.field) for need in missing}), missing
