"""The MRR that lost customers paid at the start of the period; 0 for those who were paused. Stints decide who is lost, as for churn.

Without pauses, spans are stints: a customer is lost if spans run at the start and none at the end. Otherwise, and if customers are
listed, the stints themselves are made.
"""

from __future__ import annotations

from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.counts import WHOLE, Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.packing import Packing
from custmetrics_cli.engines.query.run import Frame, materialise, sum_by
from custmetrics_cli.metrics.customers.stints import bridge_gaps, customer_rows
from custmetrics_cli.metrics.revenue.ledger.frames import customers_with_events, single_rows
from custmetrics_cli.metrics.revenue.ledger.spans import make_spans
from custmetrics_cli.metrics.shared.counting import Counted, Row
from custmetrics_cli.metrics.shared.groups import track_groups
from custmetrics_cli.metrics.shared.periods import borders_of, with_periods
from custmetrics_cli.metrics.shared.rates import Rates

col, lit = nw.col, nw.lit


def aggregations(view: TableView, scope: Scope) -> list[Aggregation]:
    """Return the MRR of lost customers by period, currency and the group at the start."""
    if make_spans(view, scope).rows is None:
        return _by_stints(view, scope)
    lost = customers_with_events(view, scope).filter(col("running") == 0, col("period") > 0)
    keys = ["period", "currency", "group_before"]
    sums = sum_by(lost.select(*keys, monthly="opening"), keys, ["monthly"])
    counted = Aggregation(sums, partial(_count, view, Rates(view.money, borders_of(scope.periods))))
    return [*single_rows(view, scope, ("group",), partial(_count_single_rows, view)), counted]


def _by_stints(view: TableView, scope: Scope) -> list[Aggregation]:
    paying = make_spans(view, scope).spans.select("id", "start", "end", "monthly", "currency")
    joined = _lost(view, scope).join(paying, on="id", how="inner")
    dated = with_periods(joined, scope.periods, start_period="start", end_period="end")
    paid = dated.filter(col("start_period") < col("period"), col("end_period") >= col("period"))
    keys = ["period", "currency", "group_before", *(["id"] if scope.with_ids else [])]
    rates = Rates(view.money, borders_of(scope.periods))
    return [Aggregation(sum_by(paid.select(*keys, "monthly"), keys, ["monthly"]), partial(_count, view, rates))]


def _count(view: TableView, rates: Rates, row: Row) -> Counted:
    for group in (view.group_of(row["group_before"]), WHOLE) if row["monthly"] else ():
        yield row["period"], group, {"lost": row["monthly"] * rates.opening(row["currency"], row["period"])}


def _count_single_rows(view: TableView, packing: Packing, sign: int, row: Row) -> Counted:
    """Count a row as if it were its customer's only one. sign: -1 takes it back."""
    end_period, start_period = packing.unpack(row["packed"])
    for group in (view.group_of(row["group"]), WHOLE) if start_period < end_period else ():
        yield end_period, group, {"lost": sign * row["monthly"]}


def _lost(view: TableView, scope: Scope) -> Frame:
    """Return a line per lost customer and period, with group_before."""
    steps = _steps(bridge_gaps(_rows_of_ending(view, scope), scope.gap), scope)
    net = sum_by(steps.select("id", "period", "change"), ["id", "period"], ["change"])
    ran = net.with_columns(running=col("change").cum_sum().over("id", order_by="period").cast(nw.Int64))
    placed = track_groups(materialise(ran), steps) if view.is_grouped else ran.with_columns(group_before=lit(0).cast(nw.Int64))
    return placed.filter(col("period") > 0, col("running") == 0, col("change") < 0).select("id", "period", "group_before")


def _rows_of_ending(view: TableView, scope: Scope) -> Frame:
    """Return the rows of customers with a row that ends in the periods: only these can be lost."""
    rows, borders = customer_rows(view), borders_of(scope.periods)
    ending = rows.filter(col("end") >= borders[0], col("end") < borders[-1]).select("id").unique()
    return rows.join(ending, on="id", how="semi")


def _steps(rows: Frame, scope: Scope) -> Frame:
    """Return a line per row and period in which it begins (change 1) or ends (change -1), up to the last period."""
    dated = with_periods(rows, scope.periods, start_period="start", end_period="end")
    columns = dated.select("id", "start_period", "end_period", "monthly", group=col("group").cast(nw.Int64))
    began = columns.select("id", "group", "monthly", period=col("start_period").cast(nw.Int64), change=lit(1).cast(nw.Int64))
    ended = columns.select("id", "group", "monthly", period=col("end_period").cast(nw.Int64), change=lit(-1).cast(nw.Int64))
    return nw.concat([began, ended]).filter(col("period") <= len(scope.periods))
