"""Customers and their MRR at the two edges of each period in which something happens to them."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.engines.query.run import Frame, flag, sum_by
from custmetrics_cli.metrics.shared.groups import track_groups

col, lit = nw.col, nw.lit
SUMMED = ("o", "c", "change", "less", "was", "is", "n")


def customers(events: Frame, scope: Scope, grouped: bool) -> Frame:
    """One line per customer and period k: MRR o at the opening and c at the closing, in the groups g0 and g1 it then belongs to.

    runs: how many spans run at the closing, those of nothing too. Of k = 0 only the closing is known: what there was before the first
    period. With ask.named there is one line for everyone, k = 1.
    """
    steps = events.select("id", col("k").cast(nw.Int64), "cur", "d", "sign")
    if scope.with_ids:
        steps = nw.concat(
            [
                steps,
                steps.select("id", "cur")
                .unique()
                .select("id", "cur", k=lit(1).cast(nw.Int64), d=lit(0).cast(nw.Int64), sign=lit(0).cast(nw.Int64))
                .select(steps.columns),
            ]
        )
    net = sum_by(steps, ["id", "k", "cur"], ["d", "sign"])
    ran = {name: col(of).cum_sum().over("id", order_by="k").cast(nw.Int64) for name, of in (("c", "d"), ("runs", "sign"))}
    there = net.with_columns(**ran).with_columns(o=col("c") - col("d")).drop("d", "sign")
    placed = (
        track_groups(there, events.with_columns(d=col("sign")))
        if grouped
        else there.with_columns(g0=lit(0).cast(nw.Int64), g1=lit(0).cast(nw.Int64))
    )
    return placed.filter(col("k") > 0) if scope.with_ids else placed


def summed(there: Frame, scope: Scope) -> Frame:
    """Sums per k, currency and the two groups. change and less: of those with MRR at the opening; was, is: how many have any."""
    was, change = flag(col("o") > 0), col("c") - col("o")
    ready = there.with_columns(was=was, change=change * was, less=(0 - change).clip(0, None) * was, n=lit(1).cast(nw.Int64))
    ready = ready.with_columns(**{"is": flag(col("c") > 0)})
    keys = ["k", "cur", "g0", "g1", *(["id"] if scope.with_ids else [])]
    return sum_by(ready.select(*keys, *SUMMED), keys, list(SUMMED))


def alike(there: Frame) -> Frame:
    """How many customers are alike: the same k, currency, groups and MRR at both edges."""
    keys = ["k", "cur", "g0", "g1", "o", "c"]
    return sum_by(there.select(*keys, n=lit(1).cast(nw.Int64)), keys, ["n"])
