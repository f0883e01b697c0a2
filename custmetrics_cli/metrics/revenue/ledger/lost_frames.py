"""What lost customers paid at the opening: nothing where they were paused then. Who is lost is judged by stints, as churn does.

Without pauses spans are stints: a customer is lost of whom spans run at the opening and none at the closing. Both are known of customers
at the edges, and of rows that are their customer's only one. Else (and where somebody wants to see who) stints are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.counts import WHOLE, Aggregation, Counts
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, materialise, sum_by
from custmetrics_cli.metrics.customers.stints import bridged, rows_of
from custmetrics_cli.metrics.revenue.ledger.frames import edge_customers, lone_rows
from custmetrics_cli.metrics.revenue.ledger.spans import spans
from custmetrics_cli.metrics.shared.groups import track_groups
from custmetrics_cli.metrics.shared.periods import edges, numbered
from custmetrics_cli.metrics.shared.rates import Rates

col, lit = nw.col, nw.lit


def aggregations(view: TableView, scope: Scope) -> list[Aggregation]:
    """By period, currency and the group of the opening."""
    if spans(view, scope).alone is None:
        return _judged(view, scope)
    left = edge_customers(view, scope).filter(col("runs") == 0, col("k") > 0).select("k", "cur", "g0", w="o")
    counted = Aggregation(sum_by(left, ["k", "cur", "g0"], ["w"]), partial(_unfold, view, Rates(view.money, edges(scope.periods))))
    return [*lone_rows(view, scope, ("g",), partial(_unfold_alone, view)), counted]


def _judged(view: TableView, scope: Scope) -> list[Aggregation]:
    """By stints."""
    paying = spans(view, scope).whole.select("id", "s", "e", "w", "cur")
    theirs = numbered(_lost(view, scope).join(paying, on="id", how="inner"), scope.periods, ks="s", ke="e")
    paid = theirs.filter(col("ks") < col("k"), col("ke") >= col("k"))
    keys = ["k", "cur", "g0", *(["id"] if scope.with_ids else [])]
    rates = Rates(view.money, edges(scope.periods))
    return [Aggregation(sum_by(paid.select(*keys, "w"), keys, ["w"]), partial(_unfold, view, rates))]


def _unfold(view: TableView, rates: Rates, row: Mapping[str, Any]) -> Iterator[tuple[int, int, Counts]]:
    for g in (view.group_of(row["g0"]), WHOLE):
        yield row["k"], g, {"lost": row["w"] * rates.opening(row["cur"], row["k"])}


def _unfold_alone(view: TableView, base: int, sign: int, row: Mapping[str, Any]) -> Iterator[tuple[int, int, Counts]]:
    """A row as if it were its customer's only one."""
    ke, ks = divmod(row["what"], base)
    for g in (view.group_of(row["g"]), WHOLE) if ks < ke else ():
        yield ke, g, {"lost": sign * row["w"]}


def _lost(view: TableView, scope: Scope) -> Frame:
    """One line per lost customer and period k, with the group g0 of its opening."""
    steps = _steps(bridged(_ending(view, scope), scope.gap), scope)
    net = sum_by(steps.select("id", "k", "d"), ["id", "k"], ["d"])
    ran = net.with_columns(n=col("d").cum_sum().over("id", order_by="k").cast(nw.Int64))
    placed = track_groups(materialise(ran), steps) if view.is_grouped else ran.with_columns(g0=lit(0).cast(nw.Int64))
    return placed.filter(col("k") > 0, col("n") == 0, col("d") < 0).select("id", "k", "g0")


def _ending(view: TableView, scope: Scope) -> Frame:
    """The rows of customers of whom one ends in the periods: nobody else can be lost in them."""
    rows, border = rows_of(view), edges(scope.periods)
    ending = rows.filter(col("e") >= border[0], col("e") < border[-1]).select("id").unique()
    return rows.join(ending, on="id", how="semi")


def _steps(rows: Frame, scope: Scope) -> Frame:
    """One line per row and period in which it begins (d = 1) or ends (d = -1), until the last is over."""
    dated = numbered(rows, scope.periods, ks="s", ke="e").select("id", "ks", "ke", "w", g=col("g").cast(nw.Int64))
    began = dated.select("id", "g", "w", k=col("ks").cast(nw.Int64), d=lit(1).cast(nw.Int64))
    ended = dated.select("id", "g", "w", k=col("ke").cast(nw.Int64), d=lit(-1).cast(nw.Int64))
    return nw.concat([began, ended]).filter(col("k") <= len(scope.periods))
