"""MRR movements: all changes of one customer on one day are one change.

What one group loses and another gains on that day has moved between them; only the rest is movement.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import Money
from custmetrics_cli.engines.query.repeats import running_sums
from custmetrics_cli.engines.query.run import Frame, flag, materialise, sum_by
from custmetrics_cli.metrics.shared.periods import edges, looked_up, numbered

col, lit = nw.col, nw.lit
KINDS = ("", "new", "reactivation", "expansion", "contraction", "churned")
NEW, REACTIVATION, EXPANSION, CONTRACTION, CHURNED = range(1, 6)
SUMMED = ("rest", "n", "moved_in", "moved_out", "re", "pa")
ZERO = lit(0).cast(nw.Int64)
KEYS = ("p", "k", "x", "cur", "kind")


class Movements(NamedTuple):
    """Sums per group p, k, x, cur and kind; with ask.named per customer, its day t and its MRR before and after too.

    rest: MRR moved; n: customers, once a day; moved_in, moved_out: between groups; re, pa: resumed and paused.
    whole: whatever the group. split: by group; None where nobody asks for groups.
    """

    whole: Frame
    split: Frame | None


def movements(events: Frame, scope: Scope, money: Money, pauses: bool, grouped: bool) -> Movements:
    """pauses: whether anything pauses or resumes."""
    first, keys, also = edges(scope.periods)[0], ["cur"] if money.converts else [], ["re", "pa"] if pauses else []
    days = _days(_begun(events, first), keys, also).filter(col("t") >= first)
    kept = materialise(days) if grouped else days
    whole = _counted(_alone(kept), scope, money.change_days, keys, ["rest", "n", *also])
    if not grouped:
        return Movements(whole, None)
    split = _split(kept, events.filter(col("day") >= first))
    return Movements(whole, _counted(split, scope, money.change_days, ["p", *keys], ["rest", "n", "moved_in", "moved_out", *also]))


def _begun(events: Frame, first: int) -> Frame:
    """What came before the first day of the periods as on one day, t."""
    return events.with_columns(t=col("day").clip(first - 1, None).cast(nw.Int64))


def _days(events: Frame, keys: Sequence[str], also: Sequence[str]) -> Frame:
    """One line per customer and day: its change d without what paused (pa) and resumed (re), MRR before and after, what it was."""
    ran = running_sums(events.select("id", "t", *keys, "d", *also), "id", "t", keys, ["d", *also])
    rest = _filled(ran, "re", "pa").with_columns(before=col("after") - col("d"), d=col("d") - col("re") + col("pa"))
    return rest.with_columns(kind=_kind())


def _filled(frame: Frame, *names: str) -> Frame:
    """With nothing in columns that are not there: to carry one through sorting and grouping costs as much as one that says something."""
    missing = [name for name in names if name not in frame.collect_schema().names()]
    return frame.with_columns(**dict.fromkeys(missing, ZERO)) if missing else frame


def _kind() -> nw.Expr:
    from_nothing = (col("before") == 0) & (col("re") == 0)
    up = nw.when(from_nothing & (col("first") == 1)).then(lit(NEW)).when(from_nothing).then(lit(REACTIVATION)).otherwise(lit(EXPANSION))
    down = nw.when(col("after") == 0).then(lit(CHURNED)).otherwise(lit(CONTRACTION))
    return nw.when(col("d") > 0).then(up).when(col("d") < 0).then(down).otherwise(lit(0)).cast(nw.Int64)


def _alone(days: Frame) -> Frame:
    """For customers whose groups nobody asks for."""
    size = nw.when(col("d") < 0).then(0 - col("d")).otherwise(col("d"))
    return days.with_columns(rest=size, n=flag(col("d") != 0))


def _split(days: Frame, events: Frame) -> Frame:
    """Row by row. What is lost and gained is matched in order of group; a customer counts in each that is left with a change."""
    own = sum_by(events.select("id", "p", "day", "d", "re", "pa"), ["id", "p", "day"], ["d", "re", "pa"])
    change = own.with_columns(day=col("day").cast(nw.Int64), d=col("d") - col("re") + col("pa"))
    up, down = col("d").clip(0, None), (0 - col("d")).clip(0, None)
    sides = change.with_columns(up=up, down=down).rename({"day": "t", "d": "own"})
    both = sum_by(sides.select("id", "t", "up", "down"), ["id", "t"], ["up", "down"]).rename({"up": "gained", "down": "lost"})
    beside = both.with_columns(moved=nw.min_horizontal("gained", "lost")).select("id", "t", "moved")
    known = days.select(*(name for name in ("id", "t", "cur", "kind", "before", "after") if name in days.collect_schema().names()))
    joined = sides.join(beside, on=["id", "t"], how="inner").join(known, on=["id", "t"], how="inner")
    return _matched(joined)


def _matched(sides: Frame) -> Frame:
    over = {"order_by": "p"}
    ran = sides.with_columns(
        gains=col("up").cum_sum().over("id", "t", **over).cast(nw.Int64) - col("up"),
        losses=col("down").cum_sum().over("id", "t", **over).cast(nw.Int64) - col("down"),
    )
    moved = ran.with_columns(
        moved_in=nw.min_horizontal((col("moved") - col("gains")).clip(0, None), col("up")),
        moved_out=nw.min_horizontal((col("moved") - col("losses")).clip(0, None), col("down")),
    )
    left = moved.with_columns(rest=col("up") - col("moved_in") + col("down") - col("moved_out"))
    return left.with_columns(n=flag(col("rest") > 0))


def _counted(moves: Frame, scope: Scope, cuts: Sequence[int], keys: Sequence[str], summed: Sequence[str]) -> Frame:
    """By day at first, and by period then: few lines are looked up."""
    who = ["id", "before", "after"] if scope.with_ids else []
    names = ["t", "kind", *keys, *who]
    by_day = _filled(sum_by(moves.select(*names, *summed), names, summed), "p", "cur", *SUMMED)
    dated = looked_up(numbered(by_day, scope.periods, k="t"), cuts, x="t")
    names = [*KEYS, *(["t", *who] if who else [])]
    return sum_by(dated.select(*names, *SUMMED), names, SUMMED)
