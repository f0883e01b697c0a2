"""Compare customer counts on random tables with a reference that looks at every customer on every day.

Each table has many customers and is split by customer, because reading it takes longer than all else. A wrong customer is named.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.result import Result
from tests.support.asking import ENGINES, ask, ask_list, question, written
from tests.support.reference import Row, counted, customers, totals

FIRST = dt.date(2022, 1, 1)
MOVED = ("moved_in", "moved_out")
LEDGER = (
    "opening", "closing", "kept", "lost", "new", "reactivated", "new_and_lost", "back_and_lost", "lost_and_back",
    "starts", "returns", "ends", "leaving",
)  # fmt: skip
FEW = settings(max_examples=3, phases=[Phase.generate])  # a crowd is not shrunk, as its wrong customers are named
Counts = Mapping[str, Number]


def day(number: int | None) -> str:
    return "" if number is None else (FIRST + dt.timedelta(number)).isoformat()


class Table(NamedTuple):
    """The rows of a file, and the name of its table."""

    name: str
    rows: list[Row]

    def __repr__(self) -> str:
        return f"<{self.name}, {len(self.rows)} rows>"

    @property
    def of(self) -> dict[str, list[Row]]:
        """Return the rows of each customer."""
        return {who: [row for row in self.rows if row.customer == who] for who in sorted({row.customer for row in self.rows})}


def rows(dice: Random, customer: str, amounts: Sequence[int]) -> Iterator[Row]:
    """Yield rows. Half of them begin at the end of the one before, or as many days later as --gap bridges, or one more."""
    end: int | None = None
    for _ in range(dice.randint(1, 5)):
        start = dice.randint(0, 70) if end is None or dice.random() < 0.5 else end + dice.choice([0, 0, 1, 2, 6, 7])
        end, canceled = dice.choice([None, start + dice.randint(0, 30)]), dice.choice([None, start + dice.randint(0, 20)])
        yield Row(customer, start, end, dice.choice(["basic", "pro", None]), dice.choice(amounts), canceled)


def thrown(seed: int) -> Table:
    dice = Random(seed)
    name, amounts = dice.choice([("customers", [0]), ("subscriptions", [10, 10, 25])])
    those = [row for n in range(40) for row in rows(dice, f"C{n:02}", amounts)]
    dice.shuffle(those)
    return Table(name, those)


tables = st.builds(thrown, st.integers(0, 2**32))


def csv(table: Table) -> str:
    lines = [f"{r.customer},{r.customer},{day(r.start)},{day(r.end)},{day(r.canceled)},{r.group or ''},{r.amount}" for r in table.rows]
    paid = ["customer_id,who,started_at,ended_at,canceled_at,plan,amount", *lines]
    return "".join(f"{line if table.name == 'subscriptions' else line.rpartition(',')[0]}\n" for line in paid)


def got(table: Table, period: str, engine: str, **options: object) -> list[Result]:
    with TemporaryDirectory() as folder:
        paths = written(Path(folder), {table.name: csv(table)})
        return list(ask(paths, question("customers", period, **options), engine).results)


def split(table: Table, period: str, engine: str, *by: str, **options: object) -> dict[tuple[str | None, ...], Counts]:
    """Return totals by the name of the period, the customer and the values of by, without zeros."""
    results = got(table, period, engine, by=["who", *by], **options)
    assert all(result.totals.keys() == {*LEDGER, *MOVED} for result in results)
    return counting({(result.period.name, *result.group.values()): result.totals for result in results})


def counting(found: Mapping[tuple[str | None, ...], Counts]) -> dict[tuple[str | None, ...], Counts]:
    named = {key: {name: number for name, number in counts.items() if number} for key, counts in found.items()}
    return {key: counts for key, counts in named.items() if counts}


def plain(found: dict[str | None, Counter[str]]) -> dict[str, int]:
    everyone: Counter[str] = sum(found.values(), Counter())
    return {name: everyone[name] for name in LEDGER}


@pytest.mark.parametrize("engine", ENGINES)
@FEW
@given(table=tables, gap=st.sampled_from([0, 0, 1, 6]))
def test_the_ledger_matches_the_reference(table: Table, gap: int, engine: str) -> None:
    expected = {("2022-02", who): plain(totals(own, 31, 59, gap)) for who, own in table.of.items()}
    assert split(table, "2022-02", engine, gap=gap) == counting(expected)
    (whole,) = got(table, "2022-02", engine, gap=gap)
    assert dict(whole.totals) == {name: sum(counts[name] for counts in expected.values()) for name in LEDGER}


@pytest.mark.parametrize("engine", ENGINES)
@FEW
@given(table=tables)
def test_a_series_matches_its_single_periods_and_the_reference(table: Table, engine: str) -> None:
    series = got(table, "2022-01-31..2022-02-13", engine, every="day")
    expected = {(day(at), who): plain(totals(own, at, at + 1)) for who, own in table.of.items() for at in range(30, 44)}
    assert split(table, "2022-01-31..2022-02-13", engine, every="day") == counting(expected)
    for at, result in enumerate(series, 30):
        assert dict(result.totals) == {name: sum(expected[day(at), who][name] for who in table.of) for name in LEDGER}


@pytest.mark.parametrize("engine", ENGINES)
@FEW
@given(table=tables)
def test_groups_match_the_reference(table: Table, engine: str) -> None:
    expected = {("2022-02", who, plan): counts for who, own in table.of.items() for plan, counts in totals(own, 31, 59).items()}
    assert split(table, "2022-02", engine, "plan") == counting(expected)
    plans = totals(table.rows, 31, 59)
    for result in got(table, "2022-02", engine, by=["plan"]):
        assert dict(result.totals) == {name: plans[result.group["plan"]][name] for name in (*LEDGER, *MOVED)}


def inside(rows: list[Row], places: set[str | None]) -> Counter[str]:
    """Return the counts in these groups; a move between two of them is not a move."""
    found: Counter[str] = Counter()
    for customer in customers(rows, 0).values():
        counts = counted(customer, 31, 59)
        within = {group for name, group, _ in counts if name in MOVED} <= places
        for name, group, n in counts:
            found[name] += n * (group in places and not (name in MOVED and within))
    return found


@pytest.mark.parametrize("engine", ENGINES)
@FEW
@given(table=tables, how=st.sampled_from(["=", "!="]), plan=st.sampled_from(["basic", "pro", ""]))
def test_where_keeps_the_history_of_the_customers_inside(table: Table, how: str, plan: str, engine: str) -> None:
    """A customer gets its group first, as with --by. Then the group is filtered."""
    places = {group for group in (None, "basic", "pro") if ((group or "") == plan) == (how == "=")}
    expected = {("2022-02", who): inside(own, places) for who, own in table.of.items()}
    where = [f"plan{how}{plan}"]
    assert split(table, "2022-02", engine, where=where) == counting(expected)
    (result,) = got(table, "2022-02", engine, where=where)
    assert dict(result.totals) == {name: sum(counts[name] for counts in expected.values()) for name in (*LEDGER, *MOVED)}


@pytest.mark.parametrize("name", LEDGER)
@settings(FEW, max_examples=1)
@given(table=tables)
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


@FEW
@given(table=tables, cut=st.integers(1, 26))
def test_a_period_cut_in_two_has_the_same_opening_closing_and_events(table: Table, cut: int) -> None:
    middle = dt.date(2022, 2, 1) + dt.timedelta(cut)
    before = f"2022-02-01..{middle - dt.timedelta(1)}"
    found = (got(table, text, "pandas", by=["who"]) for text in ("2022-02", before, f"{middle}..2022-02-28"))
    whole, one, two = ({result.group["who"]: result.totals for result in results} for results in found)
    nothing: Counts = dict.fromkeys(LEDGER, 0)
    for who in table.of:
        every, first, second = (each.get(who, nothing) for each in (whole, one, two))
        assert (first["opening"], first["closing"]) == (every["opening"], second["opening"])
        assert second["closing"] == every["closing"]
        for event in ("starts", "returns", "ends"):
            assert first[event] + second[event] == every[event]


@settings(max_examples=10)
@given(table=tables, engine=st.sampled_from(ENGINES))
def test_churn_and_retention_add_up_to_one(table: Table, engine: str) -> None:
    with TemporaryDirectory() as folder:
        paths = written(Path(folder), {table.name: csv(table)})
        churn, retention = (ask(paths, question(name, "2022-Q1", by=["plan"]), engine).results for name in ("churn", "retention"))
    for lost, kept in zip(churn, retention, strict=True):
        assert (lost.value is None) == (kept.value is None)
        assert lost.value is None or lost.value + (kept.value or 0) == 1
