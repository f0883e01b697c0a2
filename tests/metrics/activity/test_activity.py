"""Compare metrics of behaviour with independent SQL, and with a slow count of random rows day by day."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.result import Result
from tests.support.asking import ENGINES, ask, ask_list, known_question, question, written

SAMPLE = Path(__file__).parents[3] / "sample_data"
ACTIVITY, PURCHASES = str(SAMPLE / "activity.csv"), str(SAMPLE / "purchases.csv")
EVENTS = f"(SELECT customer_id AS u, timestamp::DATE AS d, event AS e, duration AS s FROM read_csv('{ACTIVITY}'))"
ORDERS = f"(SELECT customer_id AS u, date AS d, amount::DECIMAL(12,2) AS a, kind AS e FROM read_csv('{PURCHASES}'))"
MONTHS = "range(DATE '2022-10-01', DATE '2023-01-01', INTERVAL 1 MONTH)"


def by_sql(query: str) -> dict[tuple[str, str | None], Any]:
    """Return values by month and group. The query yields month, group, value."""
    return {(f"{month:%Y-%m}", group): value for month, group, value in duckdb.sql(query).fetchall()}


def by_us(
    metric: str, definition: str, path: str, period: str, engine: str, by: str = "", **more: Any
) -> dict[tuple[str, str | None], Any]:
    asked = known_question(metric, period, definition, every="month", by=[by] if by else [], **more)
    return {(one.period.name, one.group.get(by)): one.value for one in ask([path], asked, engine).results}


def rolling(days: int) -> str:
    """Return SQL for the users active in the days up to each day, by group."""
    return f"""
        SELECT date_trunc('month', day) AS m, e, sum(users) / count(*) FROM (
            SELECT day, g.e, count(DISTINCT u) AS users
            FROM range(DATE '2022-10-01', DATE '2023-01-01', INTERVAL 1 DAY) AS days (day) CROSS JOIN (SELECT DISTINCT e FROM events) AS g
            LEFT JOIN events ON events.e = g.e AND d <= day AND d > day - INTERVAL {days} DAY GROUP BY ALL
        ) GROUP BY ALL
    """


USER_DAYS = "SELECT u, d, e, date_trunc('month', d) AS m, last_day(d) AS l FROM events GROUP BY ALL"
BY_SQL = {
    ("active-users", "standard"): "SELECT date_trunc('month', d), e, count(DISTINCT u) FROM events GROUP BY ALL",
    ("active-users", "dau"): rolling(1),
    ("active-users", "wau"): rolling(7),
    ("active-users", "mau"): rolling(30),
    ("stickiness", "standard"): f"SELECT m, e, count(*) / (count(DISTINCT u) * day(any_value(l))) FROM ({USER_DAYS}) GROUP BY m, e",
    ("returning-users", "standard"): f"""
        SELECT m, e, count(*) FILTER (n > 1) / count(*)
        FROM (SELECT m, e, u, count(*) AS n FROM ({USER_DAYS}) GROUP BY ALL) GROUP BY m, e""",
    ("time-per-user", "standard"): """
        SELECT date_trunc('month', d), e, coalesce(sum(s), 0) / count(DISTINCT u) FROM events GROUP BY ALL""",
    ("time-per-user", "event"): "SELECT date_trunc('month', d), e, sum(s) / count(s) FROM events GROUP BY ALL",
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("metric", "definition"), BY_SQL)
def test_activity_matches_sql(metric: str, definition: str, engine: str) -> None:
    """Both split by event and not split."""
    for by, events in (("event", EVENTS), ("", EVENTS.replace("event AS e", "NULL AS e"))):
        query = (
            BY_SQL[metric, definition].replace("FROM events", f"FROM {events} AS events").replace("JOIN events", f"JOIN {events} AS events")
        )
        expected = by_sql(query if by else query.replace("events.e = g.e", "true"))
        got = by_us(metric, definition, ACTIVITY, "2022-Q4", engine, by)
        assert {key: value and float(value) for key, value in got.items()} == {
            key: value and pytest.approx(value) for key, value in expected.items()
        }


@pytest.mark.parametrize("engine", ENGINES)
def test_reactions_match_sql(engine: str) -> None:
    expected = by_sql(f"""SELECT date_trunc('month', d), NULL, count(*) FILTER (e IN ('like', 'share')) / count(DISTINCT u)
        FROM {EVENTS} GROUP BY ALL""")
    got = by_us("reactions-per-user", "standard", ACTIVITY, "2022-Q4", engine, options={"event": "like,share"})
    assert {key: float(value) for key, value in got.items()} == expected


@pytest.mark.parametrize("by", ["kind", ""])
@pytest.mark.parametrize("engine", ENGINES)
def test_orders_match_sql(engine: str, by: str) -> None:
    group = "e" if by else "NULL"
    each = f"SELECT u, date_trunc('month', d) AS m, {group} AS e, count(*) AS n FROM {ORDERS} WHERE a >= 0 GROUP BY ALL"
    ever = f"SELECT u, date_trunc('month', min(d)) AS first FROM {ORDERS} WHERE a >= 0 GROUP BY u"
    again = by_sql(f"SELECT m, e, count(*) FILTER (n > 1) / count(*) FROM ({each}) WHERE year(m) = 2022 GROUP BY ALL")
    back = by_sql(
        f"SELECT m, e, count(*) FILTER (first < m) / count(*) FROM ({each}) JOIN ({ever}) USING (u) WHERE year(m) = 2022 GROUP BY ALL"
    )
    for definition, expected in (("standard", again), ("returning", back)):
        got = by_us("repeat-rate", definition, PURCHASES, "2022", engine, by)
        assert {key: float(value) for key, value in got.items() if value is not None} == expected


@pytest.mark.parametrize("by", ["kind", ""])
@pytest.mark.parametrize("engine", ENGINES)
def test_concentration_matches_sql(engine: str, by: str) -> None:
    ranked = f"""SELECT m, e, a, row_number() OVER best AS place, count(*) OVER (PARTITION BY m, e) AS n,
        sum(a) OVER (best ROWS UNBOUNDED PRECEDING) - a AS better, sum(a) OVER (PARTITION BY m, e) AS total FROM (
            SELECT u, date_trunc('month', d) AS m, {"e" if by else "NULL"} AS e, sum(a) AS a FROM {ORDERS} WHERE year(d) = 2022
            GROUP BY ALL HAVING sum(a) > 0
        ) WINDOW best AS (PARTITION BY m, e ORDER BY a DESC, u)"""
    top = by_sql(f"SELECT m, e, sum(a) FILTER (place <= ceil(n * 0.2)) / any_value(total) FROM ({ranked}) GROUP BY ALL")
    core = by_sql(f"SELECT m, e, count(*) FILTER (better < 0.8 * total) / count(*) FROM ({ranked}) GROUP BY ALL")
    for definition, expected in (("standard", top), ("pareto", core)):
        got = by_us("concentration", definition, PURCHASES, "2022", engine, by)
        assert {key: float(value) for key, value in got.items() if value is not None} == pytest.approx(expected)


START, DAYS = dt.date(2022, 1, 1), 100
FEW = settings(max_examples=3, phases=[Phase.generate])  # reading a table takes longer than all else
NAMES = [f"U{n}" for n in range(30)]
ROWS = st.tuples(st.sampled_from(NAMES), st.integers(0, DAYS - 1), st.sampled_from(["x", "y", ""]), st.integers(-3, 5))
TABLES = st.lists(ROWS.map(lambda row: Row(*row)), min_size=30, max_size=120)
SPLITS = st.sampled_from([("2022-02-20..2022-03-10", "day"), ("2022-02-07..2022-04-03", "week"), ("2022-02-01..2022-03-31", "month")])
BY = st.sampled_from([[], ["plan"]])


class Row(NamedTuple):
    who: str
    day: int
    group: str
    amount: int

    @property
    def date(self) -> dt.date:
        return START + dt.timedelta(self.day)


def got(metric: str, definition: str, rows: list[Row], engine: str, split: tuple[str, str], **more: Any) -> list[Result]:
    lines = "".join(f"{row.who},{row.date},{row.amount},{row.group}\n" for row in rows)
    tables = {"activity": "timestamp"} if "users" in metric else {"purchases": "date"}
    texts = {name: f"customer_id,{dated},amount,plan\n{lines}" for name, dated in tables.items()}
    with TemporaryDirectory() as folder:
        return [*ask(written(Path(folder), texts), known_question(metric, split[0], definition, every=split[1], **more), engine).results]


def part(rows: list[Row], result: Result) -> list[Row]:
    return [row for row in rows if "plan" not in result.group or row.group == (result.group["plan"] or "")]


def during(rows: list[Row], result: Result) -> list[Row]:
    return [row for row in rows if result.period.start <= row.date < result.period.end]


def on(rows: list[Row], day: dt.date, window: int) -> int:
    """Return the number of users active in the window up to a day."""
    return len({row.who for row in rows if day - dt.timedelta(window) < row.date <= day})


@FEW
@given(rows=TABLES, engine=st.sampled_from(ENGINES), split=SPLITS, by=BY)
@pytest.mark.parametrize(
    ("definition", "total", "window"), [("dau", "user_days", 1), ("wau", "weekly_users", 7), ("mau", "monthly_users", 30)]
)
def test_rolling_users_match_a_count_day_by_day(
    definition: str, total: str, window: int, rows: list[Row], engine: str, split: tuple[str, str], by: list[str]
) -> None:
    for result in got("active-users", definition, rows, engine, split, by=by):
        days = [result.period.start + dt.timedelta(n) for n in range(result.period.days)]
        assert result.totals[total] == sum(on(part(rows, result), day, window) for day in days)
        known = any(row.date < result.period.end for row in rows)
        assert result.value == (Fraction(result.totals[total], len(days)) if known else None)


@FEW
@given(rows=TABLES, engine=st.sampled_from(ENGINES), split=SPLITS, by=BY)
def test_buyers_match_a_count_one_by_one(rows: list[Row], engine: str, split: tuple[str, str], by: list[str]) -> None:
    real = [row for row in rows if row.amount >= 0]
    for result in got("repeat-rate", "returning", rows, engine, split, by=by):
        bought = during(part(real, result), result)
        before = {row.who for row in real if row.date < result.period.start}
        assert result.totals["buyers"] == len({row.who for row in bought})
        assert result.totals["returning_buyers"] == len({row.who for row in bought} & before)
        assert result.totals["orders"] == len(bought)


@FEW
@given(rows=TABLES, engine=st.sampled_from(ENGINES), split=SPLITS, by=BY, top=st.integers(0, 100))
def test_top_payers_match_a_sort(rows: list[Row], engine: str, split: tuple[str, str], by: list[str], top: int) -> None:
    for result in got("concentration", "standard", rows, engine, split, by=by, options={"top": f"{top}%"}):
        here = during(part(rows, result), result)
        nets = sorted((sum(row.amount for row in here if row.who == who) for who in {row.who for row in here}), reverse=True)
        paid = [net for net in nets if net > 0]
        first = -(-top * len(paid) // 100)
        assert (result.totals["payers"], result.totals["net_revenue"]) == (len(paid), sum(paid))
        assert (result.totals["top_payers"], result.totals["top_revenue"]) == (first, sum(paid[:first]))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("metric", "definition", "names"),
    [
        ("active-users", "standard", ["active_users", "returning_users"]),
        ("active-users", "mau", ["monthly_users"]),
        ("time-per-user", "event", ["duration", "events"]),
        ("stickiness", "standard", ["possible_days"]),
        ("repeat-rate", "returning", ["buyers", "returning_buyers", "orders"]),
        ("concentration", "standard", ["net_revenue", "top_payers", "top_revenue"]),
        ("concentration", "pareto", ["core_payers"]),
    ],
)
def test_a_list_adds_up_to_its_total(metric: str, definition: str, names: list[str], engine: str) -> None:
    path = PURCHASES if metric in ("repeat-rate", "concentration") else ACTIVITY
    for by in ([], ["kind" if path == PURCHASES else "event"]):
        asked = known_question(metric, "2022-Q4", definition, by=by)
        results = ask([path], asked, engine).results
        for name in names:
            listed = ask_list([path], asked, name, engine).rows
            assert sum(row[-1] for row in listed) == sum(result.totals[name] for result in results)


def test_of_equal_payers_the_first_by_name_get_the_last_places(tmp_path: Path) -> None:
    purchases = "customer_id,date,amount\nA,2022-04-01,90\nB,2022-04-01,30\nC,2022-04-01,30\nD,2022-04-01,30\nE,2022-04-01,5\n"
    asked = question("concentration", "2022-04", options={"top": "40%"})
    for engine in ENGINES:
        listed = ask_list(written(tmp_path, {"purchases": purchases}), asked, "top_payers", engine).rows
        assert listed == [("A", 1), ("B", 1)]


@pytest.mark.parametrize("engine", ENGINES)
def test_users_of_several_groups_are_marked_as_overlapping(tmp_path: Path, engine: str) -> None:
    paths = written(tmp_path, {"activity": "customer_id,timestamp,event\nA,2022-04-01,open\nA,2022-04-02,share\n"})
    whole, *groups = (one for by in ([], ["event"]) for one in ask(paths, question("active-users", "2022-04", by=by), engine).results)
    assert (whole.value, whole.overlapping) == (1, ())
    assert [(group.value, group.overlapping) for group in groups] == 2 * [(1, ("one_day_users", "returning_users", "active_users"))]


def test_buyers_and_orders_of_several_groups_overlap(tmp_path: Path) -> None:
    paths = written(tmp_path, {"purchases": "customer_id,date,amount,kind\nA,2022-04-01,1,x\nA,2022-04-02,1,y\n"})
    results = ask(paths, question("repeat-rate", "2022-04", by=["kind"])).results
    assert {name for result in results for name in result.overlapping} == {"repeat_buyers", "buyers", "orders"}
    assert sum(result.totals["orders"] for result in results) == 2


@pytest.mark.parametrize("metric", ["active-users", "reactions-per-user"])
def test_a_file_without_the_column_is_an_error(tmp_path: Path, metric: str) -> None:
    paths = written(tmp_path, {"activity": "customer_id,timestamp\nA,2022-04-01\n"})
    more = {"options": {"event": "like"}} if metric == "reactions-per-user" else {"by": ["event"]}
    with pytest.raises(CustmetricsError, match=r"E320|E124"):
        ask(paths, question(metric, "2022-04", **more))
