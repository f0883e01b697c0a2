"""MRR as a level, row by row: of all that runs, and of what is shown beside MRR (past due, on trial, paused, cancelled)."""

from __future__ import annotations

from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, sum_by
from custmetrics_cli.metrics.revenue.ledger.counts import count_levels
from custmetrics_cli.metrics.revenue.ledger.levels import count_converted
from custmetrics_cli.metrics.revenue.ledger.spans import ZERO, all_spans, steps_of, with_dates
from custmetrics_cli.metrics.shared.periods import borders_of
from custmetrics_cli.metrics.shared.rates import Rates

col, lit = nw.col, nw.lit


def level(view: TableView, scope: Scope, spans: Frame, name: str, lead: tuple[None, ...] = ()) -> Aggregation:
    """Count under `name` the money of the spans that run at each border. lead: the details before the level."""
    keys, rates = ["period", "rate_step", "currency", "row_group"], Rates(view.money, borders_of(scope.periods))
    ids = ["id"] if scope.with_ids else []
    by_day = [*ids, "day", "currency", "row_group"]
    changes = with_dates(sum_by(steps_of(spans, scope).select(*by_day, "change"), by_day, ["change"]), view, scope)
    sums = sum_by(changes.select(*ids, *keys, "change"), [*ids, *keys], ["change"])
    if scope.with_ids or view.money.converts:
        customers = sums if scope.with_ids else sums.with_columns(id=lit(0))
        return Aggregation(customers, partial(count_converted, rates, lead if scope.with_ids else None, name), by="customer")
    return Aggregation(sums, partial(count_levels, name))


def beside_mrr(view: TableView, scope: Scope) -> list[Aggregation]:
    """Return the levels of rows that are past due, of trials at their later price, and of paused rows at their price."""
    levels = []
    if view.can_answer("past_due"):
        levels.append(level(view, scope, all_spans(view, scope).filter(col("past_due") == 1), "past_due"))
    if view.can_answer("trial_start"):
        rows = view.with_skipped().filter(col("trial_start") < FAR)
        paying = nw.when(col("started_at") > col("trial_start")).then(col("started_at")).otherwise(col("ended_at"))
        levels.append(_level_between(view, scope, rows, col("trial_start"), nw.min_horizontal(paying, col("ended_at")), "on_trial"))
    if view.can_answer("paused_at"):
        rows = view.frame().filter(col("paused_at") > col("started_at"))
        levels.append(_level_between(view, scope, rows, col("paused_at"), nw.min_horizontal("resumed_at", "ended_at"), "on_pause"))
    return levels


def leaving(view: TableView, scope: Scope) -> list[Aggregation]:
    """Return the level of rows that are cancelled, from the cancellation to their end; nothing if the table has no cancellations."""
    if not view.is_read("canceled_at"):
        return []
    cancelled = all_spans(view, scope).with_columns(start=nw.max_horizontal("canceled", "start")).filter(col("start") < col("end"))
    return [level(view, scope, cancelled, "leaving")]


def _level_between(view: TableView, scope: Scope, rows: Frame, start: nw.Expr, end: nw.Expr, name: str) -> Aggregation:
    currency = view.currency() if view.money.converts else ZERO
    columns = {"row_group": view.group_column(), "monthly": col("monthly"), "currency": currency, "resumes": ZERO, "pauses": ZERO}
    spans = rows.select("id", "group", start=start, end=end, **columns).filter(col("start") < col("end"))
    return level(view, scope, spans, name)
