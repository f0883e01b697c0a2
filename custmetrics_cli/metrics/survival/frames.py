"""Stints by age: when they come into view, and when they end or are censored.

A period looks at the stints that run in it. One that began before the period is at risk from its age at the start of the period on. One
that runs on is censored on the last day of the period, or of the data. Its group is the one in which it began.

Keys of counts: (ENTRY, age) and (EXIT, age, kind). kind: CENSORED, or 1 + the kind of the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.counts import WHOLE, Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.neighbours import neighbour
from custmetrics_cli.engines.query.run import Frame, flag, materialise, sum_by
from custmetrics_cli.metrics.customers.stints import Stints, column_or_zero, make_stints
from custmetrics_cli.metrics.shared.counting import Counted, Row
from custmetrics_cli.metrics.shared.groups import GroupOf, same_group
from custmetrics_cli.metrics.survival.ages import with_age

col, lit, long = nw.col, nw.lit, nw.Int64
ENTRY, EXIT = "entry", "exit"
CENSORED = 0


def stints_by_age(view: TableView, scope: Scope, renewals: bool = False) -> list[Aggregation]:
    """Count stints by their ages, for each period on its own.

    renewals: ages in months, and that of an end counts a month that has begun.
    Every row is counted as if its customer had no other row. Customers with several rows are then taken back.
    """
    made, group_of = make_stints(view, scope), view.group_of if view.is_grouped else same_group
    parts = [(_spans(made.rows), 1), (_spans(made.repeated), -1), (_joined(made), 1)]
    known = -FAR if scope.last_known_day is None else scope.last_known_day
    found = []
    for number, period in enumerate(scope.periods, 1):
        first, last = period.start_number, min(period.end_number - 1, known)
        for spans, sign in parts:
            within = spans.filter(col("start") <= last, col("end") >= first)
            found += _aggregations(within, (first, last), scope, renewals, partial(_count, group_of, number, sign))
    return found


def _spans(rows: Frame) -> Frame:
    return rows.select("id", "start", "end", "group", kind=column_or_zero(rows, "reason_kind").cast(long) + 1)


def single_spans(made: Stints) -> Frame:
    """Return every stint once: id, start, end, group and kind. The stints must keep their ids."""
    others = made.rows.join(made.repeated.select("id").unique(), on="id", how="anti")
    names = ("id", "start", "end", "group", "kind")
    spans = [frame.with_columns(nw.col(*names[1:]).cast(long)).select(*names) for frame in (_spans(others), _joined(made))]
    return nw.concat(spans)


def _joined(made: Stints) -> Frame:
    """Return the stints of customers with several rows, in the group in which they began."""
    borders = made.events.filter(col("stint_change") != 0)
    kind = column_or_zero(borders, "reason_kind").cast(long) + 1
    ready = borders.select("id", "stint_change", day=col("day").cast(long), group=col("group").cast(long), kind=kind)
    order = ready.with_columns(order=2 * col("day") - flag(col("stint_change") < 0))
    began = {"start": neighbour("day", 1, -FAR, "order"), "first_group": neighbour("group", 1, 0, "order")}
    ends = order.with_columns(**began).filter(col("stint_change") == -1)
    return materialise(ends.select("id", "start", end="day", group="first_group", kind="kind"))


def _aggregations(spans: Frame, days: tuple[int, int], scope: Scope, renewals: bool, count: partial[Counted]) -> list[Aggregation]:
    (first, last), ids = days, ["id"] if scope.with_ids else []
    unit = "month" if renewals else str(scope.options["unit"])
    has_ended = col("end") <= last
    until = nw.when(has_ended).then(col("end")).otherwise(lit(last))
    seen_from = nw.when(col("start") < first).then(lit(first - 1)).otherwise(col("start"))
    day = flag(has_ended) * col("end").cast(long)
    counted = spans.with_columns(
        count=lit(1).cast(long),
        kind=flag(has_ended) * col("kind"),
        day=day,
        square=day * day,
        until=until.cast(long),
        seen_from=seen_from.cast(long),
    )
    aged = with_age(with_age(counted, "start", "seen_from", unit, ENTRY), "start", "until", unit, EXIT)
    if renewals:
        aged = aged.with_columns(**{EXIT: col(EXIT) + flag(has_ended & (col("_to_day") != col("_from_day")))})
    followed = materialise(aged.filter((col(EXIT) > col(ENTRY)) | (col("start") >= first)))
    return [
        _aggregation(followed, [ENTRY, "group", *ids], ["count"], partial(count, ENTRY)),
        _aggregation(followed, [EXIT, "kind", "group", *ids], ["count", "day", "square"], partial(count, EXIT)),
    ]


def _aggregation(rows: Frame, keys: Sequence[str], sums: Sequence[str], count: partial[Counted]) -> Aggregation:
    return Aggregation(sum_by(rows.select(*keys, *sums), keys, sums), count)


def _count(group_of: GroupOf, period: int, sign: int, name: str, row: Row) -> Counted:
    """Count stints. The sums of the days on which they ended tell whether all of them ended on one day."""
    count = sign * row["count"]
    counts: dict[object, int] = {(name, row[name]): count, "followed": count}
    if name == EXIT:
        kind = row["kind"]
        counts = {(name, row[name], kind): count, "censored" if kind == CENSORED else "ended": count}
        counts |= {"end_days": sign * row["day"], "end_squares": sign * row["square"]}
    for group in dict.fromkeys((group_of(row["group"]), WHOLE)):
        yield period, group, counts
