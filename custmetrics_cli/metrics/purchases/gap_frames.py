"""Days between the orders of a customer. Orders of one day count once, as files often hold a row for each item.

Further columns: gap, days since the customer's order before; wait, days until the next one; age, days until the end of the data.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.counts import WHOLE, Aggregation, Counts, CountsByPeriod
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.exhibits import Curve, Point
from custmetrics_cli.core.formula import Number
from custmetrics_cli.engines.query.neighbours import neighbour, with_gaps
from custmetrics_cli.engines.query.run import sum_by
from custmetrics_cli.metrics.customers.silence import order_days
from custmetrics_cli.metrics.purchases.gap_totals import SPANS
from custmetrics_cli.metrics.shared.counting import Counted, Row, with_details
from custmetrics_cli.metrics.shared.periods import with_periods
from custmetrics_cli.stats.intervals import given, wilson

col, lit, long = nw.col, nw.lit, nw.Int64
QUARTILES = {"lower_gap": Fraction(1, 4), "median_gap": Fraction(1, 2), "upper_gap": Fraction(3, 4)}


def gaps(view: TableView, scope: Scope) -> list[Aggregation]:
    """Return the quartiles of the gaps that end in each period, with the gaps of a period counted together."""
    dated = with_periods(with_gaps(order_days(view)), scope.periods, period="day")
    within = dated.filter(col("period") > 0, col("period") <= len(scope.periods)).with_columns(count=lit(1).cast(long))
    renamed = within.with_columns(customer=col("id")) if scope.with_ids else within.with_columns(customer=lit(0))
    keys = ["period", "group", "gap", "customer"]
    summed = sum_by(renamed.select(*keys, "count"), keys, ["count"]).with_columns(id=col("period"))
    return [Aggregation(summed, partial(_count_gaps, view, scope.with_ids), by="customer")]


def _count_gaps(view: TableView, with_ids: bool, rows: Sequence[Row]) -> Counted:
    lengths: dict[tuple[int, Any], Counter[int]] = defaultdict(Counter)
    for row in rows:
        for group in (view.group_of(row["group"]), WHOLE):
            lengths[group, row["customer"]][row["gap"]] += row["count"]
    for (group, customer), counted in lengths.items():
        counts = with_details(_quartiles(counted), ())
        counts.customer = customer if with_ids else None
        yield rows[0]["period"], group, counts


def _quartiles(counted: Mapping[int, int]) -> Counts:
    """Return the number of gaps and their quartiles."""
    return {"gaps": sum(counted.values()), **{name: quantile(counted, share) for name, share in QUARTILES.items()}}


def quantile(counted: Mapping[int, int], share: Fraction) -> Number:
    """Return a quantile of values that occur so often, linear between two neighbours.

    >>> quantile({10: 1, 20: 2, 40: 1}, Fraction(1, 2)), quantile({1: 1, 2: 1}, Fraction(1, 4))
    (Fraction(20, 1), Fraction(5, 4))
    """
    place = share * (sum(counted.values()) - 1)
    below, above = _at(counted, int(place)), _at(counted, -int(-place // 1))
    return Fraction(below) + (above - below) * (place - int(place))


def _at(counted: Mapping[int, int], place: int) -> int:
    """Return the value at a place in order, from 0."""
    for value in sorted(counted):
        place -= counted[value]
        if place < 0:
            return value
    raise IndexError(place)


def reorders(view: TableView, scope: Scope) -> list[Aggregation]:
    """Count the buyers of each period by the days from their first order in it to the next one, if the data covers these days."""
    days = order_days(view).with_columns(wait=neighbour("day", -1, FAR) - col("day"))
    dated = with_periods(days, scope.periods, period="day").filter(col("period") > 0, col("period") <= len(scope.periods))
    first = dated.with_columns(first=col("day").min().over("id", "period")).filter(col("day") == col("first"))
    longest, last = max(SPANS), -FAR if scope.last_known_day is None else scope.last_known_day
    shown = first.with_columns(
        wait=col("wait").clip(0, longest + 1), age=(lit(last) - col("day")).clip(-1, longest), count=lit(1).cast(long)
    )
    keys = ["period", "group", "wait", "age", *(["id", "day"] if scope.with_ids else [])]
    return [Aggregation(sum_by(shown.select(*keys, "count"), keys, ["count"]), partial(_count_reorders, view))]


def _count_reorders(view: TableView, row: Row) -> Counted:
    counts: Counter[str] = Counter()
    for days in SPANS:
        if row["age"] >= days:
            counts[f"followed_{days}"] += row["count"]
            counts[f"again_{days}"] += row["count"] * (row["wait"] <= days)
    detailed = with_details(counts, (row["day"],) if "day" in row else ())
    for group in (view.group_of(row["group"]), WHOLE):
        yield row["period"], group, detailed


def again(view: TableView, scope: Scope, counts: CountsByPeriod, period: int) -> Curve:
    """Return the share of buyers who ordered again, by the days within which they did."""
    found = counts.during(period)
    pairs = [(days, found.get(f"again_{days}", 0), found.get(f"followed_{days}", 0)) for days in SPANS]
    points = tuple(Point(days, Fraction(number) / of if of else None, given(wilson(int(number), int(of)))) for days, number, of in pairs)
    return Curve("ordered again", points, "ratio", "within days")
