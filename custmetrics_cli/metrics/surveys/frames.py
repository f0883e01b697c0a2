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
from custmetrics_cli.core.packing import Field, Packing
from custmetrics_cli.engines.query.run import Frame, flag, materialise, sum_by
from custmetrics_cli.metrics.shared.counting import Counted, Row, with_details
from custmetrics_cli.metrics.shared.packings import DAY, GROUP
from custmetrics_cli.metrics.shared.periods import with_periods
from custmetrics_cli.metrics.surveys.counts import COUNT

col, lit = nw.col, nw.lit
COMMENT = "comment"
COLUMNS = ("score", "day", "group", "period")  # of an answer, beside its id
OTHERS = ("anonymous", "weight")
# The smallest one is the answer that counts: nearest to a day, then with the lowest score, then of the first group by name.
BEST = Packing(Field("distance", DAY.size), Field("score", 2**8), GROUP)


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
    sign, border = (-1, scope.periods[-1].end_number) if which == "latest" else (1, scope.periods[0].start_number)
    one = _one_each(dated, border, sign)
    return _with_comments(one, dated) if scope.with_comments else one


def _all_answers(view: TableView, scope: Scope, survey: str) -> Frame:
    frame = view.frame().filter(col("kind").is_in([0, SURVEYS.index(survey)]), col("count") > 0)
    anonymous = flag(~view.has_id()) if view.can_answer("customer_id") else lit(1).cast(nw.Int64)
    comment = {"comment": _comment_codes(view)[0]} if scope.with_comments else {}
    more = {"anonymous": anonymous, "weight": col("count").cast(nw.Int64), **comment}
    rows = frame.select("id", "score", day="responded_at", group=col("group").cast(nw.Int64), **more)
    return with_periods(rows, scope.periods, period="day").filter(col("period") >= 1, col("period") <= len(scope.periods))


def _comment_codes(view: TableView) -> tuple[nw.Expr, Sequence[str]]:
    """Return the number of each answer's comment, and the comments by number."""
    return view.encoded(COMMENT)


def comment_texts(view: TableView) -> Sequence[str]:
    """Return the comments by number."""
    return _comment_codes(view)[1]


def _one_each(dated: Frame, border: int, sign: int) -> Frame:
    """Return one answer of each customer and period, and all anonymous ones: see BEST.

    border: the day to be near to, the first day of all with sign 1, the last with sign -1.
    """
    long = dated.with_columns(nw.col(*COLUMNS).cast(nw.Int64))
    best = BEST.pack(distance=(col("day") - border) * sign, score=col("score"), group=col("group"))
    one = long.filter(col("anonymous") == 0).with_columns(best=best).group_by("id", "period").agg(col("best").min())
    distance, score, group = BEST.unpack(col("best"))
    found = one.with_columns(group=group, score=score, day=distance * sign + border).with_columns(nw.col(*COLUMNS).cast(nw.Int64))
    known = found.with_columns(anonymous=lit(0).cast(nw.Int64), weight=lit(1).cast(nw.Int64)).select("id", *COLUMNS, *OTHERS)
    return nw.concat([known, long.filter(col("anonymous") == 1).select("id", *COLUMNS, *OTHERS)])


def _with_comments(one: Frame, dated: Frame) -> Frame:
    """Add the comment of each answer; of several equal answers, the first comment by name."""
    keys = ["id", *COLUMNS]
    long = dated.with_columns(nw.col(*COLUMNS, "comment").cast(nw.Int64))
    comments = long.filter(col("anonymous") == 0).group_by(*keys).agg(col("comment").min())
    known = one.filter(col("anonymous") == 0).join(comments, on=keys, how="inner")
    names = [*keys, *OTHERS, "comment"]
    return nw.concat([known.select(*names), long.filter(col("anonymous") == 1).select(*names)])


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
