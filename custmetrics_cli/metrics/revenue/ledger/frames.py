"""The queries of recurring revenue: the ledger, customers at the start and end of periods, and cells of customers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Literal

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.counts import WHOLE, Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, materialise, sum_by
from custmetrics_cli.metrics.revenue.ledger import border_counts, border_currencies, cells, several_currencies
from custmetrics_cli.metrics.revenue.ledger.counts import PAUSES_AS_CHANGES, count_movements, count_rows, count_sides
from custmetrics_cli.metrics.revenue.ledger.customers_at_borders import count_customers, customers_at_borders, sum_customers
from custmetrics_cli.metrics.revenue.ledger.extra_levels import level
from custmetrics_cli.metrics.revenue.ledger.group_money import customers_by_group
from custmetrics_cli.metrics.revenue.ledger.levels import carry_base
from custmetrics_cli.metrics.revenue.ledger.movements import movements
from custmetrics_cli.metrics.revenue.ledger.spans import (
    ONE,
    Spans,
    all_spans,
    changes_only,
    dated_steps,
    make_spans,
    part_keys,
    rows_are_spans,
    rows_as_spans,
    steps_of_changed,
)
from custmetrics_cli.metrics.shared.counting import Row
from custmetrics_cli.metrics.shared.packings import period_span
from custmetrics_cli.metrics.shared.periods import borders_of, with_periods
from custmetrics_cli.metrics.shared.rates import Rates

col = nw.col
Count = Callable[..., Any]


def ledger(view: TableView, scope: Scope) -> list[Aggregation]:
    """Return MRR at the borders of periods, and the movements that changed it."""
    rates = Rates(view.money, borders_of(scope.periods))
    steps = _of_one_currency(view, scope, steps_of_changed(view, scope))
    moves = movements(steps, scope, view.money, view.can_answer("paused_at"), view.is_grouped, view.reading.new_after)
    overall: Callable[[Row], Iterable[int]] = (lambda row: (0, WHOLE)) if moves.by_group is None else (lambda row: (WHOLE,))
    queries = [*_levels(view, scope), *_several_currencies(view, scope, partial(several_currencies.count_days, rates, scope.with_ids))]
    names = PAUSES_AS_CHANGES if view.reading.paused == "zero" else {}
    queries.append(Aggregation(moves.overall, partial(count_movements, overall, rates, names)))
    if moves.by_group is not None:
        queries.append(Aggregation(moves.by_group, partial(count_movements, lambda row: (row["row_group"],), rates, names)))
    return queries


def _levels(view: TableView, scope: Scope) -> list[Aggregation]:
    """Return MRR row by row; if all customers are counted, also the movements of those with one row."""
    if changes_only(view, scope):
        return [Aggregation(_span_histogram(rows_as_spans(view), scope, "row_group"), partial(count_rows, period_span(len(scope.periods))))]
    is_simple, spans = rows_are_spans(view, scope), make_spans(view, scope)
    sides = [_sides(frame, scope, sign, has_level=is_simple and sign > 0) for frame, sign in _signed_rows(spans)]
    if is_simple:
        return sides
    return [*sides, level(view, scope, spans.spans if spans.rows is None else all_spans(view, scope), "net", (None,))]


def _sides(rows: Frame, scope: Scope, sign: int, has_level: bool) -> Aggregation:
    """Count the days on which rows begin and end, as if each were its customer's only one."""
    sides = nw.concat([rows.select("row_group", "monthly", day=day, side=ONE * side) for day, side in (("start", 1), ("end", -1))])
    by_day = sum_by(sides.with_columns(count=ONE), ["day", "side", "row_group"], ["monthly", "count"])
    keys = ["period", "side", "row_group"]
    dated = with_periods(by_day, scope.periods, period="day").select(*keys, "monthly", "count")
    return Aggregation(sum_by(dated, keys, ["monthly", "count"]), partial(count_sides, sign, has_level))


def _signed_rows(spans: Spans) -> list[tuple[Frame, int]]:
    return [(frame, sign) for frame, sign in ((spans.rows, 1), (spans.repeated, -1)) if frame is not None]


def single_rows(
    view: TableView, scope: Scope, keys: tuple[str, ...], count: Count, by: Literal["row", "columns"] = "row"
) -> list[Aggregation]:
    """Count all rows as if each were its customer's only one, and take back those of customers with several rows.

    The query is made once for any `count`.
    """

    def make() -> list[tuple[Frame, int]]:
        return [(materialise(_span_histogram(rows, scope, *keys)), sign) for rows, sign in _signed_rows(make_spans(view, scope))]

    made = view.once(("single rows", keys, scope.periods, scope.gap, scope.with_ids), make)
    return [Aggregation(frame, partial(count, period_span(len(scope.periods)), sign), by) for frame, sign in made]


def _span_histogram(rows: Frame, scope: Scope, *keys: str) -> Frame:
    """Count rows by the periods of their first and last day, and sum their money."""
    dated = with_periods(rows, scope.periods, start_period="start", end_period="end")
    packed = period_span(len(scope.periods)).pack(end_period=col("end_period"), start_period=col("start_period"))
    sums = ["count"] if "monthly" in keys else ["monthly", "count"]
    ready = dated.with_columns(packed=packed.cast(nw.Int64), count=ONE)
    return sum_by(ready.select("packed", *keys, *sums), ["packed", *keys], sums)


def _of_one_currency(view: TableView, scope: Scope, steps: Frame) -> Frame:
    """Leave out customers who pay in several currencies."""
    return steps.join(_mixed(make_spans(view, scope).spans), on="id", how="anti") if view.money.converts else steps


def _mixed(spans: Frame) -> Frame:
    """Return the customers who pay in several currencies."""
    ranges = spans.group_by("id").agg(low=col("currency").min(), high=col("currency").max())
    return ranges.filter(col("low") != col("high")).select("id")


def _several_currencies(view: TableView, scope: Scope, count: Count) -> list[Aggregation]:
    """Count customers who pay in several currencies one by one."""
    if not view.money.converts:
        return []
    spans = make_spans(view, scope).spans
    mixed = spans.join(_mixed(spans), on="id", how="semi")
    columns = ("id", "start", "end", "monthly", "group", *part_keys(spans), "currency", "resumes", "pauses")
    return [Aggregation(mixed.select(*columns), count, by="customer")]


def customers_with_events(view: TableView, scope: Scope) -> Frame:
    """Return customers at the borders of the periods in which something happens to them, made once for all that count them."""

    def make() -> Frame:
        steps = _of_one_currency(view, scope, dated_steps(view, scope))
        return materialise(customers_at_borders(steps, scope, view.is_grouped))

    return view.once(("customers with events", scope.periods, scope.gap, scope.with_ids), make)


def _by_money(view: TableView, scope: Scope) -> tuple[Frame, Frame | None]:
    """Return the lines of customers with the group of their money, made once; with --by and --where also those of several groups."""
    if not view.is_grouped:
        return customers_with_events(view, scope), None

    def make() -> tuple[Frame, Frame]:
        steps = _of_one_currency(view, scope, dated_steps(view, scope))
        customers = materialise(customers_at_borders(steps, scope, is_grouped=False))
        of_one, of_several = customers_by_group(customers, steps)
        whole = customers.with_columns(group_before=nw.lit(WHOLE).cast(nw.Int64), group_after=nw.lit(WHOLE).cast(nw.Int64))
        names = customers.collect_schema().names()
        of_several = of_several.filter(col("period") > 0) if scope.with_ids else of_several  # a list has the level of period 1 only
        return materialise(nw.concat([whole.select(names), of_one.select(names)])), materialise(of_several)

    return view.once(("customers by money", scope.periods, scope.gap, scope.with_ids), make)


def at_borders(view: TableView, scope: Scope) -> list[Aggregation]:
    """Return the MRR of customers at the start and end of periods: base, kept and retained MRR, and the number of payers."""
    rates, (customers, of_several) = Rates(view.money, borders_of(scope.periods)), _by_money(view, scope)
    carry = partial(carry_base, rates, view.is_grouped) if view.money.converts and not scope.with_ids else None
    sums = sum_customers(customers, scope)
    queries = single_rows(view, scope, ("row_group",), border_counts.count_single_rows)
    queries.append(Aggregation(sums, partial(border_counts.count_borders, view.is_grouped, rates, scope.with_ids)))
    if carry:
        queries.append(Aggregation(sums.with_columns(id=nw.lit(0)), carry, by="customer"))
    if of_several is not None:
        queries.append(Aggregation(of_several, partial(border_counts.count_parts, rates, scope.with_ids, carry), by="columns"))
    return [*queries, *_several_currencies(view, scope, partial(border_currencies.count_borders, rates, scope.with_ids, True))]


def customer_cells(view: TableView, scope: Scope, after: cells.After = "kept") -> list[Aggregation]:
    """Return the number of customers with the same MRR at the start and after it, for confidence intervals.

    after: "kept", as money of groups counts it, or "closing", the MRR at the end.
    """
    rates, (customers, of_several) = Rates(view.money, borders_of(scope.periods)), _by_money(view, scope)
    queries = single_rows(view, scope, ("row_group", "monthly"), cells.count_single_rows, by="columns")
    queries.append(Aggregation(count_customers(customers), cells.count_borders, by="columns"))
    if of_several is not None:
        queries.append(Aggregation(of_several, partial(cells.count_parts, after), by="columns"))
    return [*queries, *_several_currencies(view, scope, partial(border_currencies.count_borders, rates, False, after == "kept"))]
