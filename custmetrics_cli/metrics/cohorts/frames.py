"""Cohorts: the customers (or the MRR) that a cohort gains and loses in each span of the calendar.

Further columns: cohort and span, numbers in the calendar; size, what the cohort begins with; first_day and first_group of a customer.
"""

from __future__ import annotations

from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.counts import WHOLE, Aggregation, Counts
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.packing import Packing
from custmetrics_cli.engines.query.run import Frame, sum_by
from custmetrics_cli.metrics.cohorts.calendar import CohortCalendar, cohort_calendar
from custmetrics_cli.metrics.cohorts.grid import LEVEL, SIZE
from custmetrics_cli.metrics.customers.stints import make_stints
from custmetrics_cli.metrics.revenue.ledger.spans import dated_steps, make_spans
from custmetrics_cli.metrics.shared.counting import Counted, Row
from custmetrics_cli.metrics.shared.groups import same_group
from custmetrics_cli.metrics.shared.packings import FIRST_DAY, period_span
from custmetrics_cli.metrics.shared.periods import with_periods

col, lit = nw.col, nw.lit


def customers(view: TableView, scope: Scope) -> list[Aggregation]:
    """Count customers at the end of each span."""
    stints, calendar = make_stints(view, scope), cohort_calendar(scope)
    moves = stints.events.filter(col("stint_change") != 0).select("id", "group", "day", change="stint_change")
    if scope.with_ids:
        moves = nw.concat([_moves_of_single_rows(stints.rows, stints.repeated), moves])
        return [_followed(moves.with_columns(currency=lit(0)), view, scope, calendar)]
    signed = ((stints.rows, 1), (stints.repeated, -1))
    single = [_single_rows(frame.with_columns(change=lit(1).cast(nw.Int64)), view, calendar, sign) for frame, sign in signed]
    return [*single, _followed(moves.with_columns(currency=lit(0)), view, scope, calendar)]


def _moves_of_single_rows(rows: Frame, repeated: Frame) -> Frame:
    single = rows.join(repeated.select("id").unique(), on="id", how="anti")
    sides = (("start", 1), ("end", -1))
    return nw.concat([single.select("id", "group", day=day, change=lit(change).cast(nw.Int64)) for day, change in sides])


def mrr(view: TableView, scope: Scope) -> list[Aggregation]:
    """Sum MRR at the end of each span."""
    spans, calendar = make_spans(view, scope), cohort_calendar(scope)
    signed = [(frame, sign) for frame, sign in ((spans.rows, 1), (spans.repeated, -1)) if frame is not None]
    single = [_single_rows(frame.with_columns(change=col("monthly")), view, calendar, sign) for frame, sign in signed]
    steps = dated_steps(view, scope._replace(periods=calendar.spans))
    return [*single, _followed(steps.select("id", "group", "day", "currency", "change"), view, scope, calendar)]


def orders(view: TableView, scope: Scope) -> list[Aggregation]:
    """Count customers with an order in each span. A refund is not an order."""
    calendar = cohort_calendar(scope)
    bought = view.frame().filter(col("amount") >= 0).select("id", "group", day=col("date"))
    first = _with_cohort(_first(bought), calendar)
    dated = with_periods(bought, calendar.spans, span="day").filter(col("span") <= len(calendar.spans))
    joined = dated.select("id", "span").unique().join(first.select("id", "cohort", "first_group"), on="id", how="inner")
    keys = ["cohort", "first_group", "span", *(["id"] if scope.with_ids else [])]
    sums = sum_by(joined.with_columns(count=lit(1).cast(nw.Int64)).select(*keys, "count"), keys, ["count"])
    return [Aggregation(sums, partial(_count_orders, view, calendar))]


def _single_rows(rows: Frame, view: TableView, calendar: CohortCalendar, sign: int) -> Aggregation:
    """Count rows as if each were its customer's only one. sign: -1 takes them back."""
    packing = period_span(len(calendar.spans))
    dated = with_periods(rows, calendar.spans, start_period="start", end_period="end")
    begun = dated.filter(col("start_period") > 0, col("start_period") <= calendar.cohorts)
    packed = packing.pack(end_period=col("end_period"), start_period=col("start_period")).cast(nw.Int64)
    sums = sum_by(begun.select("group", "change", packed=packed), ["packed", "group"], ["change"])
    return Aggregation(sums, partial(_count_single_rows, view, calendar, packing, sign))


def _first(moves: Frame) -> Frame:
    """Return the first day of each customer, and its group on that day; of several groups, the first by name."""
    packed = FIRST_DAY.pack(day=col("day").cast(nw.Int64), group=col("group").cast(nw.Int64))
    least = moves.select("id", first=packed).group_by("id").agg(col("first").min())
    day, group = FIRST_DAY.unpack(col("first"))
    return least.select("id", first_day=day, first_group=group)


def _with_cohort(first: Frame, calendar: CohortCalendar) -> Frame:
    dated = with_periods(first, calendar.spans, cohort="first_day")
    return dated.filter(col("cohort") > 0, col("cohort") <= calendar.cohorts)


def _followed(moves: Frame, view: TableView, scope: Scope, calendar: CohortCalendar) -> Aggregation:
    """Count customers with several rows, from their first day on."""
    joined = moves.join(_with_cohort(_first(moves), calendar), on="id", how="inner")
    size = nw.when(col("day") == col("first_day")).then(col("change")).otherwise(lit(0))
    dated = with_periods(joined.with_columns(size=size), calendar.spans, span="day").filter(col("span") <= len(calendar.spans))
    keys = ["cohort", "first_group", "span", "currency", *(["id"] if scope.with_ids else [])]
    sums = sum_by(dated.select(*keys, "change", size=col("size").cast(nw.Int64)), keys, ["change", "size"])
    return Aggregation(sums, partial(_count_followed, view, calendar))


def _groups(view: TableView, group: int) -> tuple[int, int]:
    return (view.group_of if view.is_grouped else same_group)(group), WHOLE


def _count_single_rows(view: TableView, calendar: CohortCalendar, packing: Packing, sign: int, row: Row) -> Counted:
    end, cohort = packing.unpack(row["packed"])
    change, period = sign * row["change"], calendar.periods[cohort - 1]
    for group in _groups(view, row["group"]):
        yield period, group, {"size": change, (SIZE, cohort, 0): change, (LEVEL, cohort, cohort, 0): change}
        yield period, group, {(LEVEL, cohort, end, 0): -change}


def _count_followed(view: TableView, calendar: CohortCalendar, row: Row) -> Counted:
    cohort, span, currency, size = row["cohort"], row["span"], row["currency"], row["size"]
    counts = {"size": size, (SIZE, cohort, currency): size, (LEVEL, cohort, span, currency): row["change"]}
    for group in _groups(view, row["first_group"]):
        yield calendar.periods[cohort - 1], group, counts


def _count_orders(view: TableView, calendar: CohortCalendar, row: Row) -> Counted:
    cohort, span, count = row["cohort"], row["span"], row["count"]
    size: Counts = {"size": count, (SIZE, cohort, 0): count} if cohort == span else {}
    for group in _groups(view, row["first_group"]):
        yield calendar.periods[cohort - 1], group, {**size, (LEVEL, cohort, span, 0): count}
        yield calendar.periods[cohort - 1], group, {(LEVEL, cohort, span + 1, 0): -count}
