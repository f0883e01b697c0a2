"""Cohorts of buyers by revenue: what the customers whose first order is in one span paid in each span, less refunds.

Keys of counts: (BUYERS, cohort), its customers; (PAID, cohort, span), what they paid. A refund before the first order is in no cohort.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from itertools import accumulate

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.counts import WHOLE, Aggregation, Counts, CountsByPeriod
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.exhibits import Table, TableRow
from custmetrics_cli.core.formula import Number
from custmetrics_cli.engines.query.run import Frame, sum_by
from custmetrics_cli.metrics.cohorts.calendar import CohortCalendar, cohort_calendar
from custmetrics_cli.metrics.cohorts.grid import AVERAGES
from custmetrics_cli.metrics.shared.counting import Counted, Row
from custmetrics_cli.metrics.shared.dated_money import sum_amounts
from custmetrics_cli.metrics.shared.groups import same_group
from custmetrics_cli.metrics.shared.packings import FIRST_DAY
from custmetrics_cli.metrics.shared.periods import with_periods
from custmetrics_cli.metrics.shared.rates import Rates

col, lit, long = nw.col, nw.lit, nw.Int64
BUYERS, PAID = "buyers", "paid"


def revenue(view: TableView, scope: Scope) -> list[Aggregation]:
    """Count the customers of each cohort, and sum what they paid in each span that the data covers."""
    calendar = cohort_calendar(scope)
    first = _first_orders(view, calendar)
    keys = ["cohort", "group", *(["id"] if scope.with_ids else [])]
    sizes = sum_by(first.select(*keys, count=lit(1).cast(long)), keys, ["count"])
    joined = view.frame().drop("group").join(first, on="id", how="inner")
    ids = {"id": col("id")} if scope.with_ids else {}
    paid, rates = sum_amounts(view, scope._replace(periods=calendar.spans), {"cohort": col("cohort"), **ids}, frame=joined)
    covered = calendar.covered(scope)
    return [
        Aggregation(sizes, partial(_count_size, view, calendar)),
        Aggregation(paid.filter(col("period") <= covered, col("period") >= col("cohort")), partial(_count_paid, view, calendar, rates)),
    ]


def _first_orders(view: TableView, calendar: CohortCalendar) -> Frame:
    """Return id, cohort and the group of the first order; of several groups on that day, the first by name."""
    packed = FIRST_DAY.pack(day=col("date").cast(long), group=col("group").cast(long))
    least = view.frame().filter(col("amount") >= 0).select("id", first=packed).group_by("id").agg(col("first").min())
    day, group = FIRST_DAY.unpack(col("first"))
    dated = with_periods(least.select("id", day=day, group=group), calendar.spans, cohort="day")
    return dated.filter(col("cohort") > 0, col("cohort") <= calendar.cohorts).select("id", "cohort", "group")


def _count_size(view: TableView, calendar: CohortCalendar, row: Row) -> Counted:
    for group in (_group(view, row["group"]), WHOLE):
        yield calendar.periods[row["cohort"] - 1], group, {BUYERS: row["count"], (BUYERS, row["cohort"]): row["count"]}


def _count_paid(view: TableView, calendar: CohortCalendar, rates: Rates, row: Row) -> Counted:
    money, cohort = row["amount"] * rates.at(row["currency"], row["rate_step"]), row["cohort"]
    for group in (row["row_group"], WHOLE):
        yield calendar.periods[cohort - 1], group, {PAID: money, (PAID, cohort, row["period"]): money}


def _group(view: TableView, number: int) -> int:
    return (view.group_of if view.is_grouped else same_group)(number)


def grid(view: TableView, scope: Scope, counts: CountsByPeriod, period: int, parts: int, per_customer: bool) -> Table:
    """Return the revenue of the cohorts that begin in a period, by age; per_customer: up to that age, for each customer."""
    calendar, found = cohort_calendar(scope), counts.during(period)
    cohorts = [number for number, own in enumerate(calendar.periods, 1) if own == period]
    covered = calendar.covered(scope)
    sizes = [int(found.get((BUYERS, cohort), 0)) for cohort in cohorts]
    paid = [_paid(found, cohort, covered, parts) for cohort in cohorts]
    sums = [[*accumulate(cells)] for cells in paid] if per_customer else paid
    shown = [_divided(cells, size if per_customer else 1) for cells, size in zip(sums, sizes, strict=True)]
    ages = range(max(map(len, paid), default=0))
    rows = [TableRow(calendar.spans[c - 1].name, n, _padded(cells, len(ages))) for c, n, cells in zip(cohorts, sizes, shown, strict=True)]
    averages = tuple(_average(sums, sizes, age) for age in ages) if per_customer else ()
    columns = tuple(f"{scope.options['each']} {age}" for age in ages)
    return Table("cohort", columns, tuple(rows), "money", "count", averages, AVERAGES if averages else "")


def _paid(found: Counts, cohort: int, covered: int, parts: int) -> list[Fraction]:
    return [Fraction(found.get((PAID, cohort, span), 0)) / parts for span in range(cohort, covered + 1)]


def _divided(cells: Sequence[Fraction], size: int) -> list[Number | None]:
    return [cell / size if size else None for cell in cells]


def _padded(cells: Sequence[Number | None], count: int) -> tuple[Number | None, ...]:
    return (*cells, *[None] * (count - len(cells)))


def _average(sums: Sequence[Sequence[Fraction]], sizes: Sequence[int], age: int) -> Number | None:
    """Return what the customers of all cohorts of that age paid up to it, divided by these customers."""
    known = [(cells[age], size) for cells, size in zip(sums, sizes, strict=True) if age < len(cells)]
    customers = sum(size for _, size in known)
    return sum((money for money, _ in known), Fraction(0)) / customers if customers else None
