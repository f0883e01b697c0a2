"""First trials: a line per customer, with what is known on the last day of the data."""

from __future__ import annotations

from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.counts import WHOLE, Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, sum_by
from custmetrics_cli.metrics.shared.counting import Counted, Row, with_details
from custmetrics_cli.metrics.shared.groups import GroupOf, same_group
from custmetrics_cli.metrics.shared.packings import FIRST_DAY
from custmetrics_cli.metrics.shared.periods import with_periods

col, lit = nw.col, nw.lit
CONVERTED, LAPSED, RUNNING = range(3)
STATES = ("converted", "lapsed", "running")  # names of totals, by state


def aggregations(view: TableView, scope: Scope, by: str = "day") -> list[Aggregation]:
    """Return first trials by the period and group of a day, and by their state. by: the first day, trial_end or first_paid."""
    dated = with_periods(_first_trials(view, scope), scope.periods, period=by).filter(col("period") <= len(scope.periods))
    keys = ["period", "group", "state", *(["id", "day", "first_paid"] if scope.with_ids else [])]
    counted = sum_by(dated.select(*keys, count=lit(1).cast(nw.Int64)), keys, ["count"])
    return [Aggregation(counted, partial(_count, view.group_of if view.is_grouped else same_group))]


def _first_trials(view: TableView, scope: Scope) -> Frame:
    """Return each customer's first trial: its day, group and state. Customers who paid before have none."""
    known = scope.last_known_day if scope.last_known_day is not None else -FAR
    rows = _rows(view)
    is_first = col("trial_start") == col("trial_start").min().over("id")
    rows = rows.with_columns(trial_end=nw.when(is_first).then(col("trial_end")).otherwise(lit(-FAR)).cast(nw.Int64))
    customers = rows.group_by("id").agg(col("first_paid").min(), col("first").min(), col("trial_end").max())
    day, group = FIRST_DAY.unpack(col("first"))
    trials = customers.with_columns(day=day, group=group).filter(col("first_paid") >= col("day"))
    lapsed = nw.when(col("trial_end") <= known).then(lit(LAPSED)).otherwise(lit(RUNNING))
    return trials.with_columns(state=nw.when(col("first_paid") <= known).then(lit(CONVERTED)).otherwise(lapsed))


def _rows(view: TableView) -> Frame:
    """Return all rows of customers with a trial: trial_start, trial_end, first_paid, and the packed day and group of the trial."""
    has_trial = col("trial_start") < FAR
    with_trial = view.with_skipped().filter(has_trial).select("id").unique()
    day_and_group = FIRST_DAY.pack(day=col("trial_start").cast(nw.Int64), group=col("group"))
    never = lit(FIRST_DAY.pack(day=FAR, group=0))
    return (
        view.with_skipped()
        .join(with_trial, on="id", how="semi")
        .select(
            "id",
            "trial_start",
            first_paid=nw.when(col("skip_rule") == 0).then(col("started_at")).otherwise(lit(FAR)).cast(nw.Int64),
            first=nw.when(has_trial).then(day_and_group).otherwise(never),
            trial_end=nw.when(has_trial).then(_trial_end(view)).otherwise(lit(-FAR)).cast(nw.Int64),
        )
    )


def _trial_end(view: TableView) -> nw.Expr:
    """Return the day on which the trial of a row ends; FAR if the status of the row is trial, as it then runs on the day of the export."""
    is_running = col("skip_rule") == view.skip_number("trial")
    paying = nw.when(col("started_at") > col("trial_start")).then(col("started_at")).otherwise(col("ended_at"))
    return nw.when(is_running).then(lit(FAR)).otherwise(nw.min_horizontal(paying, col("ended_at")))


def _count(group_of: GroupOf, row: Row) -> Counted:
    counts = {"trials": row["count"], STATES[row["state"]]: row["count"]}
    for group in (group_of(row["group"]), WHOLE):
        yield row["period"], group, with_details(counts, (row["day"], row["first_paid"])) if "day" in row else counts
