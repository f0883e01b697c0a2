"""The group of a customer at the start and end of periods, if its rows are in several groups."""

from __future__ import annotations

from collections.abc import Callable

import narwhals.stable.v2 as nw

from custmetrics_cli.engines.query.run import Frame, materialise, sum_by

col, lit = nw.col, nw.lit
FEW_PERIODS = 3  # up to here it is faster to look at each border than to track which rows run
NO_GROUP = 2**30  # no row of the customer runs at that border

GroupOf = Callable[[int], int]  # from the number of a group to the group that --by and --where ask for


def same_group(number: int) -> int:
    """Return the group of a number where nothing is split."""
    return number


def groups_at_borders(net: Frame, rows: Frame, borders: list[int]) -> Frame:
    """Add group_before and group_after for a few periods: at each border the first group by name of the rows that run."""
    runs = [(col("start") < border) & (col("end") >= border) for border in borders]
    at = {f"at{number}": nw.when(run).then(col("group").cast(nw.Int64)).otherwise(lit(NO_GROUP)) for number, run in enumerate(runs)}
    joined = net.join(rows.select("id", **at).group_by("id").agg(col(*at).min()), on="id", how="inner")
    after, before = col("at0"), lit(NO_GROUP)
    for period in range(1, len(borders)):
        after = nw.when(col("period") == period).then(col(f"at{period}")).otherwise(after)
        before = nw.when(col("period") == period).then(col(f"at{period - 1}")).otherwise(before)
    return joined.with_columns(group_before=before.cast(nw.Int64), group_after=after.cast(nw.Int64))


def track_groups(net: Frame, events: Frame) -> Frame:
    """Add group_before and group_after for any number of periods. Most customers have one group, and only the others are tracked."""
    ranges = events.group_by("id").agg(group_after=col("group").min(), last_group=col("group").max())
    joined = net.join(materialise(ranges), on="id", how="inner").with_columns(col("group_after").cast(nw.Int64))
    fixed = joined.filter(col("group_after") == col("last_group")).with_columns(group_before=col("group_after"))
    moving = materialise(joined.filter(col("group_after") != col("last_group")).drop("group_after"))
    groups = _groups_after(events.join(moving.select("id").unique(), on="id", how="semi"))
    before = col("group_after").shift(1).over("id", order_by="period").fill_null(NO_GROUP).cast(nw.Int64)
    moved = moving.join(groups, on=["id", "period"], how="inner").with_columns(group_before=before)
    names = [*net.collect_schema().names(), "group_before", "group_after"]
    return nw.concat([fixed.select(names), moved.select(names)])


def _groups_after(events: Frame) -> Frame:
    """Return group_after of each customer and period with an event.

    The row with most money decides among those that run then, and the first group by name among equals.
    """
    touched = events.select("id", col("period").cast(nw.Int64)).unique()
    running = _running(events, touched)
    if "monthly" in running.collect_schema().names():
        running = running.with_columns(most=col("monthly").max().over("id", "period")).filter(col("monthly") == col("most"))
    groups = running.select("id", "period", group_after=col("group").cast(nw.Int64))
    nothing = touched.select("id", "period", group_after=lit(NO_GROUP).cast(nw.Int64))
    return nw.concat([groups, nothing]).group_by("id", "period").agg(col("group_after").min())


def _running(events: Frame, touched: Frame) -> Frame:
    """Return the groups (and amounts) of a customer that still have a row running after each touched period."""
    unit = [name for name in ("id", "group", "monthly") if name in events.collect_schema().names()]
    steps = events.filter(col("change") != 0).select(*unit, nw.col("period", "change").cast(nw.Int64))
    grid = touched.join(steps.select(*unit).unique(), on="id", how="inner").select(*unit, "period", change=lit(0).cast(nw.Int64))
    moves = sum_by(nw.concat([grid, steps]), [*unit, "period"], ["change"])
    return moves.with_columns(count=col("change").cum_sum().over(*unit, order_by="period")).filter(col("count") > 0)
