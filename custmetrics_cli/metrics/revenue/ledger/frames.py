"""The histograms that recurring revenue stands on: the ledger, customers at the edges, and cells of customers alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Literal

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.counts import WHOLE, Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, materialise, sum_by
from custmetrics_cli.metrics.revenue.ledger import cells as cell_counts
from custmetrics_cli.metrics.revenue.ledger import counts, edge_counts, levels, several_currencies
from custmetrics_cli.metrics.revenue.ledger import edges as customer_edges
from custmetrics_cli.metrics.revenue.ledger.movements import movements
from custmetrics_cli.metrics.revenue.ledger.shown_apart import level
from custmetrics_cli.metrics.revenue.ledger.spans import (
    NO,
    Spans,
    all_spans,
    changed_customers,
    events,
    few_periods,
    rows_are_spans,
    rows_as_spans,
    spans,
)
from custmetrics_cli.metrics.shared.groups import same_group
from custmetrics_cli.metrics.shared.periods import edges, numbered
from custmetrics_cli.metrics.shared.rates import Counted, Rates, Row

col, lit = nw.col, nw.lit
Unfold = Callable[..., Any]
Given = Literal["row", "columns"]


def ledger(view: TableView, scope: Scope) -> list[Aggregation]:
    """MRR at the edges and what moved it."""
    rates = Rates(view.money, edges(scope.periods))
    moved = movements(
        _of_one(view, scope, changed_customers(view, scope)), scope, view.money, view.can_answer("paused_at"), view.is_grouped
    )
    found = [*_levels(view, scope), *_several(view, scope, partial(several_currencies.of_days, rates, scope.with_ids))]
    whole: Callable[[Row], Iterable[int]] = (lambda row: (WHOLE,)) if moved.split is not None else (lambda row: (0, WHOLE))
    found.append(Aggregation(moved.whole, partial(counts.of_movements, whole, rates)))
    if moved.split is not None:
        found.append(Aggregation(moved.split, partial(counts.of_movements, lambda row: (row["p"],), rates)))
    return found


def _levels(view: TableView, scope: Scope) -> list[Aggregation]:
    """MRR row by row; where all customers are looked at, the movements of those who have one row with it."""
    if few_periods(view, scope):
        return [Aggregation(_rows(rows_as_spans(view), scope, "p"), partial(counts.of_rows, len(scope.periods) + 2))]
    stand, found = rows_are_spans(view, scope), spans(view, scope)
    sides = [_sides(frame, scope, sign, level=stand and sign > 0) for frame, sign in _signed(found)]
    return sides if stand else [*sides, level(view, scope, found.whole if found.alone is None else all_spans(view, scope), "net", (None,))]


def _sides(rows: Frame, scope: Scope, sign: int, level: bool) -> Aggregation:
    """Where rows begin and where they end: what moved if each is its customer's only one, and the level of MRR."""
    sides = nw.concat([rows.select("p", "w", t=day, side=NO + side) for day, side in (("s", 1), ("e", -1))])
    by_day = sum_by(sides.with_columns(n=NO + 1), ["t", "side", "p"], ["w", "n"])
    sums = sum_by(numbered(by_day, scope.periods, k="t").select("k", "side", "p", "w", "n"), ["k", "side", "p"], ["w", "n"])
    return Aggregation(sums, partial(counts.of_sides, sign, level))


def _signed(found: Spans) -> list[tuple[Frame, int]]:
    return [(frame, sign) for frame, sign in ((found.alone, 1), (found.again, -1)) if frame is not None]


def lone_rows(view: TableView, scope: Scope, keys: tuple[str, ...], unfold: Unfold, given: Given = "row") -> list[Aggregation]:
    """All rows as if each were its customer's only one, and those of customers with several taken back; counted once for any unfold."""

    def counted() -> list[tuple[Frame, int]]:
        return [(materialise(_rows(frame, scope, *keys)), sign) for frame, sign in _signed(spans(view, scope))]

    made = view.once(("alone", keys, scope.periods, scope.gap, scope.with_ids), counted)
    return [Aggregation(frame, partial(unfold, len(scope.periods) + 2, sign), given) for frame, sign in made]


def _rows(rows: Frame, scope: Scope, *keys: str) -> Frame:
    dated = numbered(rows, scope.periods, ks="s", ke="e")
    ready = dated.with_columns(what=(col("ke") * (len(scope.periods) + 2) + col("ks")).cast(nw.Int64), n=lit(1).cast(nw.Int64))
    names = ["n"] if "w" in keys else ["w", "n"]
    return sum_by(ready.select("what", *keys, *names), ["what", *keys], names)


def _of_one(view: TableView, scope: Scope, changes: Frame) -> Frame:
    """Without customers who pay in several currencies."""
    return changes.join(_mixed(spans(view, scope).whole), on="id", how="anti") if view.money.converts else changes


def _mixed(whole: Frame) -> Frame:
    sides = whole.group_by("id").agg(low=col("cur").min(), high=col("cur").max())
    return sides.filter(col("low") != col("high")).select("id")


def _several(view: TableView, scope: Scope, unfold: Unfold) -> list[Aggregation]:
    """The spans of customers who pay in several currencies, customer by customer."""
    if not view.money.converts:
        return []
    whole = spans(view, scope).whole
    mine = whole.join(_mixed(whole), on="id", how="semi")
    return [Aggregation(mine.select("id", "s", "e", "w", "g", "p", "cur", "b", "f"), unfold, by="customer")]


def edge_customers(view: TableView, scope: Scope) -> Frame:
    """Customers at the edges: made once for the ledger of rates, its cells and those who are lost."""
    key = ("edges", scope.periods, scope.gap, scope.with_ids)
    return view.once(key, lambda: materialise(customer_edges.customers(_of_one(view, scope, events(view, scope)), scope, view.is_grouped)))


def at_edges(view: TableView, scope: Scope) -> list[Aggregation]:
    """What customers paid at both edges: base, kept and retained MRR, and how many paid."""
    rates, place = Rates(view.money, edges(scope.periods)), view.group_of if view.is_grouped else same_group
    sums = customer_edges.summed(edge_customers(view, scope), scope)
    rows = lone_rows(view, scope, ("g",), partial(edge_counts.of_alone, place))
    found = [*rows, Aggregation(sums, partial(edge_counts.of_edges, place, rates, scope.with_ids))]
    if view.money.converts and not scope.with_ids:
        found.append(_carried(sums, place, rates))
    return [*found, *_several(view, scope, partial(several_currencies.of_edges, place, rates, scope.with_ids))]


def _carried(sums: Frame, place: Callable[[int], int], rates: Rates) -> Aggregation:
    def unfold(rows: list[Row]) -> Counted:
        placed = [{**row, "g0": place(row["g0"]), "g1": place(row["g1"])} for row in rows]
        return levels.of_opening(rates, len(rates.edges) - 1, placed)

    return Aggregation(sums.with_columns(id=lit(0)), unfold, by="customer")


def cells(view: TableView, scope: Scope) -> list[Aggregation]:
    """How many customers are alike, for intervals."""
    rates, place = Rates(view.money, edges(scope.periods)), view.group_of if view.is_grouped else same_group
    rows = lone_rows(view, scope, ("g", "w"), partial(cell_counts.of_alone, place), given="columns")
    touched = Aggregation(customer_edges.alike(edge_customers(view, scope)), partial(cell_counts.of_edges, place), by="columns")
    return [*rows, touched, *_several(view, scope, partial(several_currencies.of_edges, place, rates, False))]
