"""Customers at the edges of periods, and what happened between: one pass for any number of periods.

A touch is a customer and a period in which something happens to it. Customers to whom nothing happens cost nothing:
opening and closing are running sums of what happened before. The engine only counts how many customers are touched
alike (these small histograms come back, see _counts.py); with ask.named each customer is a line of its own.
"""

from __future__ import annotations

from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.engines.query.run import Frame, flag, materialise, sum_by
from custmetrics_cli.metrics.customers.counts import GOES_ON, NO_START, count_edges, count_single_rows, count_stints
from custmetrics_cli.metrics.customers.stints import Stints, given
from custmetrics_cli.metrics.shared.groups import FEW, Place, groups_at_edges, same_group, track_groups
from custmetrics_cli.metrics.shared.periods import edges, numbered

col, lit = nw.col, nw.lit
SHIFT = 2**31  # (day, group, first) as one number, so that the least is the group of the earliest day
LATE = (2 * FAR + 1) * SHIFT * 2 + NO_START


def touches(stints: Stints, scope: Scope, place: Place | None) -> list[Aggregation]:
    """The histograms of rows, of the edges of customers with several rows, and of the days of their stints.

    Every row is counted as if it were its customer's only one; those of customers with several are then taken back. This is
    quicker than telling the two apart row by row, and comes to the same. place: the group of a number g; None: there is one.
    """
    dated = numbered(stints.events, scope.periods, k="day")
    events = materialise(dated.filter(col("k") <= len(scope.periods)))
    net = _net(events).with_columns(stays=col("delta").cum_sum().over("id", order_by="k").cast(nw.Int64))
    there = _placed(net, events, stints, scope) if place else net.with_columns(g0=lit(0), g1=lit(0))
    changes = _counted(_edges(there), scope, "k", "what", "g0", "g1", "start")
    days = _counted(events.filter(col("delta") != 0), scope, "k", "g", "delta", "first")
    base, placed = len(scope.periods) + 2, place or same_group
    return [
        Aggregation(_rows(stints.rows, scope), partial(count_single_rows, placed, base, 1)),
        Aggregation(_rows(stints.again, scope), partial(count_single_rows, placed, base, -1)),
        Aggregation(changes, partial(count_edges, placed)),
        Aggregation(days, partial(count_stints, placed)),
    ]


def _counted(frame: Frame, scope: Scope, *key: str) -> Frame:
    names = [*key, "id"] if scope.with_ids else list(key)
    return sum_by(frame.select(*names, n=lit(1)), names, ["n"])


def _rows(rows: Frame, scope: Scope) -> Frame:
    """Rows that differ in nothing but the periods of their days, their group and their reason."""
    base = len(scope.periods) + 2
    days = {"ks": "s", "ke": "e"} | ({"kc": "c"} if "c" in rows.collect_schema().names() else {})
    dated = numbered(rows, scope.periods, **days)
    packed = col("ke") * base + col("ks")
    packed += (col("kc") if "kc" in days else lit(base - 1)) * base**2
    return _counted(dated.with_columns(what=packed * 4 + given(rows, "v")), scope, "what", "g")


def _net(events: Frame) -> Frame:
    """One line per customer and touched period, and what happened in it.

    delta: stints begun less ended; why: the last end and its reason, GOES_ON none; gs: the first start, its group and whether
    it is the customer's first, LATE none; cancel: 1 where a row was cancelled.
    """
    day, delta = col("day").cast(nw.Int64) + FAR, col("delta")
    ready = events.select(
        "id", "k", "delta",
        why=nw.when(delta == -1).then(day * 4 + given(events, "v")).otherwise(lit(GOES_ON)),
        gs=nw.when(delta == 1).then((day * SHIFT + col("g") + 2) * 2 + col("first")).otherwise(lit(LATE)),
        cancel=flag(col("d") == 0),
    )  # fmt: skip
    net = ready.group_by("id", "k").agg(delta.sum(), col("why").max(), col("gs").min(), col("cancel").max())
    return net.with_columns(delta.cast(nw.Int64))


def _edges(there: Frame) -> Frame:
    """One line per customer and touched period: what happened, the groups g0 before, g1 after; unpacked in _counts.py."""
    what = ((col("stays") * 2 + col("cancel")) * 4 + col("why") % 4) * 4 + col("delta") + 1
    return there.select("id", "k", "g0", "g1", what=what, start=col("gs") % (2 * SHIFT))


def _placed(net: Frame, events: Frame, stints: Stints, scope: Scope) -> Frame:
    """net with the groups g0 and g1. A gap that is bridged, or the most MRR, takes the long way."""
    simple = scope.gap == 0 and "w" not in stints.again.collect_schema().names()
    return (
        groups_at_edges(net, stints.again, edges(scope.periods))
        if simple and len(scope.periods) <= FEW
        else track_groups(materialise(net), events)
    )
