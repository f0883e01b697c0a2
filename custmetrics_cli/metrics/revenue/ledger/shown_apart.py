"""MRR as a level, row by row: of all that runs, and of what is shown apart (past due, on trial, paused, cancelled already)."""

from __future__ import annotations

from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, sum_by
from custmetrics_cli.metrics.revenue.ledger import counts, levels
from custmetrics_cli.metrics.revenue.ledger.spans import NO, all_spans, dated, steps
from custmetrics_cli.metrics.shared.periods import edges
from custmetrics_cli.metrics.shared.rates import Rates

col, lit = nw.col, nw.lit


def level(view: TableView, scope: Scope, spans: Frame, name: str, lead: tuple[None, ...] = ()) -> Aggregation:
    """What runs of spans at each edge, counted under a name. lead: facts told before those of the level."""
    keys, who, rates = ["k", "x", "cur", "p"], ["id"] if scope.with_ids else [], Rates(view.money, edges(scope.periods))
    by_day = [*who, "day", "cur", "p"]
    changes = dated(sum_by(steps(spans, scope).select(*by_day, "d"), by_day, ["d"]), view, scope)
    sums = sum_by(changes.select(*who, *keys, "d"), [*who, *keys], ["d"])
    if scope.with_ids or view.money.converts:
        whose = sums if scope.with_ids else sums.with_columns(id=lit(0))
        return Aggregation(whose, partial(levels.of_valued, rates, lead if scope.with_ids else None, name), by="customer")
    return Aggregation(sums, partial(counts.of_levels, name))


def apart(view: TableView, scope: Scope) -> list[Aggregation]:
    """Of rows past due, while they are; of trials, what they would pay; of pauses, what they would pay but for them."""
    found = []
    if view.can_answer("past_due"):
        found.append(level(view, scope, all_spans(view, scope).filter(col("late") == 1), "past_due"))
    if view.can_answer("trial_start"):
        rows = view.with_skipped().filter(col("trial_start") < FAR)
        over = nw.when(col("started_at") > col("trial_start")).then(col("started_at")).otherwise(col("ended_at"))
        found.append(_between(view, scope, rows, col("trial_start"), nw.min_horizontal(over, col("ended_at")), "on_trial"))
    if view.can_answer("paused_at"):
        rows = view.frame().filter(col("paused_at") > col("started_at"))
        found.append(_between(view, scope, rows, col("paused_at"), nw.min_horizontal("resumed_at", "ended_at"), "on_pause"))
    return found


def leaving(view: TableView, scope: Scope) -> list[Aggregation]:
    """Of rows that are cancelled, from that day until they end; nothing where the table does not say when."""
    if not view.is_read("canceled_at"):
        return []
    cancelled = all_spans(view, scope).with_columns(s=nw.max_horizontal("c", "s")).filter(col("s") < col("e"))
    return [level(view, scope, cancelled, "leaving")]


def _between(view: TableView, scope: Scope, rows: Frame, since: nw.Expr, until: nw.Expr, name: str) -> Aggregation:
    currency = view.currency() if view.money.converts else NO
    whole = rows.with_columns(s=since, e=until).filter(col("s") < col("e"))
    ready = whole.select("id", "s", "e", "g", p=view.group_column(), w=col("monthly"), cur=currency, b=NO, f=NO)
    return level(view, scope, ready, name)
