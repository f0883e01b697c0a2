"""MRR movements: all changes of one customer on one day are one change.

What one group loses and another gains on that day has moved between them; only the rest is movement.
"""

from __future__ import annotations

from typing import NamedTuple

import narwhals.stable.v2 as nw

from custmetrics_cli.engine import Frame, flag, keep, totalled
from custmetrics_cli.metric import Ask
from custmetrics_cli.metrics._calendar import edges

col, lit = nw.col, nw.lit
KINDS = ("", "new", "reactivation", "expansion", "contraction", "churned")
NEW, REACTIVATION, EXPANSION, CONTRACTION, CHURNED = range(1, 6)
SUMMED = ("rest", "n", "moved_in", "moved_out", "re", "pa")
KEYS = ("p", "k", "x", "cur", "kind")


class Movements(NamedTuple):
    """Sums per group p, k, x, cur and kind; with ask.named per customer, its day t and its MRR before and after too.

    rest: MRR moved; n: customers, once a day; moved_in, moved_out: between groups; re, pa: resumed and paused.
    whole: whatever the group. split: by group; None where nobody asks for groups.
    """

    whole: Frame
    split: Frame | None


def movements(events: Frame, ask: Ask, grouped: bool) -> Movements:
    days = _days(_begun(events, ask)).filter(col("k") > 0)
    if not grouped:
        return Movements(_counted(_alone(days), ask), None)
    kept = keep(days)
    return Movements(_counted(_alone(kept), ask), _counted(_split(kept, events.filter(col("k") > 0)), ask))


def _begun(events: Frame, ask: Ask) -> Frame:
    """What came before the periods as on one day."""
    first = edges(ask.periods)[0]
    return events.with_columns(t=nw.when(col("k") == 0).then(lit(first - 1)).otherwise(col("day")))


def _days(events: Frame) -> Frame:
    """One line per customer and day: its change d without what paused (pa) and resumed (re), MRR before and after, what it was."""
    sums = totalled(events.select("id", "t", "k", "x", "cur", "d", "re", "pa"), ["id", "t", "k", "x", "cur"], ["d", "re", "pa"])
    ran = sums.with_columns(one=lit(1).cast(nw.Int64)).with_columns(
        after=col("d").cum_sum().over("id", order_by="t").cast(nw.Int64), nth=col("one").cum_sum().over("id", order_by="t").cast(nw.Int64)
    )
    rest = ran.with_columns(before=col("after") - col("d"), d=col("d") - col("re") + col("pa"))
    return rest.with_columns(kind=_kind())


def _kind() -> nw.Expr:
    from_nothing = (col("before") == 0) & (col("re") == 0)
    up = nw.when(from_nothing & (col("nth") == 1)).then(lit(NEW)).when(from_nothing).then(lit(REACTIVATION)).otherwise(lit(EXPANSION))
    down = nw.when(col("after") == 0).then(lit(CHURNED)).otherwise(lit(CONTRACTION))
    return nw.when(col("d") > 0).then(up).when(col("d") < 0).then(down).otherwise(lit(0)).cast(nw.Int64)


def _alone(days: Frame) -> Frame:
    """For customers whose groups nobody asks for."""
    none = lit(0).cast(nw.Int64)
    size = nw.when(col("d") < 0).then(0 - col("d")).otherwise(col("d"))
    return days.with_columns(p=none, rest=size, n=flag(col("d") != 0), moved_in=none, moved_out=none)


def _split(days: Frame, events: Frame) -> Frame:
    """Row by row. What is lost and gained is matched in order of group; a customer counts in the first that is left with a change."""
    own = totalled(events.select("id", "p", "day", "d", "re", "pa"), ["id", "p", "day"], ["d", "re", "pa"])
    change = own.with_columns(day=col("day").cast(nw.Int64), d=col("d") - col("re") + col("pa"))
    up, down = col("d").clip(0, None), (0 - col("d")).clip(0, None)
    sides = change.with_columns(up=up, down=down).rename({"day": "t", "d": "own"})
    both = totalled(sides.select("id", "t", "up", "down"), ["id", "t"], ["up", "down"]).rename({"up": "gained", "down": "lost"})
    beside = both.with_columns(moved=nw.min_horizontal("gained", "lost")).select("id", "t", "moved")
    known = days.select("id", "t", "k", "x", "cur", "kind", "before", "after")
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
    counted = left.with_columns(earlier=col("rest").cum_sum().over("id", "t", **over).cast(nw.Int64) - col("rest"))
    return counted.with_columns(n=flag((col("rest") > 0) & (col("earlier") == 0)))


def _counted(moves: Frame, ask: Ask) -> Frame:
    names = [*KEYS, *(("id", "t", "before", "after") if ask.named else ())]
    return totalled(moves.select(*names, *(col(name).cast(nw.Int64) for name in SUMMED)), names, list(SUMMED))
