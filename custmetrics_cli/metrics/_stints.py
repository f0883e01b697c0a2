"""Stints: from rows of customers (or paying rows of subscriptions) to unbroken presences.

A customer with one row is simple, and nearly all are; only rows of customers who stand several times are sorted and
merged. Rows that touch, overlap or lie at most `gap` days apart are one stint. Day columns: s first day served, e first
day no longer served, c day of cancelling; w the monthly amount (0 for customers); v 1 voluntary, 2 involuntary, 0 unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.engine import Frame, flag, keep, split_repeated
from custmetrics_cli.metric import Ask, Source

col, lit = nw.col, nw.lit
ROW = ("id", "s", "e", "c", "v", "g", "w")
INVOLUNTARY = re.compile(
    r"fail|declin|delinquen|dunning|involuntar|non.?pay|unpaid|past.?due|insufficient|fraud|dispute|expired.?card|card.?expired|bad.?debt"
    r"|неоплат|неуплат|задолж|долг|не прош|отклон|недостаточно",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Stints:
    """alone: rows of customers with one row. again: rows of the others, with the flags

    start, end: 1 on the row that begins (ends) a stint, else 0; first: 1 on the start of the customer's first stint.
    """

    alone: Frame
    again: Frame


def stints(source: Source, ask: Ask) -> Stints:
    alone, again = split_repeated(rows_of(source))
    return Stints(alone, keep(bridged(flagged(again, ask.gap), ask.gap)))


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
    failed = source.codes("reason", lambda word: bool(word) and bool(INVOLUNTARY.search(word)))
    given = source.codes("reason", bool)
    return flag(col("reason").is_in(given)) + flag(col("reason").is_in(failed))


def flagged(rows: Frame, gap: int) -> Frame:
    """A stint begins where nothing before it reaches; it ends where nothing after it begins in time."""
    forth = {"order_by": ["s", "_w", "g", "e", "v", "c"]}
    back = {"order_by": ["_e", "_w", "g", "s", "v", "c"]}
    turned = rows.with_columns(_w=lit(0) - col("w"), _e=lit(0) - col("e"))
    ran = turned.with_columns(_far=col("e").cum_max().over("id", **forth), _near=col("s").cum_min().over("id", **back))
    beside = ran.with_columns(
        before=col("_far").shift(1).over("id", **forth).fill_null(-FAR).cast(nw.Int32),
        after=col("_near").shift(1).over("id", **back).fill_null(2 * FAR).cast(nw.Int32),
        _first=col("s").min().over("id"),
    )
    marked = beside.with_columns(start=flag(col("s") > col("before") + gap), end=flag(col("e") + gap < col("after")))
    return marked.with_columns(first=col("start") * flag(col("s") == col("_first"))).select(*ROW, "before", "start", "end", "first")


def bridged(rows: Frame, gap: int) -> Frame:
    """Rows that end at a gap short enough to be bridged last until the next row begins: the gap carries their amount."""
    if gap == 0:
        return rows
    holes = rows.filter(col("s") > col("before"), col("s") <= col("before") + gap).select("id", e="before", _to="s").unique()
    joined = rows.join(holes, on=["id", "e"], how="left")
    return joined.with_columns(e=nw.coalesce(col("_to"), col("e")).cast(nw.Int32)).drop("_to")
