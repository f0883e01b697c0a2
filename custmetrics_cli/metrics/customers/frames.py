"""Customers at the start and end of periods, and what happened in between: one pass for any number of periods.

Only customers with an event in a period have a line for it. Opening and closing are running sums of what happened
before. The engine returns small histograms of customers with the same values (see counts.py). With scope.with_ids each customer
has a line of its own.
"""

from __future__ import annotations

from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, flag, materialise, sum_by
from custmetrics_cli.metrics.customers.counts import count_changes, count_single_rows, count_stints
from custmetrics_cli.metrics.customers.packings import FIRST_START, LAST_END, NO_START, START, STATE, STAYED, row_packing
from custmetrics_cli.metrics.customers.silence import days_of_buyers, ends_by_silence
from custmetrics_cli.metrics.customers.stints import Stints, column_or_zero, make_stints
from custmetrics_cli.metrics.shared.groups import FEW_PERIODS, groups_at_borders, same_group, track_groups
from custmetrics_cli.metrics.shared.periods import borders_of, with_periods

col, lit = nw.col, nw.lit


def days_of_customers(view: TableView) -> Frame:
    """Return the first and the last day of each customer. A planned last day is shown, too."""
    if ends_by_silence(view):
        return days_of_buyers(view)
    return view.with_planned_ends().group_by("id").agg(col("started_at").min(), col("ended_at").max())


def aggregations(view: TableView, scope: Scope) -> list[Aggregation]:
    """Return the histograms of rows, of changes of customers with several rows, and of the days of their stints.

    Every row is counted as if its customer had no other row. Customers with several rows are then taken back. This is faster
    than separating the two kinds of rows.
    """
    stints, group_of = make_stints(view, scope), view.group_of if view.is_grouped else same_group
    events = materialise(_dated(stints.events, scope))
    days = _histogram(events.filter(col("stint_change") != 0), scope, "period", "group", "stint_change", "is_first")
    changes = _histogram(_changes(view, events, stints, scope), scope, "period", "packed", "group_before", "group_after", "start")
    packing = row_packing(len(scope.periods))
    return [
        Aggregation(_rows(stints.rows, scope), partial(count_single_rows, group_of, packing, 1)),
        Aggregation(_rows(stints.repeated, scope), partial(count_single_rows, group_of, packing, -1)),
        Aggregation(changes, partial(count_changes, group_of)),
        Aggregation(days, partial(count_stints, group_of)),
    ]


def _dated(events: Frame, scope: Scope) -> Frame:
    """Add the period of each event, up to the last. A cancellation counts if its row still runs at the end of the period."""
    dated = with_periods(events, scope.periods, period="day").filter(col("period") <= len(scope.periods))
    if "row_end" not in events.collect_schema().names():
        return dated
    names = dated.collect_schema().names()
    cancelled = with_periods(dated.filter(col("change") == 0), scope.periods, end_period="row_end")
    return nw.concat([dated.filter(col("change") != 0), cancelled.filter(col("end_period") > col("period")).select(names)])


def _histogram(frame: Frame, scope: Scope, *keys: str) -> Frame:
    names = [*keys, "id"] if scope.with_ids else list(keys)
    return sum_by(frame.select(*names, count=lit(1)), names, ["count"])


def _rows(rows: Frame, scope: Scope) -> Frame:
    """Count rows by the periods of their days, their group and their reason."""
    has_cancel = "canceled" in rows.collect_schema().names()
    days = {"start_period": "start", "end_period": "end"} | ({"cancel_period": "canceled"} if has_cancel else {})
    dated = with_periods(rows, scope.periods, **days)
    values = {name: col(name) for name in days} | {"reason_kind": column_or_zero(rows, "reason_kind")}
    values.setdefault("cancel_period", lit(len(scope.periods) + 1).cast(nw.Int64))
    return _histogram(dated.with_columns(packed=row_packing(len(scope.periods)).pack(**values)), scope, "packed", "group")


def _changes(view: TableView, events: Frame, stints: Stints, scope: Scope) -> Frame:
    """Return a line per customer and touched period: what happened (see STATE), the first start and the groups."""
    net = _net(events).with_columns(is_customer=col("stint_change").cum_sum().over("id", order_by="period").cast(nw.Int64))
    placed = _with_groups(net, events, stints, scope) if view.is_grouped else net.with_columns(group_before=lit(0), group_after=lit(0))
    _, reason_kind = LAST_END.unpack(col("last_end"))
    _, start = FIRST_START.unpack(col("first_start"))
    state = STATE.pack(is_customer=col("is_customer"), cancels=col("cancels"), reason_kind=reason_kind, stint_change=col("stint_change"))
    return placed.select("id", "period", "group_before", "group_after", packed=state, start=start)


def _net(events: Frame) -> Frame:
    """Return a line per customer and touched period: stints begun less ended, the last end, the first start, and whether it cancelled."""
    day, change = col("day").cast(nw.Int64), col("stint_change")
    end = LAST_END.pack(day=day, reason_kind=column_or_zero(events, "reason_kind"))
    start = FIRST_START.pack(day=day, start=START.pack(group=col("group").cast(nw.Int64), is_first=col("is_first")))
    ready = events.select(
        "id", "period", "stint_change",
        last_end=nw.when(change == -1).then(end).otherwise(lit(LAST_END.pack(day=-FAR, reason_kind=STAYED))),
        first_start=nw.when(change == 1).then(start).otherwise(lit(FIRST_START.pack(day=FAR, start=NO_START))),
        cancels=flag(col("change") == 0),
    )  # fmt: skip
    net = ready.group_by("id", "period").agg(change.sum(), col("last_end").max(), col("first_start").min(), col("cancels").max())
    return net.with_columns(change.cast(nw.Int64))


def _with_groups(net: Frame, events: Frame, stints: Stints, scope: Scope) -> Frame:
    """Add group_before and group_after. A gap or amounts of money need the slow way."""
    is_simple = scope.gap == 0 and "monthly" not in stints.repeated.collect_schema().names()
    if is_simple and len(scope.periods) <= FEW_PERIODS:
        return groups_at_borders(net, stints.repeated, borders_of(scope.periods))
    return track_groups(materialise(net), events)
