"""Stints of people who order: they begin with an order, and end after --gap days of silence.

A day is a day as a customer if there is an order on it or on one of the gap - 1 days before it. So a person who ordered in the gap days
before a period is a customer at its start. A refund is not an order.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.counts import WHOLE
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.neighbours import neighbour
from custmetrics_cli.engines.query.run import Frame, materialise

col, lit, long = nw.col, nw.lit, nw.Int64
PURCHASES = "purchases"


def ends_by_silence(view: TableView) -> bool:
    """Return True if the customers of a view are known by their orders alone."""
    return view.tables[0] == PURCHASES


def order_days(view: TableView) -> Frame:
    """Return id, day and group of each day with orders. The first group by name counts, if a day has several."""
    return view.once("order days", lambda: materialise(_order_days(view)))


def _order_days(view: TableView) -> Frame:
    rows = view.frame().filter(col("amount") >= 0).select("id", day=col("date").cast(long), group=col("group").cast(long))
    return rows.group_by("id", "day").agg(col("group").min())


def silent_rows(view: TableView, scope: Scope) -> Frame:
    """Return rows with id, start, end and group: one for each stint, or several if the customer's orders change groups.

    Without --gap no customer is lost, so that a customer has one stint. An end after the last known day has not happened yet.
    """
    begun = materialise(_begun(view, scope))
    following, reached = neighbour("day", -1, FAR), neighbour("before", -1, -FAR)
    marked = begun.with_columns(following=following, reached=reached)
    ends = nw.when(col("reached") == -FAR).then(col("last")).otherwise(col("reached")) + (scope.gap or FAR)
    end = nw.when(ends < col("following")).then(ends).otherwise(col("following")).clip(None, FAR)
    known = nw.when(end > (FAR if scope.complete_until is None else scope.complete_until)).then(lit(FAR)).otherwise(end)
    return marked.select("id", col("group").cast(nw.Int32), start=col("day").cast(nw.Int32), end=known.cast(nw.Int32))


def _begun(view: TableView, scope: Scope) -> Frame:
    """Return the days with orders on which a stint begins, or the group changes. before: the last such day before it; last: of all."""
    steps = {"before": neighbour("day", 1, -FAR), "last": col("day").max().over("id"), "from_group": neighbour("group", 1, WHOLE)}
    ordered = order_days(view).with_columns(**steps)
    begins = (col("before") == -FAR) | (col("day") - col("before") > (scope.gap or FAR))
    return ordered.filter(begins | (col("group") != col("from_group")) if view.is_grouped else begins)


def days_of_buyers(view: TableView) -> Frame:
    """Return the days of the first and of the last order of each customer."""
    return order_days(view).group_by("id").agg(first_order=col("day").min(), last_order=col("day").max())
