"""Random orders: revenue, buyers and cohorts against a slow reference that reads the rows one by one."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from custmetrics_cli.core.result import Result
from tests.support.asking import ask, known_question, written

ORDER = st.tuples(st.sampled_from("ABCDE"), st.dates(dt.date(2022, 1, 1), dt.date(2022, 6, 30)), st.integers(1, 50_000))
Orders = Sequence[tuple[str, dt.date, int]]
START, END = dt.date(2022, 3, 1), dt.date(2022, 5, 31)


def results(orders: Orders, metric: str, period: str, definition: str = "standard", **more: Any) -> Sequence[Result]:
    rows = "".join(f"{customer},{day},{cents // 100}.{cents % 100:02}\n" for customer, day, cents in orders)
    with tempfile.TemporaryDirectory() as folder:
        paths = written(Path(folder), {"purchases": f"customer_id,date,amount\n{rows}"})
        return ask(paths, known_question(metric, period, definition, **more)).results


@settings(max_examples=25, deadline=None)
@given(st.lists(ORDER, min_size=1, max_size=25))
def test_the_totals_add_up(orders: Orders) -> None:
    within = [each for each in orders if START <= each[1] <= END]
    first = {customer: min(day for who, day, _ in orders if who == customer) for customer, _, _ in orders}
    buyers = {customer for customer, _, _ in within}
    new = {customer for customer in buyers if START <= first[customer] <= END}
    period = f"{START}..{END}"
    (revenue,) = results(orders, "revenue", period)
    assert revenue.value in (None, Fraction(sum(cents for _, _, cents in within), 100))
    assert revenue.value is not None or not within
    (counted,) = results(orders, "buyers", period)
    if counted.value is not None:
        assert counted.value == len(buyers)
        assert counted.totals["first_buyers"] == len(new)
        assert counted.totals["returning_buyers"] == len(buyers) - len(new)


@settings(max_examples=25, deadline=None)
@given(st.lists(ORDER, min_size=1, max_size=25))
def test_months_add_up_to_the_half_year_and_cohorts_to_revenue(orders: Orders) -> None:
    whole = Fraction(sum(cents for _, _, cents in orders), 100)
    months = results(orders, "revenue", "2022-H1", every="month")
    assert sum(result.value or 0 for result in months) == whole
    (cohorts,) = results(orders, "cohorts", "2022-H1", "revenue", options={"show": "count"})
    cells = [cell for table in cohorts.tables for row in table.rows for cell in row.cells if cell is not None]
    assert (cohorts.value, sum(cells)) == (whole, whole)
