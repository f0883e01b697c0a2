"""Customers and their MRR at the start and end of each period in which something happens to them."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.engines.query.run import Frame, flag, sum_by
from custmetrics_cli.metrics.shared.groups import track_groups

col, lit = nw.col, nw.lit
ZERO = lit(0).cast(nw.Int64)
SUMS = ("opening", "closing", "change", "less", "payers_before", "payers_after", "count")


def customers_at_borders(steps: Frame, scope: Scope, is_grouped: bool) -> Frame:
    """Return a line per customer and period: the MRR opening and closing, in group_before and group_after.

    running is the number of spans at the end of the period. Period 0 holds what there was before the first period. If customers
    are listed, each customer has a line, in period 1.
    """
    changes = _changes(steps, scope)
    sums = {"closing": "change", "running": "span_change"}
    ran = changes.with_columns(**{name: col(of).cum_sum().over("id", order_by="period").cast(nw.Int64) for name, of in sums.items()})
    levels = ran.with_columns(opening=col("closing") - col("change")).drop("change", "span_change")
    if is_grouped:
        placed = track_groups(levels, steps.with_columns(change=col("span_change")))
    else:
        placed = levels.with_columns(group_before=ZERO, group_after=ZERO)
    return placed.filter(col("period") > 0) if scope.with_ids else placed


def _changes(steps: Frame, scope: Scope) -> Frame:
    names = ["id", "period", "currency", "change", "span_change"]
    changes = steps.with_columns(col("period").cast(nw.Int64)).select(names)
    if scope.with_ids:
        unchanged = changes.select("id", "currency").unique().with_columns(period=ZERO + 1, change=ZERO, span_change=ZERO)
        changes = nw.concat([changes, unchanged.select(names)])
    return sum_by(changes, ["id", "period", "currency"], ["change", "span_change"])


def sum_customers(customers: Frame, scope: Scope) -> Frame:
    """Sum by period, currency and groups.

    change and less are those of customers with MRR at the start. payers_before and payers_after count customers with MRR.
    """
    before, change = flag(col("opening") > 0), col("closing") - col("opening")
    ready = customers.with_columns(
        payers_before=before,
        payers_after=flag(col("closing") > 0),
        change=change * before,
        less=(0 - change).clip(0, None) * before,
        count=ZERO + 1,
    )
    keys = ["period", "currency", "group_before", "group_after", *(["id"] if scope.with_ids else [])]
    return sum_by(ready.select(*keys, *SUMS), keys, list(SUMS))


def count_customers(customers: Frame) -> Frame:
    """Count the customers with the same period, currency, groups and MRR at both borders."""
    keys = ["period", "currency", "group_before", "group_after", "opening", "closing"]
    return sum_by(customers.select(*keys, count=ZERO + 1), keys, ["count"])
