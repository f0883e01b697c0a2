"""Events reduced to days: one line per user and day, made once; and what is counted of these.

Users of groups overlap: who was active in two groups is a user of both. So what is counted over all groups is counted from lines
of its own, one per user and day whatever the group, with WHOLE for a group.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.counts import WHOLE, Aggregation, Counts, DetailedCounts
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.errors import CustmetricsError, Problem, near
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.engines.query.run import Frame, flag, materialise, sum_by
from custmetrics_cli.metrics.activity.totals import MONTH
from custmetrics_cli.metrics.shared.periods import edges, numbered

col, lit = nw.col, nw.lit
Row = Mapping[str, Any]
Counted = Iterator[tuple[int, int, Counts]]
ONE = lit(1).cast(nw.Int64)


def user_days(view: TableView, scope: Scope) -> Frame:
    """id, day, p: from as long before the first period as the widest window reaches into it. Made once, whatever the periods."""
    first, last = edges(scope.periods)[0] - MONTH + 1, edges(scope.periods)[-1]
    return view.once(("user days", first, last), lambda: materialise(_user_days(view, first, last)))


def _user_days(view: TableView, first: int, last: int) -> Frame:
    rows = view.frame().filter(col("timestamp") >= first, col("timestamp") < last)
    seen = rows.select("id", day=col("timestamp"), p=view.group_column()).unique()
    if not view.is_grouped:
        return seen
    seen = materialise(seen)
    whole = seen.select("id", "day").unique().with_columns(p=lit(WHOLE).cast(nw.Int64))
    return nw.concat([seen, whole])


def _groups(view: TableView, row: Row) -> tuple[int, ...]:
    """Where nothing is split, what counts for the one group counts for the whole."""
    return (row["p"],) if view.is_grouped else (row["p"], WHOLE)


def users(view: TableView, scope: Scope) -> list[Aggregation]:
    """Users of each period by how many days they were active on."""
    dated = numbered(user_days(view, scope), scope.periods, k="day").filter(col("k") > 0)
    keys = ["k", "p", *(["id"] if scope.with_ids else [])]
    each = dated.group_by("id", "k", "p").agg(days=nw.len(), last=col("day").max()).with_columns(col("days").cast(nw.Int64))
    ready = each.with_columns(users=ONE, several=flag(col("days") > 1))
    names = ["users", "several", "days"]
    sums = sum_by(ready.select(*keys, *names), keys, names) if not scope.with_ids else ready
    return [Aggregation(sums, partial(_of_users, view, scope.periods))]


def _of_users(view: TableView, periods: tuple[Period, ...], row: Row) -> Counted:
    n, several = row["users"], row["several"]
    counts = DetailedCounts(active_users=n, returning_users=several, one_day_users=n - several, user_days=row["days"])
    counts["possible_days"] = n * periods[row["k"] - 1].days
    counts.details = (row["days"], row["last"]) if "last" in row else ()
    for g in _groups(view, row):
        yield row["k"], g, counts


def rolling(view: TableView, scope: Scope, window: int) -> list[Aggregation]:
    """Users active in the window up to each day, summed over the days of a period.

    A day of a user counts on itself and on the days after it, until the user's next, or the window is over: from s to before e.
    """
    border = edges(scope.periods)
    follows = col("day").shift(-1).over("id", "p", order_by="day").fill_null(FAR).clip(None, border[-1])
    until = col("day").cast(nw.Int64) + window
    spans = user_days(view, scope).with_columns(follows=follows.cast(nw.Int64), until=until)
    shorter = nw.when(col("follows") < col("until")).then(col("follows")).otherwise(col("until"))
    counted = spans.with_columns(s=col("day").cast(nw.Int64), e=shorter, n=ONE).filter(col("e") > border[0]).with_columns(last=col("e") - 1)
    keys = ["ks", "ke", "p", *(["id"] if scope.with_ids else [])]
    sums = sum_by(numbered(counted, scope.periods, ks="s", ke="last").select(*keys, "n", "s", "e"), keys, ["n", "s", "e"])
    return [Aggregation(sums, partial(_of_spans, view, border))]


def _of_spans(view: TableView, border: list[int], row: Row) -> Counted:
    """n spans that begin in period ks and end in ke, with the sums of their first days and of the days after them."""
    for k in range(max(row["ks"], 1), row["ke"] + 1):
        since = row["s"] if k == row["ks"] else row["n"] * border[k - 1]
        until = row["e"] if k == row["ke"] else row["n"] * border[k]
        for g in _groups(view, row):
            yield k, g, {"rolling": until - since}


def _within(view: TableView, scope: Scope) -> Frame:
    dated = numbered(view.frame().with_columns(p=view.group_column()), scope.periods, k="timestamp")
    return dated.filter(col("k") > 0, col("k") <= len(scope.periods))


def events(view: TableView, scope: Scope) -> list[Aggregation]:
    """Events, and how long those took that say it."""
    keys, took = ["k", "p", *(["id"] if scope.with_ids else [])], col("duration")
    ready = _within(view, scope).with_columns(timed=flag(took >= 0), ms=took.clip(0, None), n=ONE)
    sums = sum_by(ready.select(*keys, "timed", "ms", "n"), keys, ["timed", "ms", "n"])
    return [Aggregation(sums, _of_events)]


def _of_events(row: Row) -> Counted:
    timed, n = row["timed"], row["n"]
    for g in (row["p"], WHOLE):
        yield row["k"], g, {"duration": row["ms"], "timed_events": timed, "untimed_events": n - timed, "events": n}


def reactions(view: TableView, scope: Scope) -> list[Aggregation]:
    """Events of the kinds asked for; none where no file says of which kind events are."""
    if not view.can_answer("event"):
        return []
    keys = ["k", "p", *(["id"] if scope.with_ids else [])]
    ready = _within(view, scope).filter(_of_kinds(view, scope)).with_columns(n=ONE)
    return [Aggregation(sum_by(ready.select(*keys, "n"), keys, ["n"]), _of_reactions)]


def _of_reactions(row: Row) -> Counted:
    for g in (row["p"], WHOLE):
        yield row["k"], g, {"reactions": row["n"]}


def _of_kinds(view: TableView, scope: Scope) -> nw.Expr:
    """Raises CustmetricsError E171 for a kind that no row has."""
    codes, words = view.encoded("event")
    kinds = [kind.strip() for kind in str(scope.options["event"]).split(",")]
    known = [word for word in words if word]
    for kind in kinds:
        if kind not in known:
            raise CustmetricsError(Problem("E171", f"--event '{kind}' is the event of no row", hint=near(kind, known)))
    return codes.is_in([words.index(kind) for kind in kinds])
