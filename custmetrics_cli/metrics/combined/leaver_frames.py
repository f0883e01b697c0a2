"""Answers to nps, and what became of the stint in which they were given.

A stint has ended if its end is on or before --as-of, else today. A scheduled end is not an end yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.counts import WHOLE, Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, flag, materialise, sum_by
from custmetrics_cli.metrics.combined.leaver_totals import STATUSES
from custmetrics_cli.metrics.customers.stints import with_reach
from custmetrics_cli.metrics.shared.counting import Counted, Row, with_details
from custmetrics_cli.metrics.shared.packings import ROW_ORDER
from custmetrics_cli.metrics.surveys.customer_frames import both_of, customers_of
from custmetrics_cli.metrics.surveys.frames import answers, comment_of, comment_texts, listed_columns
from custmetrics_cli.metrics.surveys.scales import score_name

col, lit = nw.col, nw.lit
LEAVER, STAYER, OUTSIDER = range(len(STATUSES))


def answers_by_status(view: TableView, scope: Scope) -> list[Aggregation]:
    """Return how many answers have which score, by what became of their customer; and the number of all answers."""
    keys = ["period", "group", "score", "status", *([*listed_columns(scope), "end"] if scope.with_ids else [])]
    frame = sum_by(_with_status(view, scope).select(*keys, count=col("weight")), keys, ["count"])
    all_keys = ["period", "group", *(["score", *listed_columns(scope)] if scope.with_ids else [])]
    all_answers = sum_by(answers(view, scope, "nps").select(*all_keys, count=col("weight")), all_keys, ["count"])
    comments = comment_texts(view)
    return [Aggregation(frame, partial(_count, view, comments)), Aggregation(all_answers, partial(_count_all, view, comments))]


def customers(view: TableView, scope: Scope, status: str, part: str) -> list[Aggregation]:
    """Return how many customers of a status have which promoters less detractors in how many answers."""
    return customers_of(view, scope, _of_status(view, scope, status), part)


def of_both(view: TableView, scope: Scope, status: str, part: str) -> list[Aggregation]:
    """Return the sums over customers of a status who answered in the first and in the last period."""
    return both_of(view, scope, _of_status(view, scope, status), part)


def _of_status(view: TableView, scope: Scope, status: str) -> Frame:
    return _with_status(view, scope).filter(col("status") == [*STATUSES].index(status))


def _count(view: TableView, comments: Sequence[str], row: Row) -> Counted:
    status, score, count = [*STATUSES][row["status"]], row["score"], row["count"]
    details = (score, row["day"], row["end"], *comment_of(row, comments)) if "day" in row else ()
    counts = with_details({f"{status}_{score_name(score)}": count, f"{status}_answers": count}, details)
    for group in (view.group_of(row["group"]), WHOLE):
        yield row["period"], group, counts


def _count_all(view: TableView, comments: Sequence[str], row: Row) -> Counted:
    details = (row["score"], row["day"], None, *comment_of(row, comments)) if "day" in row else ()
    for group in (view.group_of(row["group"]), WHOLE):
        yield row["period"], group, with_details({"answers": row["count"]}, details)


def _with_status(view: TableView, scope: Scope) -> Frame:
    """Return the answers with the end of the stint in which they were given, and their status."""
    key = ("answers in stints", scope.options.get("answers"), scope.periods, scope.with_ids, scope.with_comments, scope.gap)
    return view.once(key, lambda: materialise(_join_stints(view, scope)))


def _join_stints(view: TableView, scope: Scope) -> Frame:
    found = answers(view, scope, "nps").with_columns(col("day").cast(nw.Int64))
    joined = found.select("id", "day").unique().join(_stints(view, scope.gap), on="id", how="inner")
    within = joined.filter(col("start") <= col("day"), col("day") < col("end")).select("id", "day", "end")
    ended = found.join(within, on=["id", "day"], how="left").with_columns(end=col("end").fill_null(-FAR).cast(nw.Int64))
    stays = nw.when(col("end") <= scope.last_possible_day).then(lit(LEAVER)).otherwise(lit(STAYER))
    return ended.with_columns(status=nw.when(col("end") == -FAR).then(lit(OUTSIDER)).otherwise(stays).cast(nw.Int64))


def _stints(view: TableView, gap: int) -> Frame:
    """Return the stints of the other table: id, start, end."""
    days = {"start": col("started_at").cast(nw.Int64), "end": col("ended_at").cast(nw.Int64)}
    spans = with_reach(view.frame(view.tables[1]).select("id", **days).unique())
    order = ROW_ORDER.pack(start=col("start"), end=col("end"))
    begun = spans.with_columns(is_first=flag(col("start") > col("reach") + gap), order=order)
    numbered = begun.with_columns(stint=col("is_first").cum_sum().over("id", order_by="order"))
    return numbered.group_by("id", "stint").agg(col("start").min(), col("end").max()).select("id", "start", "end")
