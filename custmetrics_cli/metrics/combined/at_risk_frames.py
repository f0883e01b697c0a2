"""Spans of money, cut where the risk of a customer changes.

A stretch is the time (since, until) in which a customer has the same risk. The stretches of a customer cover all days.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.columns.survey_kind import SURVEYS
from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, materialise
from custmetrics_cli.metrics.revenue.ledger.extra_levels import level
from custmetrics_cli.metrics.revenue.ledger.spans import all_spans
from custmetrics_cli.metrics.surveys.scales import PASSIVE, PROMOTER
from custmetrics_cli.metrics.surveys.totals import ORDER

col, lit = nw.col, nw.lit
NO_ANSWER, DETRACTOR_ANSWER, PASSIVE_ANSWER, PROMOTER_ANSWER = range(4)  # risk by the latest answer
NEVER, SILENT, ACTIVE = range(3)  # risk by activity
STRETCH = ("id", "since", "until", "risk")


def by_answer(view: TableView, scope: Scope) -> list[Aggregation]:
    """Return the MRR of customers by their latest answer."""
    totals = {
        "detractor_mrr": [DETRACTOR_ANSWER],
        "passive_mrr": [PASSIVE_ANSWER],
        "promoter_mrr": [PROMOTER_ANSWER],
        "unanswered_mrr": [NO_ANSWER],
    }
    return _levels(view, scope, _answer_stretches(view), totals, NO_ANSWER)


def by_activity(view: TableView, scope: Scope) -> list[Aggregation]:
    """Return the MRR of customers by whether they were active in the last --days days."""
    totals = {"silent_mrr": [NEVER, SILENT], "never_active_mrr": [NEVER], "active_mrr": [ACTIVE]}
    return _levels(view, scope, _activity_stretches(view, scope), totals, NEVER)


def _levels(view: TableView, scope: Scope, stretches: Frame, totals: dict[str, list[int]], unknown: int) -> list[Aggregation]:
    """Return the level of each total. unknown: the risk of customers without stretches."""
    spans = materialise(all_spans(view, scope))
    cut = materialise(_cut(spans, stretches, unknown))
    parts = [level(view, scope, cut.filter(col("risk").is_in(risks)), name) for name, risks in totals.items()]
    return [*parts, level(view, scope, spans, "closing_mrr")]


def _cut(spans: Frame, stretches: Frame, unknown: int) -> Frame:
    joined = spans.with_columns(nw.col("start", "end").cast(nw.Int64)).join(stretches, on="id", how="left")
    missing = {"since": -FAR, "until": FAR, "risk": unknown}
    filled = joined.with_columns(**{name: col(name).fill_null(value).cast(nw.Int64) for name, value in missing.items()})
    cut = filled.with_columns(start=nw.max_horizontal("start", "since"), end=nw.min_horizontal("end", "until"))
    return cut.filter(col("start") < col("end"))


def _answer_stretches(view: TableView) -> Frame:
    """Return the stretches from one answer to the next. If a customer answers twice on a day, the later answer counts."""
    known = view.frame("surveys").filter(col("kind").is_in([0, SURVEYS.index("nps")]), view.has_id())
    ordered = known.with_columns(last=col(ORDER).max().over("id", "responded_at")).filter(col(ORDER) == col("last"))
    days = ordered.select("id", "responded_at", "score")
    other = nw.when(col("score") >= PASSIVE).then(lit(PASSIVE_ANSWER)).otherwise(lit(DETRACTOR_ANSWER))
    risk = nw.when(col("score") >= PROMOTER).then(lit(PROMOTER_ANSWER)).otherwise(other)
    dated = materialise(days.select("id", since=col("responded_at").cast(nw.Int64), risk=risk.cast(nw.Int64)))
    return nw.concat([_until_next(dated).select(STRETCH), _before_first(dated, NO_ANSWER)])


def _until_next(dated: Frame) -> Frame:
    return dated.with_columns(until=col("since").shift(-1).over("id", order_by="since").fill_null(FAR).cast(nw.Int64))


def _before_first(dated: Frame, risk: int) -> Frame:
    first = dated.group_by("id").agg(until=col("since").min())
    return first.with_columns(since=lit(-FAR).cast(nw.Int64), risk=lit(risk).cast(nw.Int64)).select(STRETCH)


def _activity_stretches(view: TableView, scope: Scope) -> Frame:
    """Return the stretches of silence, and between them those of activity. Silence begins --days days after the last event."""
    seen = view.frame("activity").filter(col("timestamp") < scope.periods[-1].end_number)
    days = materialise(seen.select("id", since=col("timestamp").cast(nw.Int64)).unique())
    silent = _until_next(days).with_columns(since=col("since") + int(scope.options["days"]), risk=lit(SILENT).cast(nw.Int64))
    silences = materialise(nw.concat([silent.filter(col("since") < col("until")).select(STRETCH), _before_first(days, NEVER)]))
    last_silence = col("until").shift(1).over("id", order_by="since").fill_null(-FAR).cast(nw.Int64)
    active = silences.with_columns(since=last_silence, until="since", risk=lit(ACTIVE).cast(nw.Int64)).filter(col("since") > -FAR)
    return nw.concat([silences, active.select(STRETCH)])
