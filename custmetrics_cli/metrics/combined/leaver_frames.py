"""Answers, and what became of the stint in which they were given.

A stint has ended where its end has happened: it lies on --as-of, else today, or before. What is scheduled has not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.counts import WHOLE, Aggregation, Counts, DetailedCounts
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, flag, materialise, sum_by
from custmetrics_cli.metrics.combined.leaver_totals import WHOSE
from custmetrics_cli.metrics.customers.stints import WIDE, reaching
from custmetrics_cli.metrics.surveys.frames import Row, answers, comments, netted, told, written
from custmetrics_cli.metrics.surveys.totals import PASSIVE, PROMOTER, net

col, lit = nw.col, nw.lit
LEAVER, STAYER, OUTSIDER = range(len(WHOSE))


def aggregations(view: TableView, scope: Scope) -> list[Aggregation]:
    """How many gave which score, by whose they are; and all answers, whosever they are."""
    keys = ["k", "g", "score", "whose", *([*told(scope), "e"] if scope.with_ids else [])]
    said = comments(view)[1]
    frame = sum_by(_known(view, scope).select(*keys, n=lit(1)), keys, ["n"])
    every = ["k", "g", *(["score", *told(scope)] if scope.with_ids else [])]
    whole = sum_by(answers(view, scope, "nps").select(*every, n=lit(1)), every, ["n"])
    return [Aggregation(frame, partial(_counted, view, said)), Aggregation(whole, partial(_whole, view, said))]


def alike(view: TableView, scope: Scope, whose: str) -> list[Aggregation]:
    """How many customers have which promoters less detractors in how many answers."""
    return netted(view, _known(view, scope).filter(col("whose") == [*WHOSE].index(whose)), net)


def _counted(view: TableView, comments: Sequence[str], row: Row) -> Iterator[tuple[int, int, Counts]]:
    whose, score, n = [*WHOSE][row["whose"]], row["score"], row["n"]
    name = "promoters" if score >= PROMOTER else "passives" if score >= PASSIVE else "detractors"
    counts = DetailedCounts({f"{whose}_{name}": n, f"{whose}_answers": n})
    counts.details = (score, row["day"], row["e"], *written(row, comments)) if "day" in row else ()
    for g in (view.group_of(row["g"]), WHOLE):
        yield row["k"], g, counts


def _whole(view: TableView, comments: Sequence[str], row: Row) -> Iterator[tuple[int, int, Counts]]:
    counts = DetailedCounts(answers=row["n"])
    counts.details = (row["score"], row["day"], None, *written(row, comments)) if "day" in row else ()
    for g in (view.group_of(row["g"]), WHOLE):
        yield row["k"], g, counts


def _known(view: TableView, scope: Scope) -> Frame:
    """The answers with e, the end of the stint in which they were given, and whose they are."""
    key = ("answers in stints", scope.options.get("answers"), scope.periods, scope.with_ids, scope.with_comments, scope.gap)
    return view.once(key, lambda: materialise(_placed(view, scope)))


def _placed(view: TableView, scope: Scope) -> Frame:
    found = answers(view, scope, "nps").with_columns(col("day").cast(nw.Int64))
    there = found.select("id", "day").unique().join(_stints(view, scope.gap), on="id", how="inner")
    within = there.filter(col("s") <= col("day"), col("day") < col("e")).select("id", "day", "e")
    joined = found.join(within, on=["id", "day"], how="left").with_columns(e=col("e").fill_null(-FAR).cast(nw.Int64))
    stays = nw.when(col("e") <= scope.last_possible_day).then(lit(LEAVER)).otherwise(lit(STAYER))
    return joined.with_columns(whose=nw.when(col("e") == -FAR).then(lit(OUTSIDER)).otherwise(stays).cast(nw.Int64))


def _stints(view: TableView, gap: int) -> Frame:
    """One line per stint of the other table: id, s, e."""
    spans = view.frame(view.tables[1]).select("id", s=col("started_at").cast(nw.Int64), e=col("ended_at").cast(nw.Int64)).unique()
    begun = reaching(spans).with_columns(first=flag(col("s") > col("before") + gap), order=col("s") * WIDE + col("e"))
    numbered = begun.with_columns(stint=col("first").cum_sum().over("id", order_by="order"))
    return numbered.group_by("id", "stint").agg(col("s").min(), col("e").max()).select("id", "s", "e")
