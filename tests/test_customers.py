"""Customer counts on random tables, against the reference that looks at every customer on every day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmetrics_cli.result import Result
from tests.asking import ENGINES, ask, ask_list, question, written
from tests.reference import Row, counted, customers, totals

FIRST = dt.date(2022, 1, 1)
LEDGER = (
    "opening", "closing", "kept", "lost", "new", "reactivated", "new_and_lost", "back_and_lost", "lost_and_back",
    "starts", "returns", "ends", "leaving",
)  # fmt: skip


def day(number: int | None) -> str:
    return "" if number is None else (FIRST + dt.timedelta(number)).isoformat()


@st.composite
def rows(draw: st.DrawFn) -> Row:
    start = draw(st.integers(0, 70))
    end = draw(st.none() | st.integers(start, start + 40))
    canceled = draw(st.none() | st.integers(start, start + 20))
    return Row(draw(st.sampled_from("ABCDE")), start, end, draw(st.sampled_from(["basic", "pro", None])), 0, canceled)


tables = st.lists(rows(), min_size=1, max_size=14)


def csv(table: list[Row]) -> str:
    lines = [f"{r.customer},{day(r.start)},{day(r.end)},{day(r.canceled)},{r.group or ''}" for r in table]
    return "\n".join(["customer_id,started_at,ended_at,canceled_at,plan", *lines]) + "\n"


def got(table: list[Row], period: str, engine: str, **options: object) -> list[Result]:
    with TemporaryDirectory() as folder:
        paths = written(Path(folder), {"customers": csv(table)})
        return list(ask(paths, question("customers", period, **options), engine).results)


def plain(found: dict[str | None, Counter[str]]) -> dict[str, int]:
    everyone: Counter[str] = sum(found.values(), Counter())
    return {name: everyone[name] for name in LEDGER}


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=25, deadline=None)
@given(table=tables, gap=st.sampled_from([0, 0, 1, 6]))
def test_the_ledger_is_the_references(table: list[Row], gap: int, engine: str) -> None:
    (result,) = got(table, "2022-02", engine, gap=gap)
    assert dict(result.totals) == plain(totals(table, 31, 59, gap))


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=15, deadline=None)
@given(table=tables)
def test_a_series_is_its_single_periods_and_the_reference(table: list[Row], engine: str) -> None:
    series = got(table, "2022-01-31..2022-02-13", engine, every="day")
    for offset, result in enumerate(series):
        assert dict(result.totals) == plain(totals(table, 30 + offset, 31 + offset))


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=20, deadline=None)
@given(table=tables)
def test_groups_are_the_references(table: list[Row], engine: str) -> None:
    expected = totals(table, 31, 59)
    for result in got(table, "2022-02", engine, by=["plan"]):
        assert dict(result.totals) == {name: expected[result.group["plan"]][name] for name in (*LEDGER, "moved_in", "moved_out")}


@settings(max_examples=20, deadline=None)
@given(table=tables, name=st.sampled_from(LEDGER))
def test_a_list_names_the_customers_behind_its_total(table: list[Row], name: str) -> None:
    expected: Counter[str] = Counter()
    for who, customer in customers(table, 0).items():
        expected[who] += sum(n for total, _, n in counted(customer, 31, 59) if total == name)
    for engine in ENGINES:
        with TemporaryDirectory() as folder:
            paths = written(Path(folder), {"customers": csv(table)})
            listed = ask_list(paths, question("customers", "2022-02"), name, engine)
        shown = {row[0]: row[-1] for row in listed.rows}
        assert shown == {who: n for who, n in expected.items() if n}


@settings(max_examples=15, deadline=None)
@given(table=tables, cut=st.integers(1, 26))
def test_a_period_cut_in_two_keeps_its_edges_and_events(table: list[Row], cut: int) -> None:
    middle = dt.date(2022, 2, 1) + dt.timedelta(cut)
    before = f"2022-02-01..{middle - dt.timedelta(1)}"
    (whole,), (one,), (two,) = (got(table, text, "pandas") for text in ("2022-02", before, f"{middle}..2022-02-28"))
    assert (one.totals["opening"], one.totals["closing"]) == (whole.totals["opening"], two.totals["opening"])
    assert two.totals["closing"] == whole.totals["closing"]
    for event in ("starts", "returns", "ends"):
        assert one.totals[event] + two.totals[event] == whole.totals[event]
