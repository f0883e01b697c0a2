"""Users (or buyers) by what a period is in their lives: their first, one after another active one, or one after a pause.

A user who is active in several groups counts in each. The lives themselves are those of all groups together.
Further columns: before and after, the user's active periods before and after that one.
"""

from __future__ import annotations

from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.counts import WHOLE, Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.neighbours import neighbour
from custmetrics_cli.engines.query.run import Frame, materialise, sum_by
from custmetrics_cli.metrics.shared.counting import Counted, Row
from custmetrics_cli.metrics.shared.periods import with_periods

col, lit, long = nw.col, nw.lit, nw.Int64
NEW, RETURNING, RESURRECTED = "new_users", "returning_users", "resurrected_users"
ACTIVE, DORMANT = "active_users", "dormant_users"
FIRST = 2  # the number of the first period asked for; 1 is the one before it, 0 all time before that


def users(view: TableView, scope: Scope) -> list[Aggregation]:
    """Count users by their activity."""
    return _lives(view, scope, view.frame().select("id", day="timestamp", row_group=view.group_column()))


def buyers(view: TableView, scope: Scope) -> list[Aggregation]:
    """Count buyers by their orders. A refund is not an order."""
    return _lives(view, scope, view.frame().filter(col("amount") >= 0).select("id", day="date", row_group=view.group_column()))


def _lives(view: TableView, scope: Scope, events: Frame) -> list[Aggregation]:
    periods = (scope.periods[0].previous(), *scope.periods)
    dated = with_periods(events, periods, period="day").filter(col("period") <= len(periods))
    active = materialise(dated.select("id", col("period").cast(long), col("row_group").cast(long)).unique())
    steps = {"before": neighbour("period", 1, -FAR, "period"), "after": neighbour("period", -1, FAR, "period")}
    lives = active.select("id", "period").unique().with_columns(**steps)
    joined = active.join(lives, on=["id", "period"], how="inner")
    lines = [joined, *([lives.with_columns(row_group=lit(WHOLE).cast(long))] if view.is_grouped else [])]
    keys = ["period", "row_group", "before", "after", *(["id"] if scope.with_ids else [])]
    ready = nw.concat([line.select(*dict.fromkeys([*keys, "id"]), count=lit(1).cast(long)) for line in lines])
    last = len(periods)
    return [Aggregation(sum_by(ready.select(*keys, "count"), keys, ["count"]), partial(_count, view.is_grouped, last))]


def _count(is_grouped: bool, last: int, row: Row) -> Counted:
    """Count a user in the active period, and as dormant in the next one if there was no activity in it."""
    period, count, following = row["period"], row["count"], row["period"] + 1
    for group in (row["row_group"],) if is_grouped else (row["row_group"], WHOLE):
        if period >= FIRST:
            yield period - FIRST + 1, group, {_state(row): count, ACTIVE: count}
        if FIRST <= following <= last and row["after"] != following:
            yield following - FIRST + 1, group, {DORMANT: count}


def _state(row: Row) -> str:
    if row["before"] == -FAR:
        return NEW
    return RETURNING if row["before"] == row["period"] - 1 else RESURRECTED
