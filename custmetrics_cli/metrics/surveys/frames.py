"""Answers to surveys as frames: a small histogram of scores, and how the answers of each customer add up.

Columns of an answer: id; k its period; g its group; score; day; alone, 1 where it is not known whose it is; with ask.written w, the
number of its comment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.columns.survey_kind import SURVEYS
from custmetrics_cli.core.data.counts import WHOLE, Aggregation, Counts, DetailedCounts
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.engines.query.run import Frame, flag, materialise, sum_by
from custmetrics_cli.metrics.shared.periods import numbered

col, lit = nw.col, nw.lit
Count = Callable[[int, int], dict[str | int, int]]  # from a score and how many gave it
Row = Mapping[str, int]
WIDE = 2**31  # room for a group
MOST = 2**10  # room for a score
WRITTEN = "comment"


def answers(view: TableView, scope: Scope, survey: str) -> Frame:
    """The answers of a kind of survey in the periods asked for; of each customer all of them, or --answers latest or first.

    Raises CustmetricsError E160 when customers cannot be told apart. One answer of each is chosen before --by and --where.
    """
    which = scope.options.get("answers", "all")
    key = ("answers", survey, which, scope.periods, scope.with_ids, scope.with_comments)
    return view.once(key, lambda: materialise(_chosen(view, scope, survey, str(which))))


def _chosen(view: TableView, scope: Scope, survey: str, which: str) -> Frame:
    frame = view.frame().filter(col("kind").is_in([0, SURVEYS.index(survey)]))
    alone = flag(~view.has_id()) if view.can_answer("customer_id") else lit(1).cast(nw.Int64)
    written = {"w": comments(view)[0]} if scope.with_comments else {}
    rows = frame.select("id", "score", day="responded_at", g=col("g").cast(nw.Int64), alone=alone, **written)
    dated = numbered(rows, scope.periods, k="day").filter(col("k") >= 1, col("k") <= len(scope.periods))
    if which == "all":
        return dated
    if not view.can_answer("customer_id"):
        hint = "say which column it is: --column customer_id=…; or leave --answers out"
        raise CustmetricsError(Problem("E160", f"--answers {which} needs customer_id, and no file of surveys has it", hint=hint))
    far = scope.periods[-1].end_number if which == "latest" else scope.periods[0].start_number
    one = _one_each(dated, far, sign=-1 if which == "latest" else 1)
    return _commented(one, dated) if scope.with_comments else one


def comments(view: TableView) -> tuple[nw.Expr, Sequence[str]]:
    """The numbers of comments, and the comments by number."""
    return view.encoded(WRITTEN)


def _commented(one: Frame, dated: Frame) -> Frame:
    """With the comment of each answer; of several answers that are alike the first by name."""
    keys, names = ["id", "k", "score", "day", "g"], ["id", "k", "score", "day", "g", "alone", "w"]
    whole = dated.with_columns(nw.col(*keys[1:], "w").cast(nw.Int64))
    first = whole.filter(col("alone") == 0).group_by(*keys).agg(col("w").min())
    named = one.filter(col("alone") == 0).join(first, on=keys, how="inner")
    return nw.concat([named.select(*names), whole.filter(col("alone") == 1).select(*names)])


def _one_each(dated: Frame, far: int, sign: int) -> Frame:
    """Of each customer and period the answer nearest to a day; of several on one day the lowest score, then the first group.

    far: the day, the first of all with sign 1, the last with sign -1.
    """
    days = (col("day").cast(nw.Int64) - far) * sign
    ordered = dated.with_columns(best=(days * MOST + col("score")) * WIDE + col("g"))
    best = ordered.filter(col("alone") == 0).group_by("id", "k").agg(col("best").min())
    found = best.with_columns(g=col("best") % WIDE, score=col("best") // WIDE % MOST, day=col("best") // (WIDE * MOST) * sign + far)
    names, whole = ["id", "score", "day", "g", "k"], dated.with_columns(nw.col("score", "day", "g", "k").cast(nw.Int64))
    one = found.select(*names[:1], *(col(name).cast(nw.Int64) for name in names[1:])).with_columns(alone=lit(0).cast(nw.Int64))
    return nw.concat([one, whole.filter(col("alone") == 1).select(*names, "alone")])


def histogram(view: TableView, scope: Scope, survey: str, count: Count) -> Aggregation:
    """How many gave which score, by period and group; with ask.named, who and on which day."""
    keys = ["k", "g", "score", *told(scope)]
    frame = sum_by(answers(view, scope, survey).select(*keys, n=lit(1)), keys, ["n"])
    return Aggregation(frame, partial(_counted, view.group_of, count, comments(view)[1]))


def told(scope: Scope) -> list[str]:
    """The columns of what --list and --comments tell of an answer."""
    return ["id", "day", *(["w"] if scope.with_comments else [])] if scope.with_ids else []


def written(row: Row, comments: Sequence[str]) -> tuple[str, ...]:
    """The comment of an answer, where it is kept."""
    return (comments[row["w"]],) if "w" in row else ()


def _counted(place: Callable[[int], int], count: Count, comments: Sequence[str], row: Row) -> Iterator[tuple[int, int, Counts]]:
    counts = DetailedCounts(count(row["score"], row["n"]))
    counts.details = (row["score"], row["day"], *written(row, comments)) if "day" in row else ()
    for g in (place(row["g"]), WHOLE):
        yield row["k"], g, counts


def by_customer(view: TableView, scope: Scope, survey: str, weight: Callable[[nw.Expr], nw.Expr]) -> list[Aggregation]:
    """How many customers have which weight in how many answers, by period and group; none where no file says who answered.

    An answer of which it is not known whose it is counts as a customer of its own.
    """
    return netted(view, answers(view, scope, survey), weight) if view.can_answer("customer_id") else []


def netted(view: TableView, found: Frame, weight: Callable[[nw.Expr], nw.Expr]) -> list[Aggregation]:
    """The same of any answers."""
    rows = found.with_columns(p=view.group_column(), w=weight(col("score")), n=lit(1).cast(nw.Int64))
    alone = rows.filter(col("alone") == 1).select("k", "p", "w", "n")
    each = sum_by(rows.filter(col("alone") == 0), ["id", "k", "p"], ["w", "n"]).select("k", "p", "w", "n")
    alike = [sum_by(frame.with_columns(customers=lit(1)), ["k", "p", "w", "n"], ["customers"]) for frame in (each, alone)]
    return [Aggregation(frame, _alike) for frame in alike]


def _alike(row: Row) -> Iterator[tuple[int, int, Counts]]:
    yield row["k"], row["p"], {(row["w"], row["n"]): row["customers"]}
