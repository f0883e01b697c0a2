"""Purchases as small histograms: the money paid by day, and the days of first orders."""

from __future__ import annotations

from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.counts import WHOLE, Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.formula import Number
from custmetrics_cli.engines.query.run import sum_by
from custmetrics_cli.metrics.shared.counting import Counted, Row, with_details
from custmetrics_cli.metrics.shared.dated_money import day_if_listed, sum_amounts
from custmetrics_cli.metrics.shared.packings import FIRST_DAY
from custmetrics_cli.metrics.shared.periods import with_periods
from custmetrics_cli.metrics.shared.rates import Rates

col, lit = nw.col, nw.lit


def revenue(view: TableView, scope: Scope) -> list[Aggregation]:
    """Sum what was paid in each period."""
    return _paid(view, scope, before=False)


def revenue_to_date(view: TableView, scope: Scope) -> list[Aggregation]:
    """Sum what was paid in each period and before."""
    return _paid(view, scope, before=True)


def _paid(view: TableView, scope: Scope, before: bool) -> list[Aggregation]:
    ids = {"id": col("id")} if scope.with_ids else {}
    rows = view.frame() if before else view.with_skipped()  # what nobody is known to have paid is revenue too
    frame, rates = sum_amounts(view, scope, {**ids, **day_if_listed(scope)}, before, rows)
    return [Aggregation(frame, partial(_count_paid, rates))]


def _count_paid(rates: Rates, row: Row) -> Counted:
    return _count("paid", row["amount"] * rates.at(row["currency"], row["rate_step"]), row)


def buyers(view: TableView, scope: Scope) -> list[Aggregation]:
    """Count customers by the period and group of their first order; of several groups on that day, the first by name."""
    packed = FIRST_DAY.pack(day=col("date").cast(nw.Int64), group=view.group_column())
    first = view.frame().filter(col("amount") >= 0).select("id", first=packed).group_by("id").agg(col("first").min())
    day, row_group = FIRST_DAY.unpack(col("first"))
    dated = with_periods(first.with_columns(day=day, row_group=row_group), scope.periods, period="day")
    keys = ["period", "row_group", *(["id", "day"] if scope.with_ids else [])]
    counted = dated.filter(col("period") <= len(scope.periods)).select(*keys, count=lit(1).cast(nw.Int64))
    return [Aggregation(sum_by(counted, keys, ["count"]), lambda row: _count("first", row["count"], row))]


def _count(name: str, number: Number, row: Row) -> Counted:
    counts = with_details({name: number}, (row["day"],) if "day" in row else ())
    for group in (row["row_group"], WHOLE):
        yield row["period"], group, counts
