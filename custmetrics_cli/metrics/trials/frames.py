"""First trials: one line per customer, and what is known of it on the last day of the data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.metric import WHOLE, Aggregation, Scope, TableView
from custmetrics_cli.engines.query.run import Frame, sum_by
from custmetrics_cli.metrics.shared.groups import Place, same_group
from custmetrics_cli.metrics.shared.periods import numbered
from custmetrics_cli.metrics.shared.rates import Counted, detailed

col, lit = nw.col, nw.lit
SHIFT = 2**31  # (day, group) as one number, so that the least is the group of the earliest day
CONVERTED, LAPSED, RUNNING = STATES = ("converted", "lapsed", "running")


def aggregations(view: TableView, scope: Scope) -> list[Aggregation]:
    """By period of the first day and group of the first trial: how many became what."""
    dated = numbered(_first(view, scope), scope.periods, k="t").filter(col("k") <= len(scope.periods))
    keys = ["k", "g", "state", *(["id", "t", "paid"] if scope.with_ids else [])]
    counted = sum_by(dated.select(*keys, n=lit(1).cast(nw.Int64)), keys, ["n"])
    return [Aggregation(counted, partial(_unfold, view.group_of if view.is_grouped else same_group))]


def _first(view: TableView, scope: Scope) -> Frame:
    """Per customer: t, the first day of its first trial, its group g, and what became of it; those who paid before have none."""
    known = scope.last_known_day if scope.last_known_day is not None else -FAR
    paid = nw.when(col("skip_rule") == 0).then(col("started_at")).otherwise(lit(FAR)).cast(nw.Int64)
    still = col("skip_rule") == view.skip_number("trial")  # so the row says of the day of the export, whatever dates say of a later one
    on_trial, begun = col("trial_start") < FAR, col("trial_start").cast(nw.Int64)
    paying = nw.when(col("started_at") > col("trial_start")).then(col("started_at")).otherwise(col("ended_at"))
    over = nw.when(still).then(lit(FAR)).otherwise(nw.min_horizontal(paying, col("ended_at")))
    tried = view.with_skipped().filter(on_trial).select("id").unique()
    rows = (
        view.with_skipped()
        .join(tried, on="id", how="semi")
        .select(
            "id",
            "trial_start",
            paid=paid,
            first=nw.when(on_trial).then(begun * SHIFT + col("g")).otherwise(lit(FAR * SHIFT)),
            over=nw.when(on_trial).then(over).otherwise(lit(-FAR)).cast(nw.Int64),
        )
    )
    first = col("trial_start") == col("trial_start").min().over("id")
    rows = rows.with_columns(over=nw.when(first).then(col("over")).otherwise(lit(-FAR)).cast(nw.Int64))
    own = rows.group_by("id").agg(col("paid").min(), col("first").min(), col("over").max())
    trials = own.with_columns(t=col("first") // SHIFT, g=col("first") % SHIFT).filter(col("paid") >= col("t"))
    state = nw.when(col("paid") <= known).then(lit(0)).when(col("over") <= known).then(lit(1)).otherwise(lit(2))
    return trials.with_columns(state=state)


def _unfold(place: Place, row: Mapping[str, Any]) -> Counted:
    counts = {"trials": row["n"], STATES[row["state"]]: row["n"]}
    for g in (place(row["g"]), WHOLE):
        yield row["k"], g, detailed(counts, (row["t"], row["paid"])) if "t" in row else counts
