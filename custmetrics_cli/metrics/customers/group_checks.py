"""The customers behind the warning that some have rows in several groups."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame
from custmetrics_cli.metrics.customers.silence import ends_by_silence
from custmetrics_cli.metrics.customers.stints import split_rows
from custmetrics_cli.metrics.shared.periods import borders_of

col, lit = nw.col, nw.lit


def several_groups(view: TableView, scope: Scope) -> Frame | None:
    """Return the customers with rows of several groups that run at the start or the end of a period; None if nothing is split.

    Stints by silence are cut where the orders change groups, so none of them run together.
    """
    if not view.is_grouped or ends_by_silence(view):
        return None
    part = "part" if view.has_parts else "group"
    rows = split_rows(view, scope.with_ids)[1].select("id", "start", "end", part=part)
    borders = borders_of(scope.periods)
    running = [rows.filter(col("start") < day, col("end") >= day).select("id", "part", border=lit(day)) for day in borders]
    each = nw.concat(running).group_by("id", "border").agg(first=col("part").min(), last=col("part").max())
    return each.filter(col("first") != col("last")).select("id", count=lit(1)).unique()
