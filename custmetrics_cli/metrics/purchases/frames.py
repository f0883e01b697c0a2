"""Orders reduced to buyers: one line per customer and period, with how many orders it made and when its first ever was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.counts import WHOLE, Aggregation, Counts, DetailedCounts
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, flag, materialise, sum_by
from custmetrics_cli.metrics.shared.periods import numbered

col, lit = nw.col, nw.lit
Row = Mapping[str, Any]
ONE = lit(1).cast(nw.Int64)


def aggregations(view: TableView, scope: Scope) -> list[Aggregation]:
    """Buyers of each period by whether they ordered again, and whether they had ordered before it."""
    keys, names = ["k", "p", *(["id"] if scope.with_ids else [])], ["n", "several", "before", "orders"]
    ready = _buyers(view, scope).with_columns(n=ONE, several=flag(col("orders") > 1), before=flag(col("since") < col("k")))
    sums = ready if scope.with_ids else sum_by(ready.select(*keys, *names), keys, names)
    return [Aggregation(sums, partial(_unfold, view.is_grouped))]


def _orders(view: TableView, scope: Scope) -> Frame:
    """id, date, k, p: until the last period is over."""
    rows = view.frame().filter(col("amount") >= 0).select("id", "date", p=view.group_column())
    return numbered(rows, scope.periods, k="date").filter(col("k") <= len(scope.periods))


def of_one_day(view: TableView, scope: Scope) -> Frame:
    """Customers with several orders in a period, all of one day."""
    within = _orders(view, scope).filter(col("k") > 0)
    each = within.group_by("id", "k").agg(orders=nw.len(), date=col("date").min(), last=col("date").max())
    return each.filter(col("orders") > 1, col("date") == col("last")).select("id", "date", n=ONE)


def _buyers(view: TableView, scope: Scope) -> Frame:
    """id, k, p, orders; first: the day of the customer's first order ever, in whatever group, and since, its period."""
    dated = _orders(view, scope)
    each = dated.group_by("id", "k", "p").agg(orders=nw.len(), day=col("date").min())
    whole = materialise(each.with_columns(nw.col("k", "p", "orders", "day").cast(nw.Int64)).select("id", "k", "p", "orders", "day"))
    known = nw.concat([whole, _overall(whole)]) if view.is_grouped else whole
    first = known.with_columns(first=col("day").min().over("id"), since=col("k").min().over("id"))
    return first.filter(col("k") > 0)


def _overall(each: Frame) -> Frame:
    """The same whatever the group: who is in several is one buyer of the whole."""
    once = each.group_by("id", "k").agg(col("orders").sum(), col("day").min())
    return once.select("id", "k", col("orders").cast(nw.Int64), "day", p=lit(WHOLE).cast(nw.Int64)).select("id", "k", "p", "orders", "day")


def _unfold(grouped: bool, row: Row) -> Iterator[tuple[int, int, Counts]]:
    n, several, before = row["n"], row["several"], row["before"]
    counts = DetailedCounts(orders=row["orders"], buyers=n, single_buyers=n - several, repeat_buyers=several)
    counts |= {"first_buyers": n - before, "returning_buyers": before}
    counts.details = (row["orders"], row["first"]) if "first" in row else ()
    for g in (row["p"],) if grouped else (row["p"], WHOLE):
        yield row["k"], g, counts
