"""Answers to surveys: a small histogram of scores, and the answers of each customer.

Further columns of an answer: score; anonymous, 1 if its customer is unknown; weight, the number of equal answers in
the row; and with scope.with_comments the number of its comment.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.columns.survey_kind import SURVEYS
from custmetrics_cli.core.data.counts import WHOLE, Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.engines.query.run import Frame, flag, materialise, sum_by
from custmetrics_cli.metrics.shared.counting import Counted, Row, with_details
from custmetrics_cli.metrics.shared.periods import with_periods
from custmetrics_cli.metrics.surveys.counts import COUNT

col, lit = nw.col, nw.lit
COMMENT = "comment"
ORDER = "responded_at_order"  # of the frame: the time of day, then the row
UNTIMED = 2**40  # the order of an answer without a time is below it


def answers(view: TableView, scope: Scope, survey: str) -> Frame:
    """Return the answers to a survey in the periods: all of each customer, or one if --answers is latest or first.

    The one answer is chosen before --by and --where. Raise CustmetricsError E160 if it needs customers and there are none.
    """
    which = str(scope.options.get("answers", "all"))
    key = ("answers", survey, which, scope.periods, scope.with_ids, scope.with_comments)
    return view.once(key, lambda: materialise(_answers(view, scope, survey, which)))


def _answers(view: TableView, scope: Scope, survey: str, which: str) -> Frame:
    dated = _all_answers(view, scope, survey)
    if which == "all":
        return dated
    if not view.can_answer("customer_id"):
        hint = "name the column with --column customer_id=…, or leave --answers out"
        raise CustmetricsError(Problem("E160", f"--answers {which} needs customer_id, but surveys has no such column", hint=hint))
    known = dated.filter(col("anonymous") == 0)
    for name in ("day", "order"):
        border = col(name).max() if which == "latest" else col(name).min()
        known = known.with_columns(best=border.over("id", "period")).filter(col(name) == col("best"))
    one = known.drop("best").with_columns(weight=lit(1).cast(nw.Int64))
    names = one.collect_schema().names()
    return nw.concat([one, dated.filter(col("anonymous") == 1).select(*names)])


def has_order(view: TableView) -> bool:
    """Return whether the order of answers was read: it is where one answer of each customer counts."""
    return ORDER in view.frame().collect_schema().names()


def same_day_answers(view: TableView, scope: Scope) -> Frame | None:
    """Return customers with one answer that counts, and different scores on its day without times."""
    which = str(scope.options.get("answers", "all"))
    if which == "all" or not view.can_answer("customer_id") or not has_order(view):
        return None
    rows = (
        view.frame()
        .filter(col("count") > 0, view.has_id())
        .select("id", "score", day=col("responded_at").cast(nw.Int64), order=col(ORDER).cast(nw.Int64))
    )
    dated = with_periods(rows, scope.periods, period="day").filter(col("period") >= 1, col("period") <= len(scope.periods))
    best = (col("day").max() if which == "latest" else col("day").min()).over("id", "period")
    untimed = dated.with_columns(best=best).filter(col("day") == col("best"), col("order") < UNTIMED)
    scores = untimed.group_by("id", "period").agg(low=col("score").min(), high=col("score").max())
    return scores.filter(col("low") != col("high")).select("id", count=lit(1)).unique()


def _all_answers(view: TableView, scope: Scope, survey: str) -> Frame:
    frame = view.frame().filter(col("kind").is_in([0, SURVEYS.index(survey)]), col("count") > 0)
    anonymous = flag(~view.has_id()) if view.can_answer("customer_id") else lit(1).cast(nw.Int64)
    comment = {"comment": _comment_codes(view)[0]} if scope.with_comments else {}
    comment |= {"order": col(ORDER).cast(nw.Int64)} if has_order(view) else {}
    more = {"anonymous": anonymous, "weight": col("count").cast(nw.Int64), **comment}
    rows = frame.select("id", "score", day="responded_at", group=col("group").cast(nw.Int64), **more)
    return with_periods(rows, scope.periods, period="day").filter(col("period") >= 1, col("period") <= len(scope.periods))


def _comment_codes(view: TableView) -> tuple[nw.Expr, Sequence[str]]:
    """Return the number of each answer's comment, and the comments by number."""
    return view.encoded(COMMENT)


def comment_texts(view: TableView) -> Sequence[str]:
    """Return the comments by number."""
    return _comment_codes(view)[1]


def histogram(view: TableView, scope: Scope, survey: str) -> list[Aggregation]:
    """Return how many answers have which score, by period and group; with ids also by customer and day."""
    keys = ["period", "group", "score", *listed_columns(scope)]
    frame = sum_by(answers(view, scope, survey).select(*keys, count=col("weight")), keys, ["count"])
    return [Aggregation(frame, partial(_count, view, scope, survey, comment_texts(view)))]


def listed_columns(scope: Scope) -> list[str]:
    """Return the further columns that --list and --comments show."""
    return ["id", "day", *(["comment"] if scope.with_comments else [])] if scope.with_ids else []


def comment_of(row: Row, comments: Sequence[str]) -> tuple[str, ...]:
    """Return the comment of an answer if comments are asked for."""
    return (comments[row["comment"]],) if "comment" in row else ()


def _count(view: TableView, scope: Scope, survey: str, comments: Sequence[str], row: Row) -> Counted:
    details = (row["score"], row["day"], *comment_of(row, comments)) if "day" in row else ()
    counts = with_details(COUNT[survey](scope.options, row["score"], row["count"]), details)
    for group in (view.group_of(row["group"]), WHOLE):
        yield row["period"], group, counts
