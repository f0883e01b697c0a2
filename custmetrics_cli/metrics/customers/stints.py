"""Stints: continuous times as a customer, made from rows of customers, from paid rows of subscriptions, or from orders.

Nearly every customer has one row, which is a stint. Only rows of customers with several rows are joined. Rows that touch, overlap
or lie at most `gap` days apart are one stint.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.repeats import by_number, has_numbers, may_repeat, with_repeated_keys, with_running_sum
from custmetrics_cli.engines.query.run import Frame, flag, materialise
from custmetrics_cli.metrics.customers.packings import EVENT_ORDER, GROUP_AND_REASON, MOMENT
from custmetrics_cli.metrics.customers.reasons import PAYMENT, kind
from custmetrics_cli.metrics.customers.silence import ends_by_silence, silent_rows
from custmetrics_cli.metrics.shared.packings import ROW_ORDER

col, lit, long = nw.col, nw.lit, nw.Int64


@dataclass(frozen=True)
class Stints:
    """The rows of all customers, and the events from which the stints of customers with several rows follow."""

    rows: Frame  # of all customers
    repeated: Frame  # of customers with several rows
    events: Frame  # of these customers, see _with_stints


def make_stints(view: TableView, scope: Scope) -> Stints:
    """Return the stints of a table, made once for any periods."""
    return view.once(("stints", scope.gap, scope.with_ids), lambda: _make(view, scope))


def _make(view: TableView, scope: Scope) -> Stints:
    if ends_by_silence(view):
        rows = materialise(silent_rows(view, scope))
        repeated, gap = with_repeated_keys(rows, scope.with_ids), 0
    else:
        (rows, repeated), gap = split_rows(view, scope.with_ids), scope.gap
    events = materialise(returns_as_new(_with_stints(_events(bridge_gaps(repeated, gap)), gap), view.reading.new_after))
    return Stints(rows, repeated, _only_final_cancellations(events))


def _only_final_cancellations(events: Frame) -> Frame:
    """Leave out cancellations of rows that another row continues: their customer changed the plan, or pays for something else."""
    if "row_end" not in events.collect_schema().names():
        return events
    ends = events.filter(col("stint_change") == -1).select("id", row_end=col("day").cast(long)).unique()
    cancelled = events.filter(col("change") == 0)
    final = cancelled.join(ends, on=["id", "row_end"], how="semi")
    return materialise(nw.concat([events.filter(col("change") != 0), final, cancelled.filter(col("row_end") == FAR)]))


def split_rows(view: TableView, with_ids: bool) -> tuple[Frame, Frame]:
    """Return the rows of all customers, and those of customers with several rows, made once for a table."""

    def make() -> tuple[Frame, Frame]:
        rows = customer_rows(view)
        repeated = may_repeat(view.frame())
        if not with_ids and has_numbers(repeated):
            return rows, materialise(customer_rows(view, by_number(repeated)))
        return rows, with_repeated_keys(customer_rows(view, repeated), with_ids)

    return view.once(("split rows", with_ids), make)


def customer_rows(view: TableView, frame: Frame | None = None) -> Frame:
    """Return rows with id, start, end, group, and if the table has them canceled, reason_kind and monthly. frame: some rows."""
    columns = {"start": col("started_at"), "end": col("ended_at")}
    columns |= {"canceled": col("canceled_at")} if view.is_read("canceled_at") else {}
    columns |= {"reason_kind": reason_kind(view)} if view.is_read("reason") else {}
    columns |= {"monthly": col("monthly")} if view.is_read("monthly") else {}
    parts = {"part": col("part")} if view.has_parts else {}
    return (view.frame() if frame is None else frame).select("id", col("group").cast(nw.Int32), **parts, **columns)


def column_or_zero(frame: Frame, name: str) -> nw.Expr:
    """Return a column that only some tables have, or 0."""
    return col(name) if name in frame.collect_schema().names() else lit(0)


def reason_kind(view: TableView) -> nw.Expr:
    """Return 1 for a decision to leave, 2 for a failed payment, 0 for an unclear reason."""
    failed = view.matches("reason", lambda word: kind(word) == PAYMENT)
    return flag(view.matches("reason", lambda word: kind(word) != 0)) + flag(failed)


def _events(rows: Frame) -> Frame:
    """Return a line per row and day. change is +1 where the row starts, -1 where it ends, 0 where it is cancelled."""
    names = rows.collect_schema().names()
    unit = [name for name in ("id", "group", "monthly", "reason_kind") if name in names]
    is_first = flag(col("start") == col("start").min().over("id"))
    marked = rows.with_columns(is_first=is_first, never=lit(0).cast(long))
    kinds = [(1, "start", "is_first", marked), (-1, "end", "never", marked)]
    kinds += [(0, "canceled", "never", marked.filter(col("canceled") < FAR))] if "canceled" in names else []
    row_end = {"row_end": col("end").cast(long)} if "canceled" in names else {}
    sides = [frame.select(*unit, day=day, is_first=first, change=lit(change).cast(long), **row_end) for change, day, first, frame in kinds]
    return nw.concat(sides)


def _with_stints(events: Frame, gap: int) -> Frame:
    """Add stint_change: +1 where a stint begins, -1 where it ends, 0 where other rows go on. is_first marks a customer's first stint.

    On a day starts come before ends, so that rows which touch are one stint. If several rows begin or end it, the one with most
    money counts, then the first by name.
    """
    change, names = col("change"), events.collect_schema().names()
    day = col("day").cast(long) + (gap * flag(change == -1) if gap else lit(0))
    tie = change * GROUP_AND_REASON.pack(group=col("group").cast(long), reason_kind=column_or_zero(events, "reason_kind"))
    order = {"_order": EVENT_ORDER.pack(day=day, rank=1 - change, tie=tie)}
    if "monthly" in names:
        order = {"_moment": MOMENT.pack(day=day, rank=1 - change), "_most": 0 - change * col("monthly"), "_tie": tie}
    ordered = events.with_columns(**order)
    running = with_running_sum(ordered, "count", "change", list(order))
    begins, ends = flag((change == 1) & (col("count") == 1)), flag((change == -1) & (col("count") == 0))
    kept = [name for name in names if name != "is_first"]
    return running.select(*kept, stint_change=begins - ends, is_first=begins * col("is_first"))


def returns_as_new(events: Frame, after: int | None) -> Frame:
    """Mark a later stint as a first one, if the customer was away for more days. None: never."""
    if after is None:
        return events
    day, change = col("day").cast(long), col("stint_change")
    ends = events.with_columns(_end=nw.when(change == -1).then(day).otherwise(lit(-FAR)).cast(long))
    ran = ends.with_columns(_last=col("_end").cum_max().over("id", order_by="day").cast(long))
    is_new = flag((change == 1) & (col("_last") > -FAR) & (day - col("_last") > after))
    return ran.with_columns(is_first=nw.max_horizontal(col("is_first"), is_new)).drop("_end", "_last")


def bridge_gaps(rows: Frame, gap: int) -> Frame:
    """Extend rows that end before a gap of at most `gap` days to the next row of the customer."""
    if gap == 0:
        return rows
    reached = with_reach(rows)
    is_gap = (col("start") > col("reach"), col("start") <= col("reach") + gap)
    gaps = reached.filter(*is_gap).select("id", end="reach", _until="start").unique()
    joined = rows.join(gaps, on=["id", "end"], how="left")
    return joined.with_columns(end=nw.coalesce(col("_until"), col("end")).cast(nw.Int32)).drop("_until")


def with_reach(rows: Frame) -> Frame:
    """Add `reach`: the day until which the earlier rows of the customer run; long ago if there are none."""
    ordered = rows.with_columns(_order=ROW_ORDER.pack(start=col("start").cast(long), end=col("end").cast(long)))
    ran = ordered.with_columns(_reach=col("end").cum_max().over("id", order_by="_order"))
    reach = col("_reach").shift(1).over("id", order_by="_order")
    return ran.with_columns(reach=reach.fill_null(-FAR).cast(nw.Int32)).drop("_reach", "_order")
