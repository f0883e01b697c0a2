"""Retention of new users: who is active again in the day, week or month number N after their first.

Keys of counts: (USERS, cohort), its new users; (ON, cohort, age), those active at that age; (LAST, cohort, age), those last active then.
"""

from __future__ import annotations

from functools import partial
from itertools import accumulate

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.counts import WHOLE, Aggregation, Counts
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, materialise, sum_by
from custmetrics_cli.metrics.cohorts.calendar import CohortCalendar, cohort_calendar
from custmetrics_cli.metrics.shared.counting import Counted, Row
from custmetrics_cli.metrics.shared.packings import FIRST_DAY
from custmetrics_cli.metrics.shared.periods import with_periods

col, lit, long = nw.col, nw.lit, nw.Int64
USERS, ON, LAST = "users", "on", "last"
NEVER = -1  # an age


def covered(calendar: CohortCalendar, scope: Scope) -> int:
    """Return how many spans the data covers. A day without events may be missing from the data, unlike one at the end of a month."""
    last = scope.complete_until if scope.options["each"] == "month" else scope.last_known_day
    return sum(last is not None and span.end_number - 1 <= last for span in calendar.spans)


def new_users(view: TableView, scope: Scope) -> list[Aggregation]:
    """Count new users by their cohort, and by the ages at which they are active."""
    calendar = cohort_calendar(scope)
    first = materialise(_first(view, calendar))
    active = _ages(view, calendar, first, covered(calendar, scope))
    last = active.group_by("id", "cohort", "group").agg(col("age").max())
    at, known = int(scope.options["at"]), covered(calendar, scope)
    ids = ["id"] if scope.with_ids else []

    def aggregation(rows: Frame, name: str, *keys: str) -> Aggregation:
        names = ["cohort", "group", *keys, *ids]
        counted = sum_by(rows.with_columns(count=lit(1).cast(long)).select(*names, "count"), names, ["count"])
        return Aggregation(counted, partial(_count, calendar, name, at, known))

    return [aggregation(first, USERS), aggregation(active, ON, "age"), aggregation(last, LAST, "age")]


def _first(view: TableView, calendar: CohortCalendar) -> Frame:
    """Return id, cohort, day and group of the first activity of new users; of several groups on that day, the first by name."""
    packed = FIRST_DAY.pack(day=col("timestamp").cast(long), group=view.group_column().cast(long))
    least = view.frame().select("id", first=packed).group_by("id").agg(col("first").min())
    day, group = FIRST_DAY.unpack(col("first"))
    dated = with_periods(least.select("id", day=day, group=group), calendar.spans, cohort="day")
    return dated.filter(col("cohort") > 0, col("cohort") <= calendar.cohorts).with_columns(col("cohort").cast(long))


def _ages(view: TableView, calendar: CohortCalendar, first: Frame, known: int) -> Frame:
    """Return id, cohort, group and age: a line for each span in which a new user is active."""
    days = view.frame().select("id", day="timestamp").unique()
    dated = with_periods(days, calendar.spans, span="day").filter(col("span") > 0, col("span") <= known)
    joined = dated.select("id", "span").unique().join(first.select("id", "cohort", "group"), on="id", how="inner")
    return materialise(joined.select("id", "cohort", "group", age=(col("span") - col("cohort")).cast(long)))


def _count(calendar: CohortCalendar, name: str, at: int, known: int, row: Row) -> Counted:
    """Count users of a cohort. Those whose age `at` the data does not cover yet are not observed."""
    cohort, count, age = row["cohort"], row["count"], row.get("age", NEVER)
    counts: dict[object, int] = {(name, cohort, age): count} if age != NEVER else {(name, cohort): count}
    if cohort + at <= known:
        counts |= {
            "observed": count * (name == USERS),
            "active_at": count * (name == ON and age == at),
            "back": count * (name == LAST and age >= at),
        }
    for group in (row["group"], WHOLE):
        yield calendar.periods[cohort - 1], group, {**counts, USERS: count * (name == USERS)}


def users_by_age(counts: Counts, cohort: int, ages: int, or_after: bool) -> list[int]:
    """Return the users of a cohort who are active at each age, or at it or later."""
    numbers = [int(counts.get((LAST if or_after else ON, cohort, age), 0)) for age in range(ages)]
    return [*accumulate(reversed(numbers))][::-1] if or_after else numbers
