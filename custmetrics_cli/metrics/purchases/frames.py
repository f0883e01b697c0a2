"""Buyers: a line per customer and period, with the number of orders and the period of the first order ever.

Further columns: orders; day, that of the first order in the period; first_day and first_period of the customer's first order ever.
"""

from __future__ import annotations

from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.counts import WHOLE, Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, flag, materialise, sum_by
from custmetrics_cli.metrics.shared.counting import Counted, Row, with_details
from custmetrics_cli.metrics.shared.periods import with_periods

col, lit = nw.col, nw.lit
ONE = lit(1).cast(nw.Int64)
COLUMNS = ("id", "period", "row_group", "orders", "day")


def buyers(view: TableView, scope: Scope) -> list[Aggregation]:
    """Count the buyers of each period: who ordered once or again, and who ordered before the period."""
    keys, sums = ["period", "row_group", *(["id"] if scope.with_ids else [])], ["count", "repeat", "returning", "orders"]
    flags = {"repeat": flag(col("orders") > 1), "returning": flag(col("first_period") < col("period"))}
    ready = _buyers(view, scope).with_columns(count=ONE, **flags)
    summed = ready if scope.with_ids else sum_by(ready.select(*keys, *sums), keys, sums)
    return [Aggregation(summed, partial(_count, view.is_grouped))]


def _orders(view: TableView, scope: Scope) -> Frame:
    """Return the orders up to the end of the last period."""
    rows = view.frame().filter(col("amount") >= 0).select("id", "date", row_group=view.group_column())
    return with_periods(rows, scope.periods, period="date").filter(col("period") <= len(scope.periods))


def same_day_buyers(view: TableView, scope: Scope) -> Frame:
    """Return customers with several orders in a period, all on one day."""
    within = _orders(view, scope).filter(col("period") > 0)
    each = within.group_by("id", "period").agg(orders=nw.len(), date=col("date").min(), last=col("date").max())
    return each.filter(col("orders") > 1, col("date") == col("last")).select("id", "date", count=ONE)


def _buyers(view: TableView, scope: Scope) -> Frame:
    each = _orders(view, scope).group_by("id", "period", "row_group").agg(orders=nw.len(), day=col("date").min())
    long = materialise(each.with_columns(nw.col(*COLUMNS[1:]).cast(nw.Int64)).select(*COLUMNS))
    known = nw.concat([long, _overall(long)]) if view.is_grouped else long
    first = known.with_columns(first_day=col("day").min().over("id"), first_period=col("period").min().over("id"))
    return first.filter(col("period") > 0)


def _overall(buyers: Frame) -> Frame:
    """Return buyers regardless of group: a buyer in several groups is one buyer overall."""
    once = buyers.group_by("id", "period").agg(col("orders").sum(), col("day").min())
    return once.with_columns(col("orders").cast(nw.Int64), row_group=lit(WHOLE).cast(nw.Int64)).select(*COLUMNS)


def _count(is_grouped: bool, row: Row) -> Counted:
    count, repeat, returning = row["count"], row["repeat"], row["returning"]
    counts = {"orders": row["orders"], "buyers": count, "single_buyers": count - repeat, "repeat_buyers": repeat}
    counts |= {"first_buyers": count - returning, "returning_buyers": returning}
    detailed = with_details(counts, (row["orders"], row["first_day"]) if "first_day" in row else ())
    for group in (row["row_group"],) if is_grouped else (row["row_group"], WHOLE):
        yield row["period"], group, detailed
