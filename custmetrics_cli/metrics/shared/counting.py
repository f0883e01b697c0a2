"""From rows of a query to counts: the types that all subjects share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from custmetrics_cli.core.data.counts import Counts, DetailedCounts

Row = Mapping[str, Any]
Counted = Iterator[tuple[int, int, Counts]]  # period, group, counts


def with_details(counts: Counts, details: tuple[Any, ...], customer: Any = None) -> DetailedCounts:
    """Return counts with what --list shows beside them. customer: the id that counts, if the row does not tell."""
    detailed = DetailedCounts(counts)
    detailed.details, detailed.customer = details, customer
    return detailed
