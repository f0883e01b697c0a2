"""Customers at the edges of periods, and what happened between: one pass for any number of periods.

A touch is a customer and a period in which something happens to it. Customers to whom nothing happens cost nothing:
opening and closing are running sums of what happened before. The engine only counts how many customers are touched
alike (these small histograms come back, see _counts.py); with ask.named each customer is a line of its own.
"""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.engine import Frame, flag, keep, totalled
from custmetrics_cli.metric import Ask, Harvest
from custmetrics_cli.metrics._calendar import numbered
from custmetrics_cli.metrics._counts import NOWHERE, of_alone, of_days, of_edges
from custmetrics_cli.metrics._stints import Stints

col, lit = nw.col, nw.lit
SHIFT, LATE = 2**31, 2**62  # (day, group, first) as one number, so that the least is the group of the earliest day


def touches(stints: Stints, ask: Ask, grouped: bool) -> list[Harvest]:
    """The histograms of customers with one row, of the edges of the others, and of the days of their stints."""
    again = numbered(stints.again, ask.periods, ks="s", ke="e", kc="c")
    events = _events(again, len(ask.periods), grouped)
    return [
        Harvest(_alone(stints.alone, ask), of_alone),
        Harvest(
            _counted(_edges(events, grouped), ask, "k", "was", "stays", "first", "up", "down", "cancel", "v", "g0", "g1", "gs"), of_edges
        ),
        Harvest(_counted(again, ask, "ks", "ke", "g", "start", "end", "first"), of_days),
    ]


def _counted(frame: Frame, ask: Ask, *key: str) -> Frame:
    names = [*key, "id"] if ask.named else list(key)
    return totalled(frame.select(*names, n=lit(1)), names, ["n"])


def _alone(rows: Frame, ask: Ask) -> Frame:
    """Customers with one row: they differ in nothing but the periods of its days, its group and its reason."""
    dated = numbered(rows, ask.periods, ks="s", ke="e", kc="c")
    return _counted(dated, ask, "ks", "ke", "kc", "g", "v")


def _events(rows: Frame, last: int, grouped: bool) -> Frame:
    """One line per row and day on which it starts, ends or is cancelled, in the period k of that day.

    d: +1 where the row starts, -1 where it ends; delta the same for stints; why: the last end and its reason, -1 none;
    gs: the first start, its group and whether it is the customer's first, LATE none.
    """
    begins, over, long = col("start") == 1, col("end") == 1, nw.Int64
    start = ((col("s").cast(long) + FAR) * SHIFT + col("g") + 2) * 2 + col("first")
    end = (col("e").cast(long) + FAR) * 4 + col("v")
    none: dict[str, Any] = {"d": lit(0), "delta": lit(0), "why": lit(-1), "gs": lit(LATE), "cancel": lit(0)}
    kinds = [
        none | {"k": col("ks"), "d": lit(1), "delta": col("start"), "gs": nw.when(begins).then(start).otherwise(lit(LATE))},
        none | {"k": col("ke"), "d": lit(-1), "delta": 0 - col("end"), "why": nw.when(over).then(end).otherwise(lit(-1))},
        none | {"k": col("kc"), "cancel": lit(1)},
    ]
    unit = ["id", "g", "w"] if grouped else ["id"]
    parts = [rows.filter(kind["k"] <= last).select(*unit, **{name: made.cast(long) for name, made in kind.items()}) for kind in kinds]
    return keep(nw.concat(parts))


def _edges(events: Frame, grouped: bool) -> Frame:
    """One line per customer and touched period: was and stays (0 or 1), what happened, the groups g0 before and g1 after."""
    net = events.group_by("id", "k").agg(col("delta").sum(), col("why").max(), col("gs").min(), col("cancel").max())
    there = net.with_columns(stays=col("delta").cum_sum().over("id", order_by="k").cast(nw.Int64), delta=col("delta").cast(nw.Int64))
    if grouped:
        there = there.join(_groups(events), on=["id", "k"], how="inner")
        there = there.with_columns(g0=col("g1").shift(1).over("id", order_by="k").fill_null(NOWHERE).cast(nw.Int64))
    else:
        there = there.with_columns(g0=lit(0), g1=lit(0))
    up, down = col("gs") < LATE, col("why") >= 0
    return there.select(
        "id", "k", "stays", "g0", "g1", "cancel", was=col("stays") - col("delta"), up=flag(up), down=flag(down),
        first=flag(up & (col("gs") % 2 == 1)), v=nw.when(down).then(col("why") % 4).otherwise(lit(0)),
        gs=nw.when(up).then(col("gs") // 2 % SHIFT - 2).otherwise(lit(NOWHERE)),
    )  # fmt: skip


def _groups(events: Frame) -> Frame:
    """g1: the group of the customer at each touched k: of the rows running then, the one with most MRR, then the first by name."""
    touched = events.select("id", "k").unique()
    running = _running(events, touched)
    most = running.with_columns(top=col("w").max().over("id", "k")).filter(col("w") == col("top"))
    known = nw.concat([most.select("id", "k", g1=col("g").cast(nw.Int64)), touched.select("id", "k", g1=lit(NOWHERE).cast(nw.Int64))])
    return known.group_by("id", "k").agg(col("g1").min())


def _running(events: Frame, touched: Frame) -> Frame:
    """Which (group, amount) of a customer still has a row running after each touched k."""
    steps = events.filter(col("d") != 0).select("id", "g", "w", "k", "d")
    units = steps.select("id", "g", "w").unique()
    grid = touched.join(units, on="id", how="inner").select("id", "g", "w", "k", d=lit(0).cast(nw.Int64))
    moves = totalled(nw.concat([grid, steps]), ["id", "g", "w", "k"], ["d"])
    return moves.with_columns(n=col("d").cum_sum().over("id", "g", "w", order_by="k")).filter(col("n") > 0)
