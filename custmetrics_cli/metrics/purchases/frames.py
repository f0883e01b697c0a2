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
ORDER = "order_id_key"  # of the frame: a number for each order number, 0 = none
COLUMNS = ("id", "period", "row_group", "orders", "day")


def buyers(view: TableView, scope: Scope) -> list[Aggregation]:
    """Count the buyers of each period: who ordered once or again, and who ordered before the period."""
    keys, sums = ["period", "row_group", *(["id"] if scope.with_ids else [])], ["count", "repeat", "returning", "orders"]
    flags = {"repeat": flag(col("orders") > 1), "returning": flag(col("first_period") < col("period"))}
    ready = _buyers(view, scope).with_columns(count=ONE, **flags)
    summed = ready if scope.with_ids else sum_by(ready.select(*keys, *sums), keys, sums)
    return [Aggregation(summed, partial(_count, view.is_grouped))]


def _orders(view: TableView, scope: Scope, group: nw.Expr) -> Frame:
    """Return a line per order and group, on its first day, up to the end of the last period."""
    rows = orders_of(view, view.frame().filter(col("amount") >= 0).select("id", "date", ORDER, row_group=group), "id")
    return with_periods(rows, scope.periods, period="date").filter(col("period") <= len(scope.periods))


def orders_of(view: TableView, rows: Frame, *keys: str) -> Frame:
    """Return a line per order, keys and group, on its first day. Rows without an order number are orders."""
    names = (*keys, "date", "row_group")
    if view.can_answer("order_id"):
        numbered = rows.filter(col(ORDER) > 0).group_by(*keys, ORDER, "row_group").agg(col("date").min())
        return nw.concat([each.select(*names) for each in (numbered, rows.filter(col(ORDER) == 0))])
    return rows.select(*names)


def same_day_buyers(view: TableView, scope: Scope) -> Frame | None:
    """Return customers with several orders in a period, all on one day; None where the file has numbers of orders."""
    if view.can_answer("order_id"):
        return None
    within = _orders(view, scope, view.group_column()).filter(col("period") > 0)
    each = within.group_by("id", "period").agg(orders=nw.len(), date=col("date").min(), last=col("date").max())
    return each.filter(col("orders") > 1, col("date") == col("last")).select("id", "date", count=ONE)


def shared_orders(view: TableView, scope: Scope) -> Frame | None:
    """Return the customers of order numbers that several customers have, with the first day of each."""
    if not view.can_answer("order_id"):
        return None
    rows = view.frame().filter(col(ORDER) > 0).select("id", "date", ORDER)
    each = rows.group_by("id", ORDER).agg(col("date").min())
    shared = each.group_by(ORDER).agg(customers=nw.len()).filter(col("customers") > 1).select(ORDER)
    return each.join(shared, on=ORDER, how="inner").select("id", "date", count=ONE)


def _buyers(view: TableView, scope: Scope) -> Frame:
    """Return the buyers of each period and group, and overall: a buyer in several groups is one, and so is an order."""
    groups = [view.group_column(), *([lit(WHOLE)] if view.is_grouped else [])]
    each = [_by_customer(_orders(view, scope, group.cast(nw.Int64))) for group in groups]
    long = materialise(nw.concat(each))
    first = long.with_columns(first_day=col("day").min().over("id"), first_period=col("period").min().over("id"))
    return first.filter(col("period") > 0)


def _by_customer(orders: Frame) -> Frame:
    each = orders.group_by("id", "period", "row_group").agg(orders=nw.len(), day=col("date").min())
    return each.with_columns(nw.col(*COLUMNS[1:]).cast(nw.Int64)).select(*COLUMNS)


def _count(is_grouped: bool, row: Row) -> Counted:
    count, repeat, returning = row["count"], row["repeat"], row["returning"]
    counts = {"orders": row["orders"], "buyers": count, "single_buyers": count - repeat, "repeat_buyers": repeat}
    counts |= {"first_buyers": count - returning, "returning_buyers": returning}
    detailed = with_details(counts, (row["orders"], row["first_day"]) if "first_day" in row else ())
    for group in (row["row_group"],) if is_grouped else (row["row_group"], WHOLE):
        yield row["period"], group, detailed
