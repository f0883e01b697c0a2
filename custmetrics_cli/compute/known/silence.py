"""Customers who end by silence: the days of silence that the data suggests."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from custmetrics_cli.core.errors import Choice, Place, Problem, pass_one
from custmetrics_cli.engines.query.neighbours import gaps_by_length
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded

USUAL = Fraction(9, 10)  # of the gaps between orders are at most as long as the proposed one
UNKNOWN = 90  # days, where nobody ordered twice


def proposed_gap(loaded: Loaded, table: str) -> int | None:
    """Return the 90th percentile of the days between a customer's orders, None if nobody ordered on two days."""
    (day, *_) = TABLES[table].days
    rows = loaded.used(table).filter(nw.col("amount") >= 0).select("id", day=nw.col(day).cast(nw.Int64)).unique()
    counts = gaps_by_length(rows)
    wanted, seen = USUAL * sum(counts.values()), 0
    for gap, count in counts.items():
        seen += count
        if seen >= wanted:
            return gap
    return None


def gap_needed(loaded: Loaded, table: str, total: str) -> Problem:
    """Return E360: a total needs the days of silence after which a customer is lost."""
    gap = proposed_gap(loaded, table)
    message = f"{total} needs --gap: after so many days without an order a customer is lost"
    choice = Choice("gap", str(gap or UNKNOWN), "days of silence")
    reason = f"90 % of repeat orders came within {gap} days" if gap else "nobody ordered on two days; as an example"
    path = next((report.path for report in loaded.inputs if report.table == table), table)
    return Problem("E360", message, Place(path), f"{reason}: {pass_one([choice])}", choices=(choice,))
