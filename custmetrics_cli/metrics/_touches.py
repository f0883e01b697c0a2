"""Customers at the edges of periods, and what happened between: one pass for any number of periods.

A touch is a customer and a period in which something happens to it. Customers to whom nothing happens cost nothing:
opening and closing are running sums (`net`) of what happened before. Each touch becomes one row of ready counts for the
group it counts in (two, when the customer changed its group): the opening group for lost, the closing group for new.
"""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.engine import Frame, flag, keep
from custmetrics_cli.metric import WHOLE, Ask
from custmetrics_cli.metrics._calendar import numbered
from custmetrics_cli.metrics._stints import Stints

col, lit = nw.col, nw.lit
NOWHERE = 2**30  # no group: nothing of the customer runs at that edge
COUNTS = (
    "net", "unlost", "new", "reactivated", "lost", "new_and_lost", "back_and_lost", "lost_and_back",
    "moved_in", "moved_out", "leaving", "voluntary", "involuntary", "starts", "returns", "ends",
)  # fmt: skip


def touches(stints: Stints, ask: Ask, grouped: bool) -> Frame:
    """Rows of k, g, id (when asked.named) and one column per name in COUNTS, ready to be summed."""
    last = len(ask.periods)
    simple = _alone(stints.alone, ask)
    others = keep(_net(_events(stints.again, ask), grouped))
    parts = [*_simple(simple, ask, last), *_edges(others, ask), *_days(stints.again, ask)]
    if grouped:
        whole = lit(WHOLE)
        parts += [part.with_columns(g=whole) for part in (*_simple(simple, ask, last), *_days(stints.again, ask))]
        parts += [_ready(others.filter(col("k") <= last), ask, g=whole, **_moves(col("was"), col("stays")))]
    return nw.concat(parts).filter(col("k") <= last)


def _ready(frame: Frame, ask: Ask, **counts: nw.Expr) -> Frame:
    """k, g, id and COUNTS in order, the ones not given being 0, in one integer type."""
    key = ["id"] if ask.named else []
    group = {"g": counts.pop("g", col("g")).cast(nw.Int64), "k": counts.pop("k", col("k")).cast(nw.Int64)}
    return frame.select(*key, **group, **{name: counts.get(name, lit(0)).cast(nw.Int64) for name in COUNTS})


def _alone(rows: Frame, ask: Ask) -> Frame:
    """Customers with one row, counted by what happens to them: they differ in nothing else."""
    dated = numbered(rows.with_columns(n=lit(1)), ask.periods, ks="s", ke="e", kc="c")
    key = ["id"] if ask.named else []
    return keep(dated.group_by(*key, "ks", "ke", "kc", "g", "v").agg(n=col("n").sum().cast(nw.Int64)))


def _simple(rows: Frame, ask: Ask, last: int) -> list[Frame]:
    n, inside = col("n"), flag(col("ks") == col("ke"))
    stays = n * (1 - inside)
    came = _ready(rows, ask, k=col("ks"), net=stays, new=stays, new_and_lost=n * inside, starts=n)
    gone = {"voluntary": stays * flag(col("v") == 1), "involuntary": stays * flag(col("v") == 2)}
    left = _ready(rows.filter(col("ke") <= last), ask, k=col("ke"), net=0 - stays, lost=stays, unlost=0 - stays, ends=n, **gone)
    going = rows.filter(col("kc") <= last, col("ks") <= col("kc"), col("kc") < col("ke"))
    return [came, left, _ready(going, ask, k=col("kc"), leaving=n)]


def _events(rows: Frame, ask: Ask) -> Frame:
    """One row per row and day on which it starts, ends or is cancelled."""
    dated = numbered(rows, ask.periods, ks="s", ke="e", kc="c")
    none = {name: lit(0) for name in ("up", "first", "down", "cancel", "d")} | {"why": lit(-1), "gs": lit(NOWHERE)}
    starts = none | {"k": col("ks"), "up": col("start"), "first": col("first"), "d": lit(1)}
    starts |= {"gs": nw.when(col("start") == 1).then(col("g")).otherwise(lit(NOWHERE))}
    ends = none | {"k": col("ke"), "down": col("end"), "d": lit(-1)}
    ends |= {"why": nw.when(col("end") == 1).then((col("e") + FAR) * 4 + col("v")).otherwise(lit(-1))}
    cancels = none | {"k": col("kc"), "cancel": lit(1)}
    typed = [dated.select("id", "g", "w", **{name: made.cast(nw.Int64) for name, made in kind.items()}) for kind in (starts, ends, cancels)]
    return keep(nw.concat(typed).filter(col("k") <= len(ask.periods)))


def _net(events: Frame, grouped: bool) -> Frame:
    """One row per customer and touched k: was and stays (0 or 1), and the groups g0 at opening, g1 at closing."""
    sums = {name: col(name).sum().cast(nw.Int64) for name in ("up", "first", "down", "cancel")}
    net = events.group_by("id", "k").agg(**sums, why=col("why").max(), gs=col("gs").min())
    order: dict[str, Any] = {"order_by": "k"}
    there = (col("up") - col("down")).cum_sum().over("id", **order).cast(nw.Int64)
    net = net.with_columns(stays=there).with_columns(was=col("stays") - col("up") + col("down"))
    if not grouped:
        return net.with_columns(g0=lit(0), g1=lit(0))
    net = net.join(_groups(events), on=["id", "k"], how="inner")
    return net.with_columns(g0=col("g1").shift(1).over("id", **order).fill_null(NOWHERE).cast(nw.Int64))


def _groups(events: Frame) -> Frame:
    """g1: the group of the customer at each touched k: of the rows running then, the one with most MRR, then the first by name."""
    touched = events.select("id", "k").unique()
    units = events.filter(col("d") != 0).select("id", "g", "w").unique()
    grid = touched.join(units, on="id", how="inner").with_columns(d=lit(0).cast(nw.Int64)).select("id", "g", "w", "k", "d")
    steps = nw.concat([grid, events.filter(col("d") != 0).select("id", "g", "w", "k", "d")])
    moves = steps.group_by("id", "g", "w", "k").agg(d=col("d").sum().cast(nw.Int64))
    running = moves.with_columns(n=col("d").cum_sum().over("id", "g", "w", order_by="k")).filter(col("n") > 0)
    most = running.with_columns(top=col("w").max().over("id", "k")).filter(col("w") == col("top"))
    known = nw.concat([most.select("id", "k", g1=col("g").cast(nw.Int64)), touched.select("id", "k", g1=lit(NOWHERE).cast(nw.Int64))])
    return known.group_by("id", "k").agg(g1=col("g1").min())


def _moves(was: nw.Expr, stays: nw.Expr) -> dict[str, nw.Expr]:
    """The counts of a customer that counts in one group only."""
    came, gone, blip = (1 - was) * stays, was * (1 - stays), (1 - was) * (1 - stays) * flag(col("up") > 0)
    left = col("why") % 4
    return {
        "net": stays - was, "lost": gone, "unlost": 0 - gone, "new": came * col("first"), "reactivated": came * (1 - col("first")),
        "new_and_lost": blip * col("first"), "back_and_lost": blip * (1 - col("first")), "lost_and_back": was * stays * flag(col("down") > 0),
        "leaving": stays * flag(col("cancel") > 0), "voluntary": gone * flag(left == 1), "involuntary": gone * flag(left == 2),
    }  # fmt: skip


def _edges(net: Frame, ask: Ask) -> list[Frame]:
    """Customers with several rows, in the group of the edge that counts."""
    moved = (col("was") == 1) & (col("stays") == 1) & (col("g0") != col("g1"))
    stayed, changed = net.filter(~moved), net.filter(moved)
    own = nw.when(col("stays") == 1).then(col("g1")).when(col("was") == 1).then(col("g0")).otherwise(col("gs"))
    going = flag(col("cancel") > 0)
    return [
        _ready(stayed, ask, g=own, **_moves(col("was"), col("stays"))),
        _ready(changed, ask, g=col("g1"), net=lit(1), moved_in=lit(1), leaving=going),
        _ready(changed, ask, g=col("g0"), net=lit(-1), moved_out=lit(1), lost_and_back=flag(col("down") > 0)),
    ]


def _days(rows: Frame, ask: Ask) -> list[Frame]:
    """Events of stints, in the group of their day."""
    dated = numbered(rows, ask.periods, ks="s", ke="e")
    begun, over = dated.filter(col("start") == 1), dated.filter(col("end") == 1)
    return [
        _ready(begun, ask, k=col("ks"), starts=col("first"), returns=1 - col("first")),
        _ready(over, ask, k=col("ke"), ends=lit(1)),
    ]
