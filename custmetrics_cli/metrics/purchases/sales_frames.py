"""Sales and orders of each period: of new buyers, of buyers who ordered before, and without a customer. Refunds are apart.

Further columns: first_period, the period of the customer's first order ever; source, see below.
"""

from __future__ import annotations

from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.counts import WHOLE, Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, materialise, sum_by
from custmetrics_cli.metrics.purchases.frames import ORDER, orders_of
from custmetrics_cli.metrics.shared.counting import Counted, Row, with_details
from custmetrics_cli.metrics.shared.dated_money import day_if_listed, sum_amounts
from custmetrics_cli.metrics.shared.periods import with_periods
from custmetrics_cli.metrics.shared.rates import Rates

col, lit, long = nw.col, nw.lit, nw.Int64
BUYER, REFUND, NOBODY = 0, 1, 2  # sources


def sales(view: TableView, scope: Scope) -> list[Aggregation]:
    """Sum what was paid in each period, by its source."""
    rows, keys = _with_first(view, scope), {"first_period": col("first_period"), "source": col("source")}
    ids = {"id": col("id")} if scope.with_ids else {}
    frame, rates = sum_amounts(view, scope, {**keys, **ids, **day_if_listed(scope)}, frame=rows)
    return [Aggregation(frame, partial(_count_sales, rates))]


def orders(view: TableView, scope: Scope) -> list[Aggregation]:
    """Count the orders of each period, by their source. An order of several groups counts in each, and once in the whole."""
    sold = _with_first(view, scope).filter(col("source") != REFUND)
    groups = [view.group_column(), *([lit(WHOLE)] if view.is_grouped else [])]
    each = [orders_of(view, _in_group(sold, group), "id", "source", "first_period") for group in groups]
    dated = with_periods(nw.concat(each), scope.periods, period="date")
    within = dated.filter(col("period") > 0, col("period") <= len(scope.periods)).with_columns(count=lit(1).cast(long))
    keys = ["period", "row_group", "source", "first_period", *(["id", "date"] if scope.with_ids else [])]
    return [Aggregation(sum_by(within.select(*keys, "count"), keys, ["count"]), partial(_count_orders, view.is_grouped))]


def _in_group(sold: Frame, group: nw.Expr) -> Frame:
    return sold.select("id", "date", ORDER, "source", "first_period", row_group=group.cast(long))


def _with_first(view: TableView, scope: Scope) -> Frame:
    """Return all rows with their source and first_period, those without a customer included."""
    return view.once(("rows with first order", scope.periods), lambda: materialise(_join_first(view, scope)))


def _join_first(view: TableView, scope: Scope) -> Frame:
    ordered = view.frame().filter(col("amount") >= 0)
    first = with_periods(ordered.group_by("id").agg(first_day=col("date").min()), scope.periods, first_period="first_day")
    known = nw.when(col("skip_rule") == 0).then(lit(BUYER)).otherwise(lit(NOBODY))
    source = nw.when(col("amount") < 0).then(lit(REFUND)).otherwise(known)
    joined = view.with_skipped().with_columns(source=source.cast(long)).join(first.select("id", "first_period"), on="id", how="left")
    return joined.with_columns(first_period=col("first_period").fill_null(0).cast(long))


def _name(row: Row) -> str:
    """Return the source of a row in words."""
    if row["source"] == BUYER:
        return "new" if row["first_period"] == row["period"] else "returning"
    return "refund" if row["source"] == REFUND else "nobody"


def _count_sales(rates: Rates, row: Row) -> Counted:
    money, source = row["amount"] * rates.at(row["currency"], row["rate_step"]), _name(row)
    counts = with_details({"paid": money, source: -money if source == "refund" else money}, (row["day"],) if "day" in row else ())
    for group in (row["row_group"], WHOLE):
        yield row["period"], group, counts


def _count_orders(is_grouped: bool, row: Row) -> Counted:
    counts = with_details({"orders": row["count"], _name(row): row["count"]}, (row["date"],) if "date" in row else ())
    for group in (row["row_group"],) if is_grouped else (row["row_group"], WHOLE):
        yield row["period"], group, counts
