"""The number of subscriptions that run at the borders of periods: items of one count once, a row without an id by itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.counts import WHOLE, Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, flag, sum_by
from custmetrics_cli.metrics.revenue.ledger.spans import all_spans, with_dates
from custmetrics_cli.metrics.shared.counting import Counted, Row
from custmetrics_cli.metrics.shared.periods import borders_of

col, lit, long = nw.col, nw.lit, nw.Int64
COLUMN = "subscription_id"


def subscriptions(view: TableView, scope: Scope) -> list[Aggregation]:
    """Return the changes of their number."""
    steps = _steps(view, scope)
    whole = Aggregation(_changes(steps, view, scope, ()), partial(_count, None))
    return [whole, Aggregation(_changes(steps, view, scope, ("row_group",)), partial(_count, "row_group"))]


def _count(group: str | None, row: Row) -> Counted:
    yield row["period"], row[group] if group else WHOLE, {"subscriptions": row["change"]}


def _steps(view: TableView, scope: Scope) -> Frame:
    """Return a line per span and day on which it begins or ends: step is +1 or -1, subscription 0 without an id."""
    code, words = view.encoded(COLUMN)
    subscription = nw.when(code == len(words) - 1).then(lit(0)).otherwise(code + 1).cast(long)
    spans = all_spans(view, scope, subscription=subscription).with_columns(row_group=col("row_group").cast(long))
    names = ["id", "subscription", "row_group"]
    sides = [spans.select(*names, day=day, step=lit(step).cast(long)) for day, step in (("start", 1), ("end", -1))]
    return nw.concat(sides).filter(col("day") < borders_of(scope.periods)[-1])


def _changes(steps: Frame, view: TableView, scope: Scope, groups: Sequence[str]) -> Frame:
    keys = ["id", "subscription", *groups]
    net = sum_by(steps.select(*keys, "day", "step"), [*keys, "day"], ["step"])
    after = net.with_columns(after=col("step").cum_sum().over(*keys, order_by="day").cast(long))
    began = flag(col("after") > 0) - flag(col("after") - col("step") > 0)
    change = nw.when(col("subscription") == 0).then(col("step")).otherwise(began)
    names = ["period", *groups, *(["id"] if scope.with_ids else [])]
    changed = after.with_columns(change=change.cast(long)).filter(col("change") != 0)
    return sum_by(with_dates(changed, view, scope).select(*names, "change"), names, ["change"])
