"""Cohorts: by span of first presence, how many more are there (or how much more they pay) from each span on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.counts import WHOLE, Aggregation, Counts
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, sum_by
from custmetrics_cli.metrics.cohorts.calendar import Ages, ages
from custmetrics_cli.metrics.cohorts.grid import SIZE, THERE
from custmetrics_cli.metrics.customers.stints import stints
from custmetrics_cli.metrics.revenue.ledger.spans import events, spans
from custmetrics_cli.metrics.shared.groups import same_group
from custmetrics_cli.metrics.shared.periods import numbered

col, lit = nw.col, nw.lit
SHIFT = 2**31  # (day, group) as one number, so that the least is the group of the earliest day
Unfold = Callable[..., Iterable[tuple[int, int, Counts]]]


def customers(view: TableView, scope: Scope) -> list[Aggregation]:
    """There at the end of a span."""
    found, calendar = stints(view, scope), ages(scope)
    moves = found.events.filter(col("delta") != 0).select("id", "g", "day", n="delta")
    rows = {} if scope.with_ids else {1: found.rows, -1: found.again}
    alone = [_alone(frame.with_columns(n=lit(1).cast(nw.Int64)), view, scope, calendar, sign) for sign, frame in rows.items()]
    every = moves if not scope.with_ids else _all_moves(view, scope)
    return [*alone, _followed(every.with_columns(cur=lit(0)), view, scope, calendar)]


def _all_moves(view: TableView, scope: Scope) -> Frame:
    """Of customers with one row too."""
    found = stints(view, scope)
    only = found.rows.join(found.again.select("id").unique(), on="id", how="anti")
    ends = [only.select("id", "g", day=day, n=lit(n).cast(nw.Int64)) for day, n in (("s", 1), ("e", -1))]
    return nw.concat([*ends, found.events.filter(col("delta") != 0).select("id", "g", "day", n="delta")])


def mrr(view: TableView, scope: Scope) -> list[Aggregation]:
    """Paid at the end of a span."""
    found, calendar = spans(view, scope), ages(scope)
    signed = [(frame, sign) for frame, sign in ((found.alone, 1), (found.again, -1)) if frame is not None]
    alone = [_alone(frame.with_columns(n=col("w")), view, scope, calendar, sign) for frame, sign in signed]
    changes = events(view, scope._replace(periods=calendar.spans))
    return [*alone, _followed(changes.select("id", "g", "day", "cur", n="d"), view, scope, calendar)]


def orders(view: TableView, scope: Scope) -> list[Aggregation]:
    """Ordered in a span; a refund is no order."""
    calendar = ages(scope)
    bought = view.frame().filter(col("amount") >= 0).select("id", "g", day=col("date"))
    first = _first(bought)
    dated = numbered(first, calendar.spans, c="t").filter(col("c") > 0, col("c") <= calendar.begun)
    seen = numbered(bought, calendar.spans, j="day").filter(col("j") <= len(calendar.spans)).select("id", "j").unique()
    joined = seen.join(dated.select("id", "c", "g0"), on="id", how="inner").with_columns(n=lit(1).cast(nw.Int64))
    keys = ["c", "g0", "j", *(["id"] if scope.with_ids else [])]
    return [Aggregation(sum_by(joined.select(*keys, "n"), keys, ["n"]), partial(_unfold_seen, view, calendar))]


def _alone(rows: Frame, view: TableView, scope: Scope, calendar: Ages, sign: int) -> Aggregation:
    """Rows as if each were its customer's only one."""
    base = len(calendar.spans) + 2
    dated = numbered(rows, calendar.spans, ks="s", ke="e").filter(col("ks") > 0, col("ks") <= calendar.begun)
    what = dated.with_columns(what=(col("ke") * base + col("ks")).cast(nw.Int64))
    sums = sum_by(what.select("what", "g", "n"), ["what", "g"], ["n"])
    return Aggregation(sums, partial(_unfold_alone, view, calendar, base, sign))


def _first(moves: Frame) -> Frame:
    """Per customer its first day t, and g0, the group it then was in, the first by name."""
    least = moves.select("id", first=col("day").cast(nw.Int64) * SHIFT + col("g")).group_by("id").agg(col("first").min())
    return least.select("id", t=col("first") // SHIFT, g0=col("first") % SHIFT)


def _followed(moves: Frame, view: TableView, scope: Scope, calendar: Ages) -> Aggregation:
    """Customers with several rows, from their first day on."""
    first = numbered(_first(moves), calendar.spans, c="t").filter(col("c") > 0, col("c") <= calendar.begun)
    joined = moves.join(first, on="id", how="inner").with_columns(size=nw.when(col("day") == col("t")).then(col("n")).otherwise(lit(0)))
    dated = numbered(joined, calendar.spans, j="day").filter(col("j") <= len(calendar.spans))
    keys = ["c", "g0", "j", "cur", *(["id"] if scope.with_ids else [])]
    sums = sum_by(dated.select(*keys, "n", size=col("size").cast(nw.Int64)), keys, ["n", "size"])
    return Aggregation(sums, partial(_unfold_followed, view, calendar))


def _groups(view: TableView, g: int) -> tuple[int, int]:
    return (view.group_of if view.is_grouped else same_group)(g), WHOLE


def _unfold_alone(view: TableView, calendar: Ages, base: int, sign: int, row: Any) -> Iterable[tuple[int, int, Counts]]:
    ke, ks = divmod(row["what"], base)
    n = sign * row["n"]
    for g in _groups(view, row["g"]):
        yield calendar.of[ks - 1], g, {"size": n, (SIZE, ks, 0): n, (THERE, ks, ks, 0): n}
        yield calendar.of[ks - 1], g, {(THERE, ks, ke, 0): -n}


def _unfold_followed(view: TableView, calendar: Ages, row: Any) -> Iterable[tuple[int, int, Counts]]:
    c, j, currency, size = row["c"], row["j"], row["cur"], row["size"]
    for g in _groups(view, row["g0"]):
        yield calendar.of[c - 1], g, {"size": size, (SIZE, c, currency): size, (THERE, c, j, currency): row["n"]}


def _unfold_seen(view: TableView, calendar: Ages, row: Any) -> Iterable[tuple[int, int, Counts]]:
    c, j, n = row["c"], row["j"], row["n"]
    size: Counts = {"size": n, (SIZE, c, 0): n} if c == j else {}
    for g in _groups(view, row["g0"]):
        yield calendar.of[c - 1], g, {**size, (THERE, c, j, 0): n}
        yield calendar.of[c - 1], g, {(THERE, c, j + 1, 0): -n}
