"""Stints: from rows of customers (or paying rows of subscriptions) to unbroken presences.

A customer with one row is simple, and nearly all are; only rows of customers who stand several times are swept. Rows that
touch, overlap or lie at most `gap` days apart are one stint. Columns of a row: id; s first day served, e first day no
longer served; g its group; and where the table has them c, the day of cancelling, v, 1 voluntary, 2 involuntary or 0, and
w, the monthly amount.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.repeats import with_repeated_keys
from custmetrics_cli.engines.query.run import Frame, flag, materialise
from custmetrics_cli.metrics.customers.reasons import PAYMENT, kind

col, lit = nw.col, nw.lit
WIDE = 2**35  # room for one number below another, so that one column orders by both: sorting by one is several times quicker


@dataclass(frozen=True)
class Stints:
    """rows: of all customers. again: those of customers with several. events: of these, see _swept."""

    rows: Frame
    again: Frame
    events: Frame


def stints(view: TableView, scope: Scope) -> Stints:
    """Made once for a source, whatever the periods."""
    return view.once(("stints", scope.gap, scope.with_ids), lambda: _stints(view, scope))


def _stints(view: TableView, scope: Scope) -> Stints:
    rows, again = parted(view, scope.with_ids)
    return Stints(rows, again, materialise(_swept(_steps(bridged(again, scope.gap)), scope.gap)))


def parted(view: TableView, named: bool) -> tuple[Frame, Frame]:
    """The rows of all customers, and those of customers with several; made once for a source."""

    def made() -> tuple[Frame, Frame]:
        rows = rows_of(view)
        return rows, with_repeated_keys(rows, named)

    return view.once(("parted", named), made)


def rows_of(view: TableView) -> Frame:
    days = {"s": col("started_at"), "e": col("ended_at")}
    days |= {"c": col("canceled_at")} if view.is_read("canceled_at") else {}
    more = {"v": why(view)} if view.is_read("reason") else {}
    more |= {"w": col("monthly")} if view.is_read("monthly") else {}
    return view.frame().select("id", col("g").cast(nw.Int32), **days, **more)


def given(frame: Frame, name: str) -> nw.Expr:
    """A column that not every table has; 0 where it has not."""
    return col(name) if name in frame.collect_schema().names() else lit(0)


def why(view: TableView) -> nw.Expr:
    """1 where the reason speaks of a decision, 2 where it speaks of a payment that failed, 0 where it says neither."""
    failed = view.matches("reason", lambda word: kind(word) == PAYMENT)
    return flag(view.matches("reason", lambda word: kind(word) != 0)) + flag(failed)


def _steps(rows: Frame) -> Frame:
    """One line per row and day: d is +1 where it starts, -1 where it ends, 0 where it is cancelled."""
    names = rows.collect_schema().names()
    first = flag(col("s") == col("s").min().over("id"))
    there = rows.with_columns(first=first, no=lit(0).cast(nw.Int64))
    kinds = [(1, "s", "first", there), (-1, "e", "no", there)]
    kinds += [(0, "c", "no", there.filter(col("c") < FAR))] if "c" in names else []
    unit = [name for name in ("id", "g", "w", "v") if name in names]
    return nw.concat([rows.select(*unit, day=day, first=first, d=lit(d).cast(nw.Int64)) for d, day, first, rows in kinds])


def _swept(steps: Frame, gap: int) -> Frame:
    """The steps with delta: +1 where a stint begins, -1 where it ends, 0 where other rows go on.

    On a day, starts come before ends, so that rows which touch are one stint; of several rows the one with most MRR, then
    the first by name, begins the stint, and it ends it too. first: 1 on the start of a customer's first stint.
    """
    d, long, names = col("d"), nw.Int64, steps.collect_schema().names()
    when = (col("day").cast(long) + (gap * flag(d == -1) if gap else lit(0))) * 3 + 1 - d
    who = d * (col("g").cast(long) * 4 + given(steps, "v"))
    order = {"_when": when, "_most": 0 - d * col("w"), "_who": who} if "w" in names else {"_order": when * WIDE + who}
    running = steps.with_columns(**order).with_columns(n=d.cum_sum().over("id", order_by=list(order)).cast(long))
    begins, over = flag((d == 1) & (col("n") == 1)), flag((d == -1) & (col("n") == 0))
    kept = [name for name in names if name != "first"]
    return running.select(*kept, delta=begins - over, first=begins * col("first"))


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
