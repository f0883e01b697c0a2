"""Customers by what they answered: for confidence intervals, in which all answers of a customer are one draw."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, flag, sum_by
from custmetrics_cli.metrics.shared.counting import Counted, Row
from custmetrics_cli.metrics.surveys.frames import answers
from custmetrics_cli.metrics.surveys.scales import PASSIVE, PROMOTER, Options, easy_from, low_is_good, positive_from
from custmetrics_cli.stats.sums import Joint

col, lit = nw.col, nw.lit
NET, POSITIVE, EASY, SCORE = "net", "positive", "easy", "score"  # what is summed of an answer


def part_of(options: Options, part: str) -> nw.Expr:
    """Return what an answer adds: 1 or -1 for promoters and detractors, 1 for a good answer, or its score."""
    score = col("score").cast(nw.Int64)
    if part == NET:
        return flag(score >= PROMOTER) - flag(score < PASSIVE)
    if part == SCORE:
        return score
    limit = positive_from(options) if part == POSITIVE else easy_from(options)
    return flag(score <= limit) if low_is_good(options) else flag(score >= limit)


def customers(view: TableView, scope: Scope, survey: str, part: str) -> list[Aggregation]:
    """Return how many customers have which sum in how many answers. An answer without a customer is a customer of its own."""
    return customers_of(view, scope, answers(view, scope, survey), part)


def customers_of(view: TableView, scope: Scope, found: Frame, part: str) -> list[Aggregation]:
    """Return the same of any answers."""
    rows = _with_part(view, scope, found, part)
    names = ["period", "row_group", "part", "answers"]
    anonymous = rows.filter(col("anonymous") == 1).with_columns(answers=lit(1).cast(nw.Int64)).select(*names, count=col("weight"))
    known = _by_customer(rows).select(*names).with_columns(count=lit(1).cast(nw.Int64))
    return [Aggregation(sum_by(frame, names, ["count"]), _count_customers) for frame in (known, anonymous)]


def _with_part(view: TableView, scope: Scope, found: Frame, part: str) -> Frame:
    return found.with_columns(row_group=view.group_column(), part=part_of(scope.options, part))


def _by_customer(rows: Frame) -> Frame:
    """Return the sums of each customer who is known, by period and group."""
    weighted = rows.filter(col("anonymous") == 0).with_columns(part=col("part") * col("weight"), answers=col("weight"))
    return sum_by(weighted.select("id", "period", "row_group", "part", "answers"), ["id", "period", "row_group"], ["part", "answers"])


def _count_customers(row: Row) -> Counted:
    yield row["period"], row["row_group"], {(row["part"], row["answers"]): row["count"]}


def of_both(view: TableView, scope: Scope, survey: str, part: str) -> list[Aggregation]:
    """Return the sums over customers who answered in the first and in the last period."""
    return both_of(view, scope, answers(view, scope, survey), part)


def both_of(view: TableView, scope: Scope, found: Frame, part: str) -> list[Aggregation]:
    """Return the same of any answers. Products are small: the sums of a customer's scores."""
    each, last = _by_customer(_with_part(view, scope, found, part)), len(scope.periods)
    sides = {
        f"{letter}{side}": col(name) * flag(col("period") == period)
        for letter, name in (("s", "part"), ("a", "answers"))
        for side, period in ((1, 1), (2, last))
    }
    pairs = sum_by(each.with_columns(**sides).select("id", "row_group", *sides), ["id", "row_group"], list(sides))
    both = pairs.filter(col("a1") > 0, col("a2") > 0)
    products = {name: col(name[:2]) * col(name[2:]) for name in Joint._fields[1:]}
    sums = both.with_columns(m=lit(1).cast(nw.Int64), **products).select("row_group", *Joint._fields)
    return [Aggregation(sum_by(sums, ["row_group"], list(Joint._fields)), lambda row: _count_both(last, row))]


def _count_both(last: int, row: Row) -> Counted:
    yield last, row["row_group"], {name: row[name] for name in Joint._fields}
