"""Purchases as small histograms: of what was paid, and of the days of first orders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.counts import WHOLE, Aggregation, Counts, DetailedCounts
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.formula import Number
from custmetrics_cli.engines.query.run import sum_by
from custmetrics_cli.metrics.shared.dated_money import by_day, sums
from custmetrics_cli.metrics.shared.periods import numbered

col, lit = nw.col, nw.lit
Row = Mapping[str, Any]
WIDE = 2**31  # room for a group below a day; the first is OUTSIDE, -1


def revenue(view: TableView, scope: Scope, ever: bool = False) -> list[Aggregation]:
    """What was paid; with ask.named by customer and day."""
    who = {"id": col("id")} if scope.with_ids else {}
    frame, rates = sums(view, scope, {**who, **by_day(scope)}, ever)
    return [Aggregation(frame, partial(_counted, "paid", lambda row: row["amount"] * rates.at(row["cur"], row["x"])))]


def to_date(view: TableView, scope: Scope) -> list[Aggregation]:
    return revenue(view, scope, ever=True)


def buyers(view: TableView, scope: Scope) -> list[Aggregation]:
    """Customers by their first order: in the group of that, of several on one day in the first by name."""
    orders = view.frame().filter(col("amount") >= 0).with_columns(best=col("date").cast(nw.Int64) * WIDE + view.group_column() + 1)
    first = orders.group_by("id").agg(col("best").min()).with_columns(t=col("best") // WIDE, p=col("best") % WIDE - 1)
    dated = numbered(first, scope.periods, k="t").filter(col("k") <= len(scope.periods))
    keys = ["k", "p", *(["id", "t"] if scope.with_ids else [])]
    return [
        Aggregation(sum_by(dated.select(*keys, n=lit(1).cast(nw.Int64)), keys, ["n"]), partial(_counted, "first", lambda row: row["n"]))
    ]


def _counted(name: str, number: Callable[[Row], Number], row: Row) -> Iterator[tuple[int, int, Counts]]:
    counts = DetailedCounts({name: number(row)})
    counts.details = (row["t"],) if "t" in row else ()
    for g in (row["p"], WHOLE):
        yield row["k"], g, counts
