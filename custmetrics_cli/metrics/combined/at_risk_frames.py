"""Spans of money cut where something that is known of a customer changes.

A stretch is what holds of a customer from one day (since) until another; those of a customer cover all days.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.columns.survey_kind import SURVEYS
from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, materialise
from custmetrics_cli.metrics.revenue.ledger.shown_apart import level
from custmetrics_cli.metrics.revenue.ledger.spans import all_spans
from custmetrics_cli.metrics.surveys.totals import PASSIVE, PROMOTER

col, lit = nw.col, nw.lit
NOTHING, DETRACTOR, NEUTRAL, PROMOTES = range(4)  # what the latest answer says
NEVER, SILENT, ACTIVE = range(3)
STRETCH = ("id", "since", "until", "what")


def by_answer(view: TableView, scope: Scope) -> list[Aggregation]:
    """MRR of customers by their latest answer."""
    named = {"detractor_mrr": [DETRACTOR], "passive_mrr": [NEUTRAL], "promoter_mrr": [PROMOTES], "unanswered_mrr": [NOTHING]}
    return _levels(view, scope, _answered(view), named, NOTHING)


def by_activity(view: TableView, scope: Scope) -> list[Aggregation]:
    """MRR of customers by whether they were active of late."""
    named = {"silent_mrr": [NEVER, SILENT], "never_active_mrr": [NEVER], "active_mrr": [ACTIVE]}
    return _levels(view, scope, _active(view, scope), named, NEVER)


def _levels(view: TableView, scope: Scope, stretches: Frame, named: dict[str, list[int]], unknown: int) -> list[Aggregation]:
    """unknown: what holds of customers without stretches."""
    spans = materialise(all_spans(view, scope))
    cut = materialise(_cut(spans, stretches, unknown))
    parts = [level(view, scope, cut.filter(col("what").is_in(those)), name) for name, those in named.items()]
    return [*parts, level(view, scope, spans, "closing_mrr")]


def _cut(spans: Frame, stretches: Frame, unknown: int) -> Frame:
    joined = spans.with_columns(nw.col("s", "e").cast(nw.Int64)).join(stretches, on="id", how="left")
    filled = {"since": -FAR, "until": FAR, "what": unknown}
    whole = joined.with_columns(**{name: col(name).fill_null(value).cast(nw.Int64) for name, value in filled.items()})
    return whole.with_columns(s=nw.max_horizontal("s", "since"), e=nw.min_horizontal("e", "until")).filter(col("s") < col("e"))


def _answered(view: TableView) -> Frame:
    """Stretches from one answer to the next; of several on one day the lowest score counts."""
    mine = view.frame("surveys").filter(col("kind").is_in([0, SURVEYS.index("nps")]), view.has_id())
    days = mine.group_by("id", "responded_at").agg(col("score").min())
    what = nw.when(col("score") >= PROMOTER).then(lit(PROMOTES)).when(col("score") >= PASSIVE).then(lit(NEUTRAL)).otherwise(lit(DETRACTOR))
    dated = materialise(days.select("id", since=col("responded_at").cast(nw.Int64), what=what.cast(nw.Int64)))
    return nw.concat([_until_next(dated).select(STRETCH), _before(dated, NOTHING)])


def _until_next(dated: Frame) -> Frame:
    return dated.with_columns(until=col("since").shift(-1).over("id", order_by="since").fill_null(FAR).cast(nw.Int64))


def _before(dated: Frame, what: int) -> Frame:
    """The stretch before the first."""
    first = dated.group_by("id").agg(until=col("since").min())
    return first.with_columns(since=lit(-FAR).cast(nw.Int64), what=lit(what).cast(nw.Int64)).select(STRETCH)


def _active(view: TableView, scope: Scope) -> Frame:
    """Stretches of silence, which begin so many days after an event as none follows; and between them those of activity."""
    seen = view.frame("activity").filter(col("timestamp") < scope.periods[-1].end_number)
    days = materialise(seen.select("id", since=col("timestamp").cast(nw.Int64)).unique())
    late = _until_next(days).with_columns(since=col("since") + int(scope.options["days"]), what=lit(SILENT).cast(nw.Int64))
    gaps = materialise(nw.concat([late.filter(col("since") < col("until")).select(STRETCH), _before(days, NEVER)]))
    back = col("until").shift(1).over("id", order_by="since").fill_null(-FAR).cast(nw.Int64)
    between = gaps.with_columns(since=back, until="since", what=lit(ACTIVE).cast(nw.Int64)).filter(col("since") > -FAR)
    return nw.concat([gaps, between.select(STRETCH)])
