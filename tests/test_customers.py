"""Customer counts on random tables, against the reference that looks at every customer on every day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmetrics_cli.result import Result
from tests.asking import ENGINES, ask, ask_list, question, written
from tests.reference import Row, counted, customers, totals

FIRST = dt.date(2022, 1, 1)
MOVED = ("moved_in", "moved_out")
LEDGER = (
    "opening", "closing", "kept", "lost", "new", "reactivated", "new_and_lost", "back_and_lost", "lost_and_back",
    "starts", "returns", "ends", "leaving",
)  # fmt: skip


def day(number: int | None) -> str:
    return "" if number is None else (FIRST + dt.timedelta(number)).isoformat()


class Table(NamedTuple):
    """What a file holds, and which table it is."""

    name: str
    rows: list[Row]


@st.composite
def rows(draw: st.DrawFn, amounts: tuple[int, ...]) -> Row:
    start = draw(st.integers(0, 70))
    end = draw(st.none() | st.integers(start, start + 40))
    canceled = draw(st.none() | st.integers(start, start + 20))
    group = draw(st.sampled_from(["basic", "pro", None]))
    return Row(draw(st.sampled_from("ABCDE")), start, end, group, draw(st.sampled_from(amounts)), canceled)


def of_rows(name: str, *amounts: int) -> st.SearchStrategy[Table]:
    return st.builds(Table, st.just(name), st.lists(rows(amounts), min_size=1, max_size=14))


tables = of_rows("customers", 0) | of_rows("subscriptions", 10, 10, 25)


def csv(table: Table) -> str:
    lines = [f"{r.customer},{day(r.start)},{day(r.end)},{day(r.canceled)},{r.group or ''},{r.amount}" for r in table.rows]
    paid = ["customer_id,started_at,ended_at,canceled_at,plan,amount", *lines]
    return "".join(f"{line if table.name == 'subscriptions' else line.rpartition(',')[0]}\n" for line in paid)


def got(table: Table, period: str, engine: str, **options: object) -> list[Result]:
    with TemporaryDirectory() as folder:
        paths = written(Path(folder), {table.name: csv(table)})
        return list(ask(paths, question("customers", period, **options), engine).results)


def plain(found: dict[str | None, Counter[str]]) -> dict[str, int]:
    everyone: Counter[str] = sum(found.values(), Counter())
    return {name: everyone[name] for name in LEDGER}


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=25)
@given(table=tables, gap=st.sampled_from([0, 0, 1, 6]))
def test_the_ledger_is_the_references(table: Table, gap: int, engine: str) -> None:
    (result,) = got(table, "2022-02", engine, gap=gap)
    assert dict(result.totals) == plain(totals(table.rows, 31, 59, gap))


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=15)
@given(table=tables)
def test_a_series_is_its_single_periods_and_the_reference(table: Table, engine: str) -> None:
    series = got(table, "2022-01-31..2022-02-13", engine, every="day")
    for offset, result in enumerate(series):
        assert dict(result.totals) == plain(totals(table.rows, 30 + offset, 31 + offset))


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=20)
@given(table=tables)
def test_groups_are_the_references(table: Table, engine: str) -> None:
    expected = totals(table.rows, 31, 59)
    for result in got(table, "2022-02", engine, by=["plan"]):
        assert dict(result.totals) == {name: expected[result.group["plan"]][name] for name in (*LEDGER, *MOVED)}


def inside(rows: list[Row], places: set[str | None]) -> Counter[str]:
    """What counts in these groups; who moves between two of them moves nowhere."""
    found: Counter[str] = Counter()
    for customer in customers(rows, 0).values():
        counts = counted(customer, 31, 59)
        within = {group for name, group, _ in counts if name in MOVED} <= places
        for name, group, n in counts:
            found[name] += n * (group in places and not (name in MOVED and within))
    return found


@settings(max_examples=20)
@given(table=tables, how=st.sampled_from(["=", "!="]), data=st.data(), engine=st.sampled_from(ENGINES))
def test_where_leaves_the_others_out_but_not_their_history(table: Table, how: str, data: st.DataObject, engine: str) -> None:
    """The customer is placed first, as --by places it; then it is asked whether its place is inside."""
    plans = {"", *(row.group or "" for row in table.rows if row.end is None or row.start < row.end)}
    plan = data.draw(st.sampled_from(sorted(plans)))
    expected = inside(table.rows, {group for group in (None, *plans) if ((group or "") == plan) == (how == "=")})
    (result,) = got(table, "2022-02", engine, where=[f"plan{how}{plan}"])
    assert dict(result.totals) == {name: expected[name] for name in (*LEDGER, *MOVED)}


@settings(max_examples=20)
@given(table=tables, name=st.sampled_from(LEDGER))
def test_a_list_names_the_customers_behind_its_total(table: Table, name: str) -> None:
    expected: Counter[str] = Counter()
    for who, customer in customers(table.rows, 0).items():
        expected[who] += sum(n for total, _, n in counted(customer, 31, 59) if total == name)
    for engine in ENGINES:
        with TemporaryDirectory() as folder:
            paths = written(Path(folder), {table.name: csv(table)})
            listed = ask_list(paths, question("customers", "2022-02"), name, engine)
        shown = {row[0]: row[-1] for row in listed.rows}
        assert shown == {who: n for who, n in expected.items() if n}


@settings(max_examples=15)
@given(table=tables, cut=st.integers(1, 26))
def test_a_period_cut_in_two_keeps_its_edges_and_events(table: Table, cut: int) -> None:
    middle = dt.date(2022, 2, 1) + dt.timedelta(cut)
    before = f"2022-02-01..{middle - dt.timedelta(1)}"
    (whole,), (one,), (two,) = (got(table, text, "pandas") for text in ("2022-02", before, f"{middle}..2022-02-28"))
    assert (one.totals["opening"], one.totals["closing"]) == (whole.totals["opening"], two.totals["opening"])
    assert two.totals["closing"] == whole.totals["closing"]
    for event in ("starts", "returns", "ends"):
        assert one.totals[event] + two.totals[event] == whole.totals[event]
