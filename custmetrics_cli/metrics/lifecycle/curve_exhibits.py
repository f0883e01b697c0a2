"""The curve and the table of retention, from counted new users."""

from __future__ import annotations

from fractions import Fraction

from custmetrics_cli.core.data.counts import CountsByPeriod
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.exhibits import Curve, Point, Table, TableRow
from custmetrics_cli.core.formula import Number
from custmetrics_cli.metrics.cohorts.calendar import cohort_calendar
from custmetrics_cli.metrics.cohorts.grid import AVERAGES
from custmetrics_cli.metrics.lifecycle.curve_frames import USERS, covered, users_by_age
from custmetrics_cli.stats.intervals import given, wilson

LONGEST = {"day": 30, "week": 12, "month": 12}  # the last age shown; --at may ask for a later one
Cohort = tuple[str, int, list[int]]  # its name, its users, and those active at each age that the data covers


def _cohorts(scope: Scope, counts: CountsByPeriod, period: int, or_after: bool) -> list[Cohort]:
    calendar, found = cohort_calendar(scope), counts.during(period)
    known, most = covered(calendar, scope), LONGEST[str(scope.options["each"])] + 1
    own = [number for number, other in enumerate(calendar.periods, 1) if other == period and found.get((USERS, number))]
    return [(calendar.spans[n - 1].name, int(found[USERS, n]), users_by_age(found, n, max(0, known - n + 1), or_after)[:most]) for n in own]


def curve(view: TableView, scope: Scope, counts: CountsByPeriod, period: int, or_after: bool) -> Curve:
    """Return the share of the new users who are active at each age, of all cohorts whose age the data covers."""
    cohorts = _cohorts(scope, counts, period, or_after)
    points = []
    for age in range(max((len(cells) for _, _, cells in cohorts), default=0)):
        known = [(size, cells[age]) for _, size, cells in cohorts if age < len(cells)]
        users, active = sum(size for size, _ in known), sum(cell for _, cell in known)
        points.append(Point(age, Fraction(active, users) if users else None, given(wilson(active, users))))
    return Curve("active", tuple(points), "ratio", str(scope.options["each"]))


def table(view: TableView, scope: Scope, counts: CountsByPeriod, period: int, or_after: bool) -> Table:
    """Return the cohorts by age. Cells that the data does not cover yet are empty."""
    cohorts, each = _cohorts(scope, counts, period, or_after), scope.options["each"]
    ages = range(max((len(cells) for _, _, cells in cohorts), default=0))
    rows = tuple(TableRow(name, size, tuple(_share(cells, size, age) for age in ages)) for name, size, cells in cohorts)
    means = tuple(_mean([(cells[age], size) for _, size, cells in cohorts if age < len(cells)]) for age in ages)
    return Table("cohort", tuple(f"{each} {age}" for age in ages), rows, "ratio", "count", means, AVERAGES)


def _share(cells: list[int], size: int, age: int) -> Number | None:
    return Fraction(cells[age], size) if age < len(cells) else None


def _mean(known: list[tuple[int, int]]) -> Number | None:
    size = sum(users for _, users in known)
    return Fraction(sum(cell for cell, _ in known), size) if size else None
