"""The days between a customer's rows."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.engines.query.run import Frame, collect

col, long = nw.col, nw.Int64


def neighbour(name: str, step: int, missing: int, order: str = "day") -> nw.Expr:
    """Return the value of the customer's row so many rows before, in order; negative: after. missing: where there is none."""
    return col(name).shift(step).over("id", order_by=order).fill_null(missing).cast(long)


def with_gaps(days: Frame) -> Frame:
    """Return the days of each customer that follow another one, with `gap`, the number of days between. days: distinct id and day."""
    ordered = days.with_columns(before=neighbour("day", 1, -FAR))
    return ordered.filter(col("before") > -FAR).with_columns(gap=col("day") - col("before")).drop("before")


def gaps_by_length(days: Frame) -> dict[int, int]:
    """Return how often each number of days lies between a customer's days, in order."""
    counted = with_gaps(days).group_by("gap").agg(count=nw.len())
    return {int(row["gap"]): int(row["count"]) for row in sorted(collect(counted), key=lambda row: int(row["gap"]))}
