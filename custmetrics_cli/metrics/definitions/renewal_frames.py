"""Renewal days: started_at plus any number of intervals, or the end."""

from __future__ import annotations

from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.columns.interval import INTERVALS
from custmetrics_cli.core.data.counts import WHOLE, Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.time.calendar import day_number, month_after
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.engines.query.run import Frame, sum_by
from custmetrics_cli.metrics.shared.counting import Counted, Row

col, lit, long = nw.col, nw.lit, nw.Int64


def aggregations(view: TableView, scope: Scope) -> list[Aggregation]:
    """Return the customers with a renewal day, by period and group, and of all rows."""
    rows = view.frame().select(
        "id", "interval", "interval_count", "start_month", "start_day",
        group=view.group_column(), start=col("started_at").cast(long), end=col("ended_at").cast(long),
    )  # fmt: skip
    queries = []
    for number, period in enumerate(scope.periods, 1):
        found = rows.filter(col("start") < period.start_number, col("end") >= period.start_number, _renews(period))
        names = ["id"] if scope.with_ids else []
        for keys, group in ((["id", "group"], None), (["id"], WHOLE)):
            distinct = found.select(*keys).unique().with_columns(count=lit(1).cast(long))
            grouped = sum_by(distinct, [*names, *keys[1:]] or ["count"], ["count"]) if names or keys[1:] else _all(distinct)
            queries.append(Aggregation(grouped, partial(_count, number, group)))
    return queries


def _all(distinct: Frame) -> Frame:
    return distinct.select(nw.col("count").sum())


def _count(period: int, group: int | None, row: Row) -> Counted:
    yield period, row["group"] if group is None else group, {"renewing": row["count"] or 0}


def _renews(period: Period) -> nw.Expr:
    """Return True for rows with a renewal day in a period that begins after the row."""
    unit, count = col("interval") % len(INTERVALS), (col("interval") // len(INTERVALS) + 1) * col("interval_count").clip(1, None)
    ends = (col("end") >= period.start_number) & (col("end") < period.end_number)
    is_short = (unit == INTERVALS.index("day")) | (unit == INTERVALS.index("week"))
    step = count * nw.when(unit == INTERVALS.index("week")).then(lit(7)).otherwise(lit(1))
    following = col("start") + ((period.start_number - 1 - col("start")) // step + 1) * step
    months = count * nw.when(unit == INTERVALS.index("quarter")).then(3).when(unit == INTERVALS.index("year")).then(12).otherwise(1)
    by_month = lit(False)
    for first in _months(period):
        by_month = by_month | _renews_in(first, months, period)
    return ends | (is_short & (following < period.end_number)) | (~is_short & by_month)


def _months(period: Period) -> list[int]:
    """Return the months that a period touches, numbered from 1970-01."""
    (first, last) = ((day.year - 1970) * 12 + day.month - 1 for day in (period.start, period.last))
    return [*range(first, last + 1)]


def _renews_in(month: int, step: nw.Expr, period: Period) -> nw.Expr:
    """Return True for rows that renew in a month. A day that the month does not have is its last one."""
    start = period.start.replace(year=1970 + month // 12, month=month % 12 + 1, day=1)
    first, length = day_number(start), (month_after(start, 1) - start).days
    day = first - 1 + col("start_day").clip(None, length)
    passed = month - col("start_month")
    return (passed > 0) & (passed % step == 0) & (day >= period.start_number) & (day < period.end_number)
