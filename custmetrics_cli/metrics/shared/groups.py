"""To which group a customer belongs at the edges of periods, where its rows stand in several."""

from __future__ import annotations

from collections.abc import Callable

import narwhals.stable.v2 as nw

from custmetrics_cli.engines.query.run import Frame, materialise, sum_by

col, lit = nw.col, nw.lit
FEW = 3  # periods: up to here it is quicker to look at every edge than to follow who runs when


def groups_at_edges(net: Frame, rows: Frame, border: list[int]) -> Frame:
    """For few edges: at each, the first by name of the rows that run there."""
    runs = [(col("s") < edge) & (col("e") >= edge) for edge in border]
    there = {f"at{period}": nw.when(there).then(col("group").cast(nw.Int64)).otherwise(lit(NOWHERE)) for period, there in enumerate(runs)}
    joined = net.join(rows.select("id", **there).group_by("id").agg(col(*there).min()), on="id", how="inner")
    after, before = col("at0"), lit(NOWHERE)
    for period in range(1, len(border)):
        after = nw.when(col("period") == period).then(col(f"at{period}")).otherwise(after)
        before = nw.when(col("period") == period).then(col(f"at{period - 1}")).otherwise(before)
    return joined.with_columns(g0=before.cast(nw.Int64), g1=after.cast(nw.Int64))


def track_groups(net: Frame, events: Frame) -> Frame:
    """For any number of edges. Most customers never change their group, and cost no more than finding that out."""
    ranges = events.group_by("id").agg(g1=col("group").min(), most=col("group").max())
    joined = net.join(materialise(ranges), on="id", how="inner").with_columns(col("g1").cast(nw.Int64))
    fixed = joined.filter(col("g1") == col("most")).with_columns(g0=col("g1"))
    moving = materialise(joined.filter(col("g1") != col("most")).drop("g1"))
    groups = _groups(events.join(moving.select("id").unique(), on="id", how="semi"))
    before = col("g1").shift(1).over("id", order_by="period").fill_null(NOWHERE).cast(nw.Int64)
    moved = moving.join(groups, on=["id", "period"], how="inner").with_columns(g0=before)
    names = [*net.collect_schema().names(), "g0", "g1"]
    return nw.concat([fixed.select(names), moved.select(names)])


def _groups(events: Frame) -> Frame:
    """g1: the group of the customer at each touched k: of the rows running then, the one with most MRR, then the first by name."""
    touched = events.select("id", col("period").cast(nw.Int64)).unique()
    running = _running(events, touched)
    if "w" in running.collect_schema().names():
        running = running.with_columns(top=col("w").max().over("id", "period")).filter(col("w") == col("top"))
    known = nw.concat(
        [running.select("id", "period", g1=col("group").cast(nw.Int64)), touched.select("id", "period", g1=lit(NOWHERE).cast(nw.Int64))]
    )
    return known.group_by("id", "period").agg(col("g1").min())


def _running(events: Frame, touched: Frame) -> Frame:
    """Which (group, amount) of a customer still has a row running after each touched k."""
    unit = [name for name in ("id", "group", "w") if name in events.collect_schema().names()]
    steps = events.filter(col("d") != 0).select(*unit, nw.col("period", "d").cast(nw.Int64))
    grid = touched.join(steps.select(*unit).unique(), on="id", how="inner").select(*unit, "period", d=lit(0).cast(nw.Int64))
    moves = sum_by(nw.concat([grid, steps]), [*unit, "period"], ["d"])
    return moves.with_columns(n=col("d").cum_sum().over(*unit, order_by="period")).filter(col("n") > 0)


NOWHERE = 2**30  # no group: nothing of the customer runs at that edge


Place = Callable[[int], int]


def same_group(number: int) -> int:
    """The place of numbers that are groups themselves."""
    return number
