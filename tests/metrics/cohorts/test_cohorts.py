"""Compare cohorts with SQL on the sample company, and with a slow count of random rows month by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.asking import ENGINES, ask, question, written

SAMPLE = Path(__file__).parents[3] / "sample_data"
CUSTOMERS, PURCHASES = str(SAMPLE / "customers.csv"), str(SAMPLE / "purchases.csv")
Cells = dict[tuple[str, int], int]  # (cohort, months since) -> how many

ORDERED = f"""
    WITH o AS (SELECT customer_id AS u, date_trunc('month', date) AS m FROM read_csv('{PURCHASES}') WHERE amount >= 0),
    f AS (SELECT u, min(m) AS c FROM o GROUP BY u)
    SELECT c, datediff('month', c, m), count(DISTINCT u) FROM o JOIN f USING (u) WHERE year(c) = 2022 GROUP BY ALL"""
THERE = f"""
    WITH s AS (SELECT customer_id AS u, started_at AS a, coalesce(ended_at, DATE '9999-01-01') AS z
               FROM read_csv('{CUSTOMERS}') WHERE status NOT IN ('trial', 'never_started')),
    f AS (SELECT u, date_trunc('month', min(a)) AS c FROM s WHERE a < z GROUP BY u),
    months AS (SELECT unnest(range(DATE '2022-01-01', DATE '2023-01-01', INTERVAL 1 MONTH)) AS m)
    SELECT c, datediff('month', c, m), count(DISTINCT u) FROM f JOIN s USING (u) JOIN months
    ON a < m + INTERVAL 1 MONTH AND z >= m + INTERVAL 1 MONTH AND m >= c WHERE year(c) = 2022 GROUP BY ALL"""


def cells(path: str, definition: str, period: str, engine: str, **settings: Any) -> Cells:
    """Return the cells that are not empty."""
    asked = question("cohorts", period, definition, options={"show": "count"}, **settings)
    (result,) = ask([path], asked, engine).results
    (table,) = result.tables
    assert sum(row.size for row in table.rows) == result.value
    return {(row.name, n): int(cell) for row in table.rows for n, cell in enumerate(row.cells) if cell is not None}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("definition", "path", "query"), [("orders", PURCHASES, ORDERED), ("standard", CUSTOMERS, THERE)])
def test_cohorts_match_sql(definition: str, path: str, query: str, engine: str) -> None:
    """The data covers 2022, so each cohort has a cell for every month until December, also for months without customers."""
    expected = {(f"{cohort:%Y-%m}", n): count for cohort, n, count in duckdb.sql(query).fetchall()}
    whole = {(f"2022-{month:02}", n): 0 for month in range(1, 13) for n in range(13 - month)}
    assert cells(path, definition, "2022", engine) == whole | expected


FIRST, MONTHS = dt.date(2022, 1, 1), ["2022-01", "2022-02", "2022-03", "2022-04"]
ROWS = st.lists(st.tuples(st.sampled_from("ABCDE"), st.integers(0, 119), st.integers(1, 60) | st.none(), st.integers(-2, 5)), max_size=12)
Row = tuple[str, int, int | None, int]


def month(day: int) -> str:
    return f"{FIRST + dt.timedelta(day):%Y-%m}"


def ends(name: str) -> int:
    """Return the number of the last day of a month."""
    return max(day for day in range(120) if month(day) == name)


def counted(rows: list[Row], there: Callable[[str, str], bool]) -> Cells:
    first = {who: month(min(row[1] for row in rows if row[0] == who)) for who in {row[0] for row in rows}}
    spans = [(cohort, n) for at, cohort in enumerate(MONTHS) for n in range(len(MONTHS) - at)]
    return {
        (cohort, n): sum(there(who, MONTHS[MONTHS.index(cohort) + n]) for who, began in first.items() if began == cohort)
        for cohort, n in spans
    }


@settings(max_examples=15)
@given(rows=ROWS, engine=st.sampled_from(ENGINES))
def test_cohorts_of_buyers_match_a_count_month_by_month(rows: list[Row], engine: str) -> None:
    orders = [row for row in rows if row[3] >= 0]
    lines = "".join(f"{who},{FIRST + dt.timedelta(day)},{amount}\n" for who, day, _, amount in [*rows, ("Z", 119, None, -1)])
    with TemporaryDirectory() as folder:
        (path,) = written(Path(folder), {"purchases": f"customer_id,date,amount\n{lines}"})
        got = cells(path, "orders", "2022-01..2022-04", engine, as_of=dt.date(2022, 4, 30))
    assert got == counted(orders, lambda who, name: any(row[0] == who and month(row[1]) == name for row in orders))


@settings(max_examples=15)
@given(rows=ROWS, engine=st.sampled_from(ENGINES))
def test_cohorts_of_customers_match_a_count_month_by_month(rows: list[Row], engine: str) -> None:
    lines = [f"{who},{FIRST + dt.timedelta(day)},{'' if n is None else FIRST + dt.timedelta(day + n)}\n" for who, day, n, _ in rows]
    with TemporaryDirectory() as folder:
        (path,) = written(Path(folder), {"customers": f"customer_id,started_at,ended_at\n{''.join(lines)}"})
        got = cells(path, "standard", "2022-01..2022-04", engine, as_of=dt.date(2022, 4, 30))

    def there(who: str, name: str) -> bool:
        return any(row[0] == who and row[1] <= ends(name) and (row[2] is None or row[1] + row[2] > ends(name)) for row in rows)

    assert got == counted(rows, there)


@pytest.mark.parametrize("engine", ENGINES)
def test_an_incomplete_month_is_not_compared(engine: str) -> None:
    """A part of a month has no cohort, but the value is still computed."""
    asked = question("cohorts", "2022-Q4", compare="previous", as_of=dt.date(2022, 12, 10))
    (result,) = ask([CUSTOMERS], asked, engine).results
    assert result.comparison is not None
    assert (result.value, result.comparison.value, result.complete) == (130, None, False)
