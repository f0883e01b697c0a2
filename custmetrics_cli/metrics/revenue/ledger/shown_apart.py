"""MRR as a level, row by row: of all that runs, and of what is shown apart (past due, on trial, paused, cancelled already)."""

from __future__ import annotations

from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.metric import Ask, Harvest, Source
from custmetrics_cli.engines.query.run import Frame, totalled
from custmetrics_cli.metrics.revenue.ledger import counts, levels
from custmetrics_cli.metrics.revenue.ledger.spans import NO, dated, every, steps
from custmetrics_cli.metrics.shared.periods import edges
from custmetrics_cli.metrics.shared.rates import Rates

col, lit = nw.col, nw.lit


def level(source: Source, ask: Ask, spans: Frame, name: str, lead: tuple[None, ...] = ()) -> Harvest:
    """What runs of spans at each edge, counted under a name. lead: facts told before those of the level."""
    keys, who, rates = ["k", "x", "cur", "p"], ["id"] if ask.named else [], Rates(source.money, edges(ask.periods))
    by_day = [*who, "day", "cur", "p"]
    changes = dated(totalled(steps(spans, ask).select(*by_day, "d"), by_day, ["d"]), source, ask)
    sums = totalled(changes.select(*who, *keys, "d"), [*who, *keys], ["d"])
    if ask.named or source.money.converts:
        whose = sums if ask.named else sums.with_columns(id=lit(0))
        return Harvest(whose, partial(levels.of_valued, rates, lead if ask.named else None, name), given="customer")
    return Harvest(sums, partial(counts.of_levels, name))


def apart(source: Source, ask: Ask) -> list[Harvest]:
    """Of rows past due, while they are; of trials, what they would pay; of pauses, what they would pay but for them."""
    found = []
    if source.has("past_due"):
        found.append(level(source, ask, every(source, ask).filter(col("late") == 1), "past_due"))
    if source.has("trial_start"):
        rows = source.every().filter(col("trial_start") < FAR)
        over = nw.when(col("started_at") > col("trial_start")).then(col("started_at")).otherwise(col("ended_at"))
        found.append(_between(source, ask, rows, col("trial_start"), nw.min_horizontal(over, col("ended_at")), "on_trial"))
    if source.has("paused_at"):
        rows = source.frame().filter(col("paused_at") > col("started_at"))
        found.append(_between(source, ask, rows, col("paused_at"), nw.min_horizontal("resumed_at", "ended_at"), "on_pause"))
    return found


def leaving(source: Source, ask: Ask) -> list[Harvest]:
    """Of rows that are cancelled, from that day until they end; nothing where the table does not say when."""
    if not source.reads("canceled_at"):
        return []
    cancelled = every(source, ask).with_columns(s=nw.max_horizontal("c", "s")).filter(col("s") < col("e"))
    return [level(source, ask, cancelled, "leaving")]


def _between(source: Source, ask: Ask, rows: Frame, since: nw.Expr, until: nw.Expr, name: str) -> Harvest:
    currency = source.currency() if source.money.converts else NO
    whole = rows.with_columns(s=since, e=until).filter(col("s") < col("e"))
    ready = whole.select("id", "s", "e", "g", p=source.placed(), w=col("monthly"), cur=currency, b=NO, f=NO)
    return level(source, ask, ready, name)
