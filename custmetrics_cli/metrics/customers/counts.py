"""From small histograms to counts, in plain Python: the totals in which a customer counts, by period and group.

Each function yields (period, group, {name: number}). Each number is counted twice, for a group and for WHOLE. WHOLE is counted from the
customer's own state and not from its groups, so that the two can be checked against each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from custmetrics_cli.core.data.counts import WHOLE
from custmetrics_cli.core.packing import Packing
from custmetrics_cli.metrics.customers.packings import NO_START, START, STATE, STAYED
from custmetrics_cli.metrics.shared.groups import GroupOf

Row = Mapping[str, int]
Counts = dict[str, int]
Counted = Iterator[tuple[int, int, Counts]]
REASONS = ("", "voluntary", "involuntary")  # names of totals, by reason kind


def _lost(reason_kind: int, count: int) -> Counts:
    """Return the counts of lost customers. `unlost` is what has to be added to opening to get kept."""
    return {"lost": count, "unlost": -count, "net": -count} | ({REASONS[reason_kind]: count} if reason_kind else {})


def _gained(count: int, stays: bool, is_first: bool) -> Counts:
    """Return the counts of customers gained in the period."""
    if stays:
        return {"net": count, "new" if is_first else "reactivated": count}
    return {"new_and_lost" if is_first else "back_and_lost": count}


def count_single_rows(group_of: GroupOf, packing: Packing, sign: int, row: Row) -> Counted:
    """Count customers with one row. sign: -1 takes customers back who have further rows."""
    cancel_period, end_period, start_period, reason_kind = packing.unpack(row["packed"])
    count, within = sign * row["count"], start_period == end_period
    gained = {"starts": count} | ({"new_and_lost": count} if within else {"new": count, "net": count})
    left = {"ends": count} | ({} if within else _lost(reason_kind, count))
    for group in (group_of(row["group"]), WHOLE):
        yield start_period, group, gained
        yield end_period, group, left
        if start_period <= cancel_period < end_period:
            yield cancel_period, group, {"leaving": count}


def count_changes(group_of: GroupOf, row: Row) -> Counted:
    """Count customers with several rows: lost in the group before, new in the group after, both if the customer moved."""
    count, period = row["count"], row["period"]
    stays, cancels, reason_kind, stint_change = STATE.unpack(row["packed"])
    was = stays - stint_change
    leaving = {"leaving": count} if cancels and stays else {}
    if was and stays:
        yield from _stayed(group_of, row, {"lost_and_back": count} if reason_kind != STAYED else {}, leaving)
    elif was or stays or row["start"] != NO_START:
        start_group, is_first = START.unpack(row["start"])
        counts = _lost(reason_kind, count) if was else _gained(count, bool(stays), bool(is_first)) | leaving
        yield period, WHOLE, counts
        yield period, group_of(row["group_before"] if was else row["group_after"] if stays else start_group), counts


def _stayed(group_of: GroupOf, row: Row, back: Counts, leaving: Counts) -> Counted:
    """Count customers at both ends of a period. back: counts of customers who were lost in between."""
    count, period = row["count"], row["period"]
    before, after = group_of(row["group_before"]), group_of(row["group_after"])
    yield period, WHOLE, back | leaving
    if before == after:
        yield period, after, back | leaving
    else:
        yield period, before, {"net": -count, "moved_out": count} | back
        yield period, after, {"net": count, "moved_in": count} | leaving


def count_stints(group_of: GroupOf, row: Row) -> Counted:
    """Count stints of customers with several rows, in the group of the day on which the stint begins or ends."""
    began = "starts" if row["is_first"] else "returns"
    for group in (group_of(row["group"]), WHOLE):
        yield row["period"], group, {began if row["stint_change"] > 0 else "ends": row["count"]}
