"""The rows behind each warning about customers: one row per finding, with id, day columns and a count."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.repeats import possible_duplicates
from custmetrics_cli.engines.query.run import Frame, materialise, sum_by, total
from custmetrics_cli.metrics.customers.reasons import kind
from custmetrics_cli.metrics.customers.stints import Stints, make_stints

col, lit = nw.col, nw.lit
FEWEST = 5  # rows that start the day after another row ended; fewer may be chance


def _stints(view: TableView, scope: Scope) -> Stints | None:
    """Return the stints of customers, or None for subscriptions: their items may overlap."""
    return make_stints(view, scope) if view.tables == ("customers",) else None


def repeated(view: TableView, scope: Scope) -> Frame | None:
    """Return customers and days that several rows share, with the number of rows that are too many."""
    stints, overlaps = _stints(view, scope), overlapping(view, scope)
    if stints is None or overlaps is None:
        return None
    rows = stints.repeated.join(overlaps.select("id"), on="id", how="semi")
    spans = rows.group_by("id", "start", "end").agg(count=nw.len()).filter(col("count") > 1)
    return spans.select("id", started_at="start", ended_at="end", count=col("count").cast(nw.Int64) - 1)


def overlapping(view: TableView, scope: Scope) -> Frame | None:
    """Return customers whose rows together have more days than their stints."""
    stints = _stints(view, scope)
    key = ("overlapping", scope.gap, scope.with_ids)
    return None if stints is None else view.once(key, lambda: _overlaps(stints.events, scope.last_possible_day))


def _overlaps(events: Frame, last: int) -> Frame:
    """Return the customers whose rows overlap. Customers with a row that begins after the last day are left out: planned ends are open."""
    ahead = events.filter(col("change") == 1, col("day") > last).select("id").unique()
    extra = col("day").cast(nw.Int64) * (col("stint_change") - col("change"))
    sums = sum_by(events.select("id", days=extra), ["id"], ["days"])
    return materialise(sums.filter(col("days") != 0).join(ahead, on="id", how="anti").select("id", count=lit(1)))


def duplicate_items(view: TableView, scope: Scope) -> Frame:
    """Return customers, days and prices that several rows of the periods share, with the number of rows that are too many."""
    first, last = scope.periods[0].start_number, scope.periods[-1].end_number
    rows = view.frame().filter(col("started_at") < last, col("ended_at") >= first, col("monthly") > 0)
    same = ("id", "started_at", "ended_at", "monthly")
    spans = possible_duplicates(rows.select(*same), same).group_by(*same).agg(count=nw.len()).filter(col("count") > 1)
    return spans.select("id", "started_at", "ended_at", count=col("count").cast(nw.Int64) - 1)


def day_after(view: TableView, scope: Scope) -> Frame | None:
    """Return stints that begin the day after another one ended, if they outnumber the rows that begin on the day of the end."""
    stints = _stints(view, scope)
    if stints is None:
        return None
    events, change, stint_change = stints.events, col("change"), col("stint_change")
    returns = events.filter(stint_change == 1, col("is_first") == 0).select("id", "day", count=lit(1))
    ends = events.filter(stint_change == -1).select("id", day=col("day") + 1)
    late = materialise(returns.join(ends, on=["id", "day"], how="semi"))
    count = total(late, "count")
    if count < FEWEST or count <= total(events.filter(change == 1, stint_change == 0), "change"):
        return None
    return late.select("id", "count", started_at="day")


def unclear_reasons(view: TableView, scope: Scope) -> Frame | None:
    """Return rows of lost customers with a reason that is neither a decision nor a failed payment."""
    if not view.can_answer("reason"):
        return None
    unclear = view.frame().filter(view.matches("reason", lambda word: bool(word) and kind(word) == 0))
    return unclear.select("id", "started_at", "ended_at", count=lit(1)).filter(col("ended_at") < FAR)


def disagreement(view: TableView, scope: Scope) -> Frame | None:
    """Return customers at the end of the last period by one table who are not customers by the other table."""
    if not all(view.has_column(table, "ended_at") for table in ("customers", "subscriptions")):
        return None
    end = scope.periods[-1].end_number

    def customers_at_end(table: str) -> Frame:
        frame = view.frame(table)
        return frame.filter(col("started_at") < end, col("ended_at") >= end).select("id").unique()

    one, other = customers_at_end("customers"), customers_at_end("subscriptions")
    odd = nw.concat([one.join(other, on="id", how="anti"), other.join(one, on="id", how="anti")])
    return odd.select("id", count=lit(1))
