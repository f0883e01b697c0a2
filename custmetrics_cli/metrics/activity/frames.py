"""Events reduced to a line per user and day, and the counts made from these.

A user who is active in two groups is a user of both. So what counts over all groups is counted from lines of its own, a line per
user and day in the group WHOLE.
"""

from __future__ import annotations

from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.counts import WHOLE, Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.errors import CustmetricsError, Problem, near
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.engines.query.run import Frame, flag, materialise, sum_by
from custmetrics_cli.metrics.activity.totals import MONTH
from custmetrics_cli.metrics.shared.counting import Counted, Row, with_details
from custmetrics_cli.metrics.shared.periods import borders_of, with_periods

col, lit = nw.col, nw.lit
ONE = lit(1).cast(nw.Int64)


def user_days(view: TableView, scope: Scope) -> Frame:
    """Return id, day and row_group of each active day, from the widest window before the first period on. Made once for any periods."""
    first, last = borders_of(scope.periods)[0] - MONTH + 1, borders_of(scope.periods)[-1]
    return view.once(("user days", first, last), lambda: materialise(_user_days(view, first, last)))


def _user_days(view: TableView, first: int, last: int) -> Frame:
    rows = view.frame().filter(col("timestamp") >= first, col("timestamp") < last)
    days = rows.select("id", day=col("timestamp"), row_group=view.group_column()).unique()
    if not view.is_grouped:
        return days
    days = materialise(days)
    overall = days.select("id", "day").unique().with_columns(row_group=lit(WHOLE).cast(nw.Int64))
    return nw.concat([days, overall])


def _keys(scope: Scope, *names: str) -> list[str]:
    return [*names, "row_group", *(["id"] if scope.with_ids else [])]


def _groups(view: TableView, row: Row) -> tuple[int, ...]:
    """Return the groups in which a line counts. If nothing is split, the one group is also the whole."""
    return (row["row_group"],) if view.is_grouped else (row["row_group"], WHOLE)


def users(view: TableView, scope: Scope) -> list[Aggregation]:
    """Count the users of each period, by one active day or several."""
    dated = with_periods(user_days(view, scope), scope.periods, period="day").filter(col("period") > 0)
    each = dated.group_by("id", "period", "row_group").agg(days=nw.len(), last_day=col("day").max())
    ready = each.with_columns(col("days").cast(nw.Int64), count=ONE, returning=flag(col("days") > 1))
    keys, sums = _keys(scope, "period"), ["count", "returning", "days"]
    summed = ready if scope.with_ids else sum_by(ready.select(*keys, *sums), keys, sums)
    return [Aggregation(summed, partial(_count_users, view, scope.periods))]


def _count_users(view: TableView, periods: tuple[Period, ...], row: Row) -> Counted:
    count, returning = row["count"], row["returning"]
    counts = {"active_users": count, "returning_users": returning, "one_day_users": count - returning, "user_days": row["days"]}
    counts["possible_days"] = count * periods[row["period"] - 1].days
    detailed = with_details(counts, (row["days"], row["last_day"]) if "last_day" in row else ())
    for group in _groups(view, row):
        yield row["period"], group, detailed


def rolling(view: TableView, scope: Scope, window: int) -> list[Aggregation]:
    """Count the users active in the window up to each day, summed over the days of a period.

    An active day of a user counts on itself and on the days after it, until the next active day or the end of the window.
    """
    borders = borders_of(scope.periods)
    next_day = col("day").shift(-1).over("id", "row_group", order_by="day").fill_null(FAR).clip(None, borders[-1])
    days = user_days(view, scope).with_columns(next_day=next_day.cast(nw.Int64), window_end=col("day").cast(nw.Int64) + window)
    end = nw.when(col("next_day") < col("window_end")).then(col("next_day")).otherwise(col("window_end"))
    spans = days.with_columns(start=col("day").cast(nw.Int64), end=end, count=ONE).filter(col("end") > borders[0])
    dated = with_periods(spans.with_columns(last_day=col("end") - 1), scope.periods, start_period="start", end_period="last_day")
    keys, sums = _keys(scope, "start_period", "end_period"), ["count", "start", "end"]
    return [Aggregation(sum_by(dated.select(*keys, *sums), keys, sums), partial(_count_spans, view, borders))]


def _count_spans(view: TableView, borders: list[int], row: Row) -> Counted:
    """Count the days of spans that begin and end in the same periods; start and end are sums over these spans."""
    for period in range(max(row["start_period"], 1), row["end_period"] + 1):
        since = row["start"] if period == row["start_period"] else row["count"] * borders[period - 1]
        until = row["end"] if period == row["end_period"] else row["count"] * borders[period]
        for group in _groups(view, row):
            yield period, group, {"rolling": until - since}


def _dated(view: TableView, scope: Scope, rows: Frame, **columns: nw.Expr) -> Frame:
    """Return events of the periods with row_group and further columns."""
    events = rows.select("id", "timestamp", row_group=view.group_column(), **columns)
    dated = with_periods(events, scope.periods, period="timestamp")
    return dated.filter(col("period") > 0, col("period") <= len(scope.periods))


def events(view: TableView, scope: Scope) -> list[Aggregation]:
    """Count events, and sum the duration of those that have one."""
    timed, duration = flag(col("duration") >= 0), col("duration").clip(0, None)
    dated = _dated(view, scope, view.frame(), timed=timed, duration=duration, count=ONE)
    keys, sums = _keys(scope, "period"), ["timed", "duration", "count"]
    return [Aggregation(sum_by(dated.select(*keys, *sums), keys, sums), _count_events)]


def _count_events(row: Row) -> Counted:
    timed, count = row["timed"], row["count"]
    counts = {"duration": row["duration"], "timed_events": timed, "untimed_events": count - timed, "events": count}
    for group in (row["row_group"], WHOLE):
        yield row["period"], group, counts


def reactions(view: TableView, scope: Scope) -> list[Aggregation]:
    """Count the events that --event names; none if no file has the column event."""
    if not view.can_answer("event"):
        return []
    keys = _keys(scope, "period")
    dated = _dated(view, scope, view.frame().filter(_is_reaction(view, scope)), count=ONE)
    return [Aggregation(sum_by(dated.select(*keys, "count"), keys, ["count"]), _count_reactions)]


def _count_reactions(row: Row) -> Counted:
    for group in (row["row_group"], WHOLE):
        yield row["period"], group, {"reactions": row["count"]}


def _is_reaction(view: TableView, scope: Scope) -> nw.Expr:
    """Return whether --event names the event. Raise CustmetricsError E171 for a name that no row has."""
    codes, words = view.encoded("event")
    names = [name.strip() for name in str(scope.options["event"]).split(",")]
    known = [word for word in words if word]
    for name in names:
        if name not in known:
            raise CustmetricsError(Problem("E171", f"no row has the event '{name}'", hint=near(name, known)))
    return codes.is_in([words.index(name) for name in names])
