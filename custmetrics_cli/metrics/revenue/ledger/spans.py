"""Spans of money: from rows of subscriptions to when a customer paid how much a month.

A gap of at most `gap` days carries the amount on; from paused_at to resumed_at a row pays nothing. Columns of a span: id, s and
e (its days), w (monthly amount), g, p (its group, row by row), cur (the code of its currency), b and f: 1 where it begins
with a resumption, or is finished by a pause.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.repeats import with_keys
from custmetrics_cli.engines.query.run import Frame, flag, materialise
from custmetrics_cli.metrics.customers.stints import bridged, parted
from custmetrics_cli.metrics.shared.groups import FEW
from custmetrics_cli.metrics.shared.periods import edges, looked_up, numbered

col, lit = nw.col, nw.lit
NO = lit(0).cast(nw.Int64)


class Spans(NamedTuple):
    """alone: rows, each to be counted as if it were its customer's only one; again: those to be taken back; whole: spans in their place.

    Where money is converted, rows pause, or somebody wants to see who, nothing is counted alone: there are only whole ones.
    """

    alone: Frame | None
    again: Frame | None
    whole: Frame


def spans(view: TableView, scope: Scope) -> Spans:
    """Made once for a source, whatever the periods."""
    return view.once(("spans", scope.gap, scope.with_ids), lambda: _spans(view, scope))


def _spans(view: TableView, scope: Scope) -> Spans:
    if scope.with_ids or view.money.converts or view.can_answer("paused_at"):
        return Spans(None, None, materialise(all_spans(view, scope)))
    rows, again = (frame.with_columns(p=view.group_column()) for frame in parted(view, named=False))
    return Spans(rows, again, _unpaused(bridged(again, scope.gap)).with_columns(cur=NO))


def all_spans(view: TableView, scope: Scope) -> Frame:
    """The spans of all customers, and where the table has them c, the day of cancelling, and late, 1 where past due."""
    return _cut(bridged(_rows(view), scope.gap), view).with_columns(p=view.group_column())


def few_periods(view: TableView, scope: Scope) -> bool:
    """The periods are few: only customers to whom something happens need to be looked at."""
    return len(scope.periods) <= FEW and rows_are_spans(view, scope)


def rows_are_spans(view: TableView, scope: Scope) -> bool:
    """Rows are spans: nothing is carried, paused or converted, and nobody wants to see who."""
    return not (scope.gap or scope.with_ids or view.money.converts or view.can_answer("paused_at"))


def rows_as_spans(view: TableView) -> Frame:
    """Rows as spans."""
    return _as_spans(_bare(view), view)


def _bare(view: TableView) -> Frame:
    return view.frame().select("id", "g", s="started_at", e="ended_at", w="monthly")


def _as_spans(rows: Frame, view: TableView) -> Frame:
    return _unpaused(rows.with_columns(col("g").cast(nw.Int64), cur=NO)).with_columns(p=view.group_column())


def changed_customers(view: TableView, scope: Scope) -> Frame:
    """The steps of customers to whom something happens in the periods, where leaving out the others spares much."""
    if few_periods(view, scope):
        rows, border = _bare(view), edges(scope.periods)
        there = rows.filter(_within("s", border) | _within("e", border)).select("id").unique()
        return steps(_as_spans(with_keys(rows, there, named=False), view), scope)
    changes = steps(spans(view, scope).whole, scope)
    if len(scope.periods) > FEW:
        return changes
    return changes.join(changes.filter(_within("day", edges(scope.periods))).select("id").unique(), on="id", how="semi")


def _within(day: str, border: Sequence[int]) -> nw.Expr:
    return (col(day) >= border[0]) & (col(day) < border[-1])


def _rows(view: TableView) -> Frame:
    also = {"c": "canceled_at", "late": "past_due"}
    there = {name: col(column) for name, column in also.items() if view.is_read(column)}
    if view.is_read("paused_at"):  # no file may have resumed_at: then nothing is ever resumed
        there |= {"h": _served("paused_at"), "u": _served("resumed_at")}
    currency = view.currency() if view.money.converts else NO
    days = {"s": col("started_at"), "e": col("ended_at")}
    return view.frame().select("id", col("g").cast(nw.Int64), **days, w=col("monthly"), cur=currency, **there)


def _served(day: str) -> nw.Expr:
    """A day on which the row serves, else far: from its end on nothing pauses or resumes, however long a gap carries its amount."""
    return nw.when(col(day) < col("ended_at")).then(col(day)).otherwise(lit(FAR)).cast(nw.Int32)


def _unpaused(rows: Frame) -> Frame:
    return rows.with_columns(b=NO, f=NO)


def _cut(rows: Frame, view: TableView) -> Frame:
    """A row that pauses is two spans, or one that does not go on."""
    if not view.can_answer("paused_at"):
        return _unpaused(rows)
    pauses = (col("h") > col("s")) & (col("h") < col("e")) & (col("u") > col("h"))
    names = [*(name for name in rows.collect_schema().names() if name not in ("h", "u")), "b", "f"]
    running = rows.with_columns(f=flag(pauses), b=NO, e=nw.when(pauses).then(col("h")).otherwise(col("e")))
    later = rows.filter(pauses, col("u") < col("e")).with_columns(s="u", b=NO + 1, f=NO)
    return nw.concat([running.select(names), later.select(names)])


def events(view: TableView, scope: Scope) -> Frame:
    """The steps of all spans, dated."""
    return dated(steps(spans(view, scope).whole, scope), view, scope)


def steps(whole: Frame, scope: Scope) -> Frame:
    """One line per span and day on which it begins or ends before the last period is over.

    d: change of its MRR; re: of this, by a resumption; pa: given up by a pause; sign: 1 where it begins, -1 where it ends.
    """
    names = ("id", "g", "p", "cur", "w")
    starts = whole.select(*names, day="s", d="w", re=col("w") * col("b"), pa=NO, sign=NO + 1)
    ends = whole.select(*names, day="e", d=NO - col("w"), re=NO, pa=col("w") * col("f"), sign=NO - 1)
    return nw.concat([starts, ends]).filter(col("day") < edges(scope.periods)[-1])


def dated(frame: Frame, view: TableView, scope: Scope) -> Frame:
    """With the period k of each day, and x, the number of the rates that hold. Looking a day up costs most of all: best of few lines."""
    return looked_up(numbered(frame, scope.periods, k="day"), view.money.change_days, x="day")
