"""Sales, orders, gaps and cohorts of random orders, against a slow reference that looks at each row."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from statistics import median

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.asking import ENGINES, ask, question, written
from tests.support.reading import text

FIRST = dt.date(2022, 1, 1)
MONTHS = [(dt.date(2022, month, 1) - FIRST).days for month in range(1, 8)]
START, END = MONTHS[2], MONTHS[4]  # March and April
ROW = st.tuples(
    st.sampled_from(["A", "B", "C", "guest"]),
    st.integers(0, 150),
    st.integers(-900, 2000),
    st.sampled_from(["p", "q"]),
)
Row = tuple[str, int, int, str]
TRIES = settings(max_examples=30, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
LAST: Row = ("Z", 180, 100, "p")  # the data reaches the end of June


def files(rows: list[Row]) -> dict[str, str]:
    cells = [[name, (FIRST + dt.timedelta(day)).isoformat(), f"{cents / 100:.2f}", kind] for name, day, cents, kind in rows]
    return {"purchases": text(["customer_id", "date", "amount", "kind"], cells)}


def first_orders(rows: list[Row]) -> dict[str, int]:
    firsts: dict[str, int] = {}
    for name, day, cents, _ in rows:
        if cents >= 0 and name != "guest":
            firsts[name] = min(day, firsts.get(name, day))
    return firsts


def sums(rows: list[Row], kind: str | None) -> dict[str, int]:
    """Return the money and the orders of March and April, in cents."""
    firsts, found = first_orders(rows), defaultdict(int)
    for name, day, cents, own in rows:
        if START <= day < END and kind in (None, own):
            source = "other" if name == "guest" else "new" if firsts.get(name, 0) >= START else "returning"
            if cents < 0:
                found["refunds"] -= cents
            else:
                found[f"{source}_sales"] += cents
                found[f"{source}_orders"] += 1
            found["revenue"] += cents
    return found


@TRIES
@given(st.lists(ROW, min_size=1, max_size=14), st.sampled_from(ENGINES), st.booleans())
def test_revenue_and_orders_are_the_sums_of_the_rows(tmp_path: Path, made: list[Row], engine: str, split: bool) -> None:
    rows = [*made, ("A", START, 100, "p"), ("A", START, 100, "q"), LAST]
    paths, by = written(tmp_path, files(rows)), ("kind",) if split else ()
    for result in ask(paths, question("revenue", "2022-03..2022-04", by=by), engine).results:
        expected = sums(rows, result.group.get("kind"))
        assert {name: number * 100 for name, number in result.totals.items()} == {name: expected[name] for name in result.totals}
        assert result.value == Fraction(expected["revenue"], 100)
    for result in ask(paths, question("orders", "2022-03..2022-04", by=by), engine).results:
        expected = sums(rows, result.group.get("kind"))
        expected["orders"] = sum(expected[name] for name in ("new_orders", "returning_orders", "other_orders"))
        assert dict(result.totals) == {name: expected[name] for name in result.totals}


@TRIES
@given(st.lists(ROW, min_size=1, max_size=14), st.sampled_from(ENGINES))
def test_buyers_and_their_ledger_add_up(tmp_path: Path, made: list[Row], engine: str) -> None:
    rows = [*made, ("A", START, 100, "p"), LAST]
    (result,) = ask(written(tmp_path, files(rows)), question("buyers", "2022-03..2022-04", gap=30), engine).results
    within = {name for name, day, cents, _ in rows if START <= day < END and cents >= 0 and name != "guest"}
    new = {name for name in within if first_orders(rows)[name] >= START}
    totals = result.totals
    assert (totals["first_buyers"], totals["returning_buyers"]) == (len(new), len(within - new))
    assert result.value == totals["buyers"] == len(within)
    assert totals["opening"] + totals["new"] + totals["reactivated"] - totals["lost"] == totals["closing"]


@TRIES
@given(st.lists(ROW, min_size=1, max_size=14), st.sampled_from(ENGINES))
def test_the_revenue_of_all_cohorts_is_all_revenue(tmp_path: Path, made: list[Row], engine: str) -> None:
    rows = [*made, LAST]
    (result,) = ask(written(tmp_path, files(rows)), question("cohorts", "2022-H1", "revenue"), engine).results
    firsts, cells = first_orders(rows), defaultdict(int)
    month_of = [sum(day >= start for start in MONTHS) for day in range(181)]
    for name, day, cents, _ in rows:
        if name in firsts and month_of[day] >= month_of[firsts[name]]:
            cells[month_of[firsts[name]], month_of[day] - month_of[firsts[name]]] += cents
    got = {(n, age): cell for n, row in enumerate(result.tables[0].rows, 1) for age, cell in enumerate(row.cells) if cell}
    assert got == {key: Fraction(cents, 100) for key, cents in cells.items() if cents}
    before_first = sum(cents for name, day, cents, _ in rows if name not in firsts or month_of[day] < month_of[firsts[name]])
    assert result.value == Fraction(sum(cents for _, _, cents, _ in rows) - before_first, 100)


@TRIES
@given(st.lists(ROW, min_size=1, max_size=14), st.sampled_from(ENGINES))
def test_gaps_are_those_between_days_with_orders(tmp_path: Path, made: list[Row], engine: str) -> None:
    rows = [*made, ("A", START - 5, 100, "p"), ("A", START + 9, 100, "p"), LAST]
    days: dict[str, set[int]] = defaultdict(set)
    for name, day, cents, _ in rows:
        if cents >= 0 and name != "guest":
            days[name].add(day)
    gaps = [day - max(d for d in own if d < day) for own in days.values() for day in own if START <= day < END and day != min(own)]
    (result,) = ask(written(tmp_path, files(rows)), question("order-gap", "2022-03..2022-04"), engine).results
    assert (result.totals["gaps"], float(result.value or 0)) == (len(gaps), median(gaps))
    anchors = {name: min(d for d in own if d >= START) for name, own in days.items() if any(START <= d < END for d in own)}
    (curve,) = result.curves
    for point in curve.points:
        followed = [name for name, day in anchors.items() if day + point.at <= 180]
        again = [name for name in followed if any(anchors[name] < d <= anchors[name] + point.at for d in days[name])]
        assert point.value == (Fraction(len(again), len(followed)) if followed else None)
