"""MRR movements: all changes of a customer on a day are one change.

What one group loses and another one gains on that day has moved between them. Only the rest is a movement.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import Money
from custmetrics_cli.engines.query.neighbours import neighbour
from custmetrics_cli.engines.query.repeats import running_sums
from custmetrics_cli.engines.query.run import Frame, flag, materialise, sum_by
from custmetrics_cli.metrics.revenue.ledger.spans import part_keys
from custmetrics_cli.metrics.shared.periods import borders_of, with_periods, with_steps

col, lit = nw.col, nw.lit
KINDS = ("", "new", "reactivation", "expansion", "contraction", "churned")
NEW, REACTIVATION, EXPANSION, CONTRACTION, CHURNED = range(1, 6)
ZERO = lit(0).cast(nw.Int64)
SUMS = ("moved", "count", "moved_in", "moved_out", "resumed", "paused")
KEYS = ("row_group", "period", "rate_step", "currency", "kind")


class Movements(NamedTuple):
    """SUMS by KEYS. If customers are listed, also by id and day, with the MRR before and after.

    moved: money of the movement; count: customers, once a day; moved_in, moved_out: money between groups.
    """

    overall: Frame  # for all groups together
    by_group: Frame | None  # None if nothing is split


def movements(steps: Frame, scope: Scope, money: Money, has_pauses: bool, is_grouped: bool, new_after: int | None = None) -> Movements:
    """Return the movements of the periods.

    has_pauses: the steps have resumed and paused money. new_after: a return after more days is new; None: never.
    """
    first, keys = borders_of(scope.periods)[0], ["currency"] if money.converts else []
    pauses = ["resumed", "paused"] if has_pauses else []
    days = _by_day(steps if new_after is not None else _merge_earlier(steps, first), keys, pauses, new_after).filter(col("day") >= first)
    days = materialise(days) if is_grouped else days
    overall = _sum_up(_ungrouped(days), scope, money.change_days, keys, ["moved", "count", *pauses])
    if not is_grouped:
        return Movements(overall, None)
    grouped = _grouped(days, steps.filter(col("day") >= first))
    sums = ["moved", "count", "moved_in", "moved_out", *pauses]
    return Movements(overall, _sum_up(grouped, scope, money.change_days, ["row_group", *keys], sums))


def _merge_earlier(steps: Frame, first: int) -> Frame:
    """Move what happened before the first period to the day before it."""
    return steps.with_columns(day=col("day").clip(first - 1, None).cast(nw.Int64))


def _by_day(steps: Frame, keys: Sequence[str], pauses: Sequence[str], new_after: int | None) -> Frame:
    """Return a line per customer and day: its change without pauses, the MRR before and after, and the kind of movement."""
    ran = running_sums(steps.select("id", "day", *keys, "change", *pauses), "id", "day", keys, ["change", *pauses])
    ran = ran if new_after is None else ran.with_columns(is_first=nw.when(_was_away(new_after)).then(1).otherwise(col("is_first")))
    before, change = col("after") - col("change"), col("change") - col("resumed") + col("paused")
    return _with_zeros(ran, "resumed", "paused").with_columns(before=before, change=change).with_columns(kind=_kind())


def _was_away(days: int) -> nw.Expr:
    """Return True where the last change of the customer was more days ago. Only a day after nothing was paid asks for it."""
    return col("day").cast(nw.Int64) - neighbour("day", 1, 0) > days


def _with_zeros(frame: Frame, *names: str) -> Frame:
    """Add missing columns as 0. A column of zeros would make sorting and grouping slower, so it is added late."""
    missing = [name for name in names if name not in frame.collect_schema().names()]
    return frame.with_columns(**dict.fromkeys(missing, ZERO)) if missing else frame


def _kind() -> nw.Expr:
    from_nothing = (col("before") == 0) & (col("resumed") == 0)
    up = nw.when(from_nothing & (col("is_first") == 1)).then(lit(NEW)).when(from_nothing).then(lit(REACTIVATION)).otherwise(lit(EXPANSION))
    down = nw.when(col("after") == 0).then(lit(CHURNED)).otherwise(lit(CONTRACTION))
    return nw.when(col("change") > 0).then(up).when(col("change") < 0).then(down).otherwise(lit(0)).cast(nw.Int64)


def _ungrouped(days: Frame) -> Frame:
    size = nw.when(col("change") < 0).then(0 - col("change")).otherwise(col("change"))
    return days.with_columns(moved=size, count=flag(col("change") != 0))


def _grouped(days: Frame, steps: Frame) -> Frame:
    """Split the changes of each day by row_group. Losses and gains are matched in order of group."""
    keys, sums = ["id", *part_keys(steps), "day"], ["change", "resumed", "paused"]
    own = sum_by(steps.select(*keys, *sums), keys, sums)
    change = own.with_columns(day=col("day").cast(nw.Int64), change=col("change") - col("resumed") + col("paused"))
    sides = change.with_columns(up=col("change").clip(0, None), down=(0 - col("change")).clip(0, None)).drop("change")
    both = sum_by(sides.select("id", "day", "up", "down"), ["id", "day"], ["up", "down"])
    exchanged = both.select("id", "day", exchanged=nw.min_horizontal("up", "down"))
    known = [name for name in ("id", "day", "currency", "kind", "before", "after") if name in days.collect_schema().names()]
    joined = sides.join(exchanged, on=["id", "day"], how="inner").join(days.select(*known), on=["id", "day"], how="inner")
    return _matched(joined)


def _matched(sides: Frame) -> Frame:
    """Add moved_in, moved_out, moved, and count: a customer counts in each group that is left with a change."""
    over = {"order_by": part_keys(sides)[0]}
    ran = sides.with_columns(
        gains=col("up").cum_sum().over("id", "day", **over).cast(nw.Int64) - col("up"),
        losses=col("down").cum_sum().over("id", "day", **over).cast(nw.Int64) - col("down"),
    )
    between = ran.with_columns(
        moved_in=nw.min_horizontal((col("exchanged") - col("gains")).clip(0, None), col("up")),
        moved_out=nw.min_horizontal((col("exchanged") - col("losses")).clip(0, None), col("down")),
    )
    rest = between.with_columns(moved=col("up") - col("moved_in") + col("down") - col("moved_out"))
    return rest.with_columns(count=flag(col("moved") > 0))


def _sum_up(moves: Frame, scope: Scope, change_days: Sequence[int], keys: Sequence[str], sums: Sequence[str]) -> Frame:
    """Sum by day first and by period then, so that few lines are looked up."""
    listed = ["id", "before", "after"] if scope.with_ids else []
    names = ["day", "kind", *keys, *listed]
    by_day = _with_zeros(sum_by(moves.select(*names, *sums), names, sums), "row_group", "currency", *SUMS)
    dated = with_steps(with_periods(by_day, scope.periods, period="day"), change_days, rate_step="day")
    names = [*KEYS, *(["day", *listed] if listed else [])]
    return sum_by(dated.select(*names, *SUMS), names, SUMS)
