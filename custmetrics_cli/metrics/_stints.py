"""Stints: from rows of customers (or paying rows of subscriptions) to unbroken presences.

A customer with one row is simple, and nearly all are; only rows of customers who stand several times are swept. Rows that
touch, overlap or lie at most `gap` days apart are one stint. Day columns: s first day served, e first day no longer
served, c day of cancelling; w the monthly amount (0 for customers); v 1 voluntary, 2 involuntary, 0 unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.engine import Frame, flag, keep, split_repeated
from custmetrics_cli.metric import Ask, Source

col, lit = nw.col, nw.lit
WIDE = 2**35  # room for one number below another, so that one column orders by both: sorting by one is several times quicker
ROW = ("id", "s", "e", "c", "v", "g", "w")
INVOLUNTARY = re.compile(
    r"fail|declin|delinquen|dunning|involuntar|non.?pay|unpaid|past.?due|insufficient|fraud|dispute|expired.?card|card.?expired|bad.?debt"
    r"|неоплат|неуплат|задолж|долг|не прош|отклон|недостаточно",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Stints:
    """alone: rows of customers with one row. again: rows of the others. events: theirs, see _swept."""

    alone: Frame
    again: Frame
    events: Frame


def stints(source: Source, ask: Ask) -> Stints:
    alone, again = split_repeated(rows_of(source), ask.named)
    swept = _swept(_steps(bridged(again, ask.gap)), ask.gap, priced=source.has("monthly"))
    return Stints(alone, again, keep(swept))


def rows_of(source: Source) -> Frame:
    frame = source.frame()
    day = {"s": "started_at", "e": "ended_at"}
    kind = {"c": col("canceled_at") if source.has("canceled_at") else lit(FAR), "v": why(source)}
    amount = col("monthly") if source.has("monthly") else lit(0)
    ready = frame.select("id", "g", *[col(name).alias(short) for short, name in day.items()], **kind, w=amount)
    return ready.with_columns(nw.col("c", "v", "g").cast(nw.Int32), nw.col("w").cast(nw.Int64)).select(*ROW)


def why(source: Source) -> nw.Expr:
    """1 where the reason speaks of a decision, 2 where it speaks of a payment that failed, 0 where none is given."""
    if not source.has("reason"):
        return lit(0)
    failed = source.holds("reason", lambda word: bool(INVOLUNTARY.search(word)))
    return flag(source.holds("reason", bool)) + flag(failed)


def _steps(rows: Frame) -> Frame:
    """One line per row and day: d is +1 where it starts, -1 where it ends, 0 where it is cancelled."""
    first = flag(col("s") == col("s").min().over("id"))
    there = rows.with_columns(first=first, no=lit(0).cast(nw.Int64))
    kinds = {1: ("s", "first", there), -1: ("e", "no", there), 0: ("c", "no", there.filter(col("c") < FAR))}
    steps = [rows.select("id", "g", "w", "v", day=day, first=first, d=lit(d).cast(nw.Int64)) for d, (day, first, rows) in kinds.items()]
    return nw.concat(steps)


def _swept(steps: Frame, gap: int, priced: bool) -> Frame:
    """The steps with delta: +1 where a stint begins, -1 where it ends, 0 where other rows go on.

    On a day, starts come before ends, so that rows which touch are one stint; of several rows the one with most MRR, then
    the first by name, begins the stint, and it ends it too. first: 1 on the start of a customer's first stint.
    """
    d, long = col("d"), nw.Int64
    when = (col("day").cast(long) + gap * flag(d == -1)) * 3 + 1 - d
    who = d * (col("g").cast(long) * 4 + col("v"))
    order = {"_when": when, "_most": 0 - d * col("w"), "_who": who} if priced else {"_order": when * WIDE + who}
    running = steps.with_columns(**order).with_columns(n=d.cum_sum().over("id", order_by=list(order)).cast(long))
    begins, over = flag((d == 1) & (col("n") == 1)), flag((d == -1) & (col("n") == 0))
    return running.select("id", "day", "d", "g", "w", "v", delta=begins - over, first=begins * col("first"))


def bridged(rows: Frame, gap: int) -> Frame:
    """Rows that end at a gap short enough to be bridged last until the next row begins: the gap carries their amount."""
    if gap == 0:
        return rows
    reached = reaching(rows)
    holes = reached.filter(col("s") > col("before"), col("s") <= col("before") + gap).select("id", e="before", _to="s").unique()
    joined = rows.join(holes, on=["id", "e"], how="left")
    return joined.with_columns(e=nw.coalesce(col("_to"), col("e")).cast(nw.Int32)).drop("_to")


def reaching(rows: Frame) -> Frame:
    """The rows with `before`: how far the earlier rows of the customer reach, long ago where there are none."""
    ordered = rows.with_columns(_order=col("s").cast(nw.Int64) * WIDE + col("e"))
    ran = ordered.with_columns(_far=col("e").cum_max().over("id", order_by="_order"))
    before = col("_far").shift(1).over("id", order_by="_order")
    return ran.with_columns(before=before.fill_null(-FAR).cast(nw.Int32)).drop("_far", "_order")
