"""MRR as a level, row by row: of all that runs, and of what is shown apart (past due, on trial, paused, cancelled already)."""

from __future__ import annotations

from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.metric import Aggregation, Scope, TableView
from custmetrics_cli.engines.query.run import Frame, sum_by
from custmetrics_cli.metrics.revenue.ledger import counts, levels
from custmetrics_cli.metrics.revenue.ledger.spans import NO, all_spans, dated, steps
from custmetrics_cli.metrics.shared.periods import edges
from custmetrics_cli.metrics.shared.rates import Rates

col, lit = nw.col, nw.lit


def level(source: TableView, ask: Scope, spans: Frame, name: str, lead: tuple[None, ...] = ()) -> Aggregation:
    """What runs of spans at each edge, counted under a name. lead: facts told before those of the level."""
    keys, who, rates = ["k", "x", "cur", "p"], ["id"] if ask.with_ids else [], Rates(source.money, edges(ask.periods))
    by_day = [*who, "day", "cur", "p"]
    changes = dated(sum_by(steps(spans, ask).select(*by_day, "d"), by_day, ["d"]), source, ask)
    sums = sum_by(changes.select(*who, *keys, "d"), [*who, *keys], ["d"])
    if ask.with_ids or source.money.converts:
        whose = sums if ask.with_ids else sums.with_columns(id=lit(0))
        return Aggregation(whose, partial(levels.of_valued, rates, lead if ask.with_ids else None, name), by="customer")
    return Aggregation(sums, partial(counts.of_levels, name))


def apart(source: TableView, ask: Scope) -> list[Aggregation]:
    """Of rows past due, while they are; of trials, what they would pay; of pauses, what they would pay but for them."""
    found = []
    if source.can_answer("past_due"):
        found.append(level(source, ask, all_spans(source, ask).filter(col("late") == 1), "past_due"))
    if source.can_answer("trial_start"):
        rows = source.with_skipped().filter(col("trial_start") < FAR)
        over = nw.when(col("started_at") > col("trial_start")).then(col("started_at")).otherwise(col("ended_at"))
        found.append(_between(source, ask, rows, col("trial_start"), nw.min_horizontal(over, col("ended_at")), "on_trial"))
    if source.can_answer("paused_at"):
        rows = source.frame().filter(col("paused_at") > col("started_at"))
        found.append(_between(source, ask, rows, col("paused_at"), nw.min_horizontal("resumed_at", "ended_at"), "on_pause"))
    return found


def leaving(source: TableView, ask: Scope) -> list[Aggregation]:
    """Of rows that are cancelled, from that day until they end; nothing where the table does not say when."""
    if not source.is_read("canceled_at"):
        return []
    cancelled = all_spans(source, ask).with_columns(s=nw.max_horizontal("c", "s")).filter(col("s") < col("e"))
    return [level(source, ask, cancelled, "leaving")]


def _between(source: TableView, ask: Scope, rows: Frame, since: nw.Expr, until: nw.Expr, name: str) -> Aggregation:
    currency = source.currency() if source.money.converts else NO
    whole = rows.with_columns(s=since, e=until).filter(col("s") < col("e"))
    ready = whole.select("id", "s", "e", "g", p=source.group_column(), w=col("monthly"), cur=currency, b=NO, f=NO)
    return level(source, ask, ready, name)
