"""Spans of money: when a customer paid how much a month, made from rows of subscriptions.

Columns of a span: id, start, end, monthly, currency, group, row_group, resumes and pauses; with --where also part, the group before
--where excludes it. A gap of at most `gap` days carries the amount on. From paused_at to resumed_at a row pays nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.repeats import with_keys
from custmetrics_cli.engines.query.run import Frame, flag, materialise
from custmetrics_cli.metrics.customers.stints import bridge_gaps, split_rows
from custmetrics_cli.metrics.shared.groups import FEW_PERIODS
from custmetrics_cli.metrics.shared.periods import borders_of, with_periods, with_steps

col, lit = nw.col, nw.lit
ZERO = lit(0).cast(nw.Int64)
ONE = ZERO + 1


class Spans(NamedTuple):
    """The spans of all customers, in the form that is fastest to count.

    Each of `rows` is counted as if it were its customer's only one. Then `repeated` are taken back, and `spans` take their place.
    If money is converted, rows pause or customers are listed, all customers are in `spans`.
    """

    rows: Frame | None  # of all customers
    repeated: Frame | None  # of customers with several rows
    spans: Frame


def make_spans(view: TableView, scope: Scope) -> Spans:
    """Return the spans of a table, made once for any periods."""
    return view.once(("spans", scope.gap, scope.with_ids), lambda: _make(view, scope))


def _make(view: TableView, scope: Scope) -> Spans:
    if scope.with_ids or view.money.converts or view.can_answer("paused_at"):
        return Spans(None, None, materialise(all_spans(view, scope)))
    rows, repeated = (frame.with_columns(row_group=view.group_column()) for frame in split_rows(view, with_ids=False))
    return Spans(rows, repeated, _without_pauses(bridge_gaps(repeated, scope.gap)).with_columns(currency=ZERO))


def all_spans(view: TableView, scope: Scope, **more: nw.Expr) -> Frame:
    """Return the spans of all customers, and if the table has them canceled and past_due. more: further columns of the rows."""
    return _split_at_pauses(bridge_gaps(_rows(view, more), scope.gap), view).with_columns(row_group=view.group_column())


def rows_are_spans(view: TableView, scope: Scope) -> bool:
    """Return whether each row is a span: nothing is bridged, paused, converted or listed."""
    return not (scope.gap or scope.with_ids or view.money.converts or view.can_answer("paused_at"))


def changes_only(view: TableView, scope: Scope) -> bool:
    """Return whether the periods are so few that only customers with a change in them need a closer look."""
    return len(scope.periods) <= FEW_PERIODS and rows_are_spans(view, scope)


def rows_as_spans(view: TableView) -> Frame:
    """Return all rows as spans."""
    return _as_spans(_plain_rows(view), view)


def _plain_rows(view: TableView) -> Frame:
    return view.frame().select("id", "group", *part_names(view), start="started_at", end="ended_at", monthly="monthly")


def part_names(view: TableView) -> list[str]:
    """Return the column `part` where frames have it."""
    return ["part"] if view.has_parts else []


def part_keys(frame: Frame) -> list[str]:
    """Return the columns that tell the groups of a customer apart, the finest first."""
    return [*(["part"] if "part" in frame.collect_schema().names() else []), "row_group"]


def _as_spans(rows: Frame, view: TableView) -> Frame:
    return _without_pauses(rows.with_columns(col("group").cast(nw.Int64), currency=ZERO)).with_columns(row_group=view.group_column())


def steps_of_changed(view: TableView, scope: Scope) -> Frame:
    """Return the steps of the customers with a change in the periods; of all customers where selecting them saves little."""
    if changes_only(view, scope):
        rows, borders = _plain_rows(view), borders_of(scope.periods)
        changed = rows.filter(_within("start", borders) | _within("end", borders)).select("id").unique()
        return steps_of(_as_spans(with_keys(rows, changed, named=False), view), scope)
    steps = steps_of(make_spans(view, scope).spans, scope)
    if len(scope.periods) > FEW_PERIODS:
        return steps
    return steps.join(steps.filter(_within("day", borders_of(scope.periods))).select("id").unique(), on="id", how="semi")


def _within(day: str, borders: Sequence[int]) -> nw.Expr:
    return (col(day) >= borders[0]) & (col(day) < borders[-1])


def _rows(view: TableView, more: Mapping[str, nw.Expr]) -> Frame:
    optional = {"canceled": "canceled_at", "past_due": "past_due"}
    columns = {name: col(column) for name, column in optional.items() if view.is_read(column)}
    if view.is_read("paused_at"):  # if no file has resumed_at, no pause ends
        columns |= {"pause_start": _served("paused_at"), "pause_end": _served("resumed_at")}
    currency = view.currency() if view.money.converts else ZERO
    days = {"start": col("started_at"), "end": col("ended_at")}
    return view.frame().select(
        "id", col("group").cast(nw.Int64), *part_names(view), **days, monthly=col("monthly"), currency=currency, **columns, **more
    )


def _served(day: str) -> nw.Expr:
    """Return the day if the row is served then, else FAR: a bridged gap has no pauses."""
    return nw.when(col(day) < col("ended_at")).then(col(day)).otherwise(lit(FAR)).cast(nw.Int32)


def _without_pauses(rows: Frame) -> Frame:
    return rows.with_columns(resumes=ZERO, pauses=ZERO)


def _split_at_pauses(rows: Frame, view: TableView) -> Frame:
    """Split a row that pauses into the spans before and after the pause."""
    if not view.can_answer("paused_at"):
        return _without_pauses(rows)
    pauses = (col("pause_start") > col("start")) & (col("pause_start") < col("end")) & (col("pause_end") > col("pause_start"))
    names = [*(name for name in rows.collect_schema().names() if name not in ("pause_start", "pause_end")), "resumes", "pauses"]
    before = rows.with_columns(pauses=flag(pauses), resumes=ZERO, end=nw.when(pauses).then(col("pause_start")).otherwise(col("end")))
    after = rows.filter(pauses, col("pause_end") < col("end")).with_columns(start="pause_end", resumes=ONE, pauses=ZERO)
    return nw.concat([before.select(names), after.select(names)])


def steps_of(spans: Frame, scope: Scope) -> Frame:
    """Return a line per span and day on which it begins or ends, up to the end of the last period.

    change is its money, resumed and paused are the part of it that a pause explains, span_change is +1 or -1.
    """
    names = ("id", "group", *part_keys(spans), "currency", "monthly")
    begin = {"change": col("monthly"), "resumed": col("monthly") * col("resumes"), "paused": ZERO, "span_change": ONE}
    end = {"change": ZERO - col("monthly"), "resumed": ZERO, "paused": col("monthly") * col("pauses"), "span_change": ZERO - 1}
    steps = nw.concat([spans.select(*names, day="start", **begin), spans.select(*names, day="end", **end)])
    return steps.filter(col("day") < borders_of(scope.periods)[-1])


def dated_steps(view: TableView, scope: Scope) -> Frame:
    """Return the steps of all spans with their periods and exchange-rate steps."""
    return with_dates(steps_of(make_spans(view, scope).spans, scope), view, scope)


def with_dates(frame: Frame, view: TableView, scope: Scope) -> Frame:
    """Add the period and the rate_step of each day. Looking days up is slow, so reduce the lines first where possible."""
    return with_steps(with_periods(frame, scope.periods, period="day"), view.money.change_days, rate_step="day")
