"""Rows split by a column of another table, against a reference that looks it up row by row."""

from __future__ import annotations

import datetime as dt
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.result import Answer
from tests.support.asking import ENGINES, ask, ask_list, question, written

FIRST = dt.date(2022, 1, 20)
SPANS = ("customers", "subscriptions")
DAYS = {"surveys": "responded_at", "purchases": "date", "activity": "timestamp"}
ASKED = {"surveys": "nps", "subscriptions": "mrr", "customers": "customers", "purchases": "repeat-rate", "activity": "active-users"}


class Row(NamedTuple):
    customer: str
    start: int
    length: int | None
    word: str

    @property
    def end(self) -> float:
        return float("inf") if self.length is None else self.start + self.length


KNOWN = [Row("X", 5, None, "x"), Row("Y", 5, None, "y")]  # each word occurs at least once
rows = st.lists(
    st.builds(Row, st.sampled_from("ABC"), st.integers(0, 50), st.integers(1, 30) | st.none(), st.sampled_from(["x", "y", ""])), max_size=8
).map(lambda those: [*those, *KNOWN])


def looked_up(row: Row, others: list[Row], lasting: bool) -> Row | None:
    """Return the row running that day, else the latest earlier one, else the first; ties by name, a missing word last."""
    mine = [other for other in others if other.customer == row.customer]
    begun = [other for other in mine if other.start <= row.start]
    found = [other for other in begun if lasting and row.start < other.end]
    if not found and begun:
        found = [other for other in begun if other.start == max(each.start for each in begun)]
    if not found:
        found = [other for other in mine if other.start == min(each.start for each in mine)]
    return min(found, key=lambda other: (not other.word, other.word), default=None)


def looked_up_day(row: Row, others: list[Row]) -> Row | None:
    """Return the same for the column of first days: of several running rows, the earliest."""
    return looked_up(row, [other._replace(word=day(other.start)) for other in others], lasting=True)


def day(number: float) -> str:
    return "" if number == float("inf") else (FIRST + dt.timedelta(int(number))).isoformat()


def csv(table: str, those: list[Row], found: list[Row | None] | None = None) -> str:
    """Return the text of a table. found: the row of the other table for each row, written into columns of its own."""
    head = ["customer_id", *(("started_at", "ended_at") if table in SPANS else (DAYS[table],)), "word", "found", "found_day"]
    more = {"subscriptions": ["amount"], "purchases": ["amount"], "surveys": ["score"]}.get(table, [])
    lines = [[*head, *more]]
    for n, (row, other) in enumerate(zip(those, found or [None] * len(those), strict=True)):
        days = [day(row.start), day(row.end)] if table in SPANS else [day(row.start)]
        found_cells = [other.word, day(other.start)] if other else ["", ""]
        lines.append([row.customer, *days, row.word, *found_cells, *[str(n % 9 + 2)] * len(more)])
    return "".join(",".join(line) + "\n" for line in lines)


def answer_of(folder: Path, tables: dict[str, str], metric: str, engine: str, **options: object) -> Answer:
    scale = {"options": {"scale": "0-10"}} if metric == "nps" else {}  # few answers do not show it
    return ask(written(folder, tables), question(metric, "2022-02", **scale, **options), engine)


def content(answer: Answer) -> list[tuple[object, ...]]:
    return [(*r.group.values(), dict(r.totals), r.value, r.interval, r.exhibits) for r in answer.results]


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=15)
@given(
    table=st.sampled_from([*ASKED]),
    other=st.sampled_from([*SPANS, *DAYS]),
    mine=rows,
    others=rows,
    asked=st.sampled_from([{"by": ["{}"]}, {"where": ["{}=x"]}, {"by": ["word"], "where": ["{}!=x"]}]),
)
def test_a_looked_up_column_splits_as_the_same_column_in_the_table_would(
    table: str, other: str, mine: list[Row], others: list[Row], asked: dict[str, list[str]], engine: str
) -> None:
    assume(table != other)
    found = [looked_up(row, others, other in SPANS) for row in mine]
    with TemporaryDirectory() as folder:
        tables = {table: csv(table, mine, found), other: csv(other, others)}
        options = [
            {name: [each.format(column) for each in columns] for name, columns in asked.items()} for column in ("found", f"{other}.word")
        ]
        one, two = (answer_of(Path(folder), tables, ASKED[table], engine, **each) for each in options)
        assert content(one) == content(two)


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=6)
@given(mine=rows, others=rows, sign=st.sampled_from(["<", ">=", "="]))
def test_a_looked_up_day_compares_as_a_day(mine: list[Row], others: list[Row], sign: str, engine: str) -> None:
    found = [looked_up_day(row, others) for row in mine]
    with TemporaryDirectory() as folder:
        tables = {"surveys": csv("surveys", mine, found), "customers": csv("customers", others)}
        tests = (f"{column}{sign}{day(5)}" for column in ("found_day", "customers.started_at"))
        one, two = (answer_of(Path(folder), tables, "nps", engine, where=[test]) for test in tests)
        assert content(one) == content(two)


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=6)
@given(mine=rows, others=rows, table=st.sampled_from(["subscriptions", "surveys"]))
def test_groups_add_up_to_the_total(mine: list[Row], others: list[Row], table: str, engine: str) -> None:
    with TemporaryDirectory() as folder:
        tables = {table: csv(table, mine), "purchases": csv("purchases", others)}
        groups = answer_of(Path(folder), tables, ASKED[table], engine, by=["purchases.word"]).results
        (whole,) = answer_of(Path(folder), tables, ASKED[table], engine).results
    for name, total in whole.totals.items():
        assert sum(group.totals[name] for group in groups) == total


PEOPLE = """
customer_id,started_at,ended_at,plan,reason
A,2022-01-01,2022-04-15,basic,price
A,2022-04-15,,pro,
B,2022-01-01,2022-05-01,basic,bugs
"""
ANSWERS = """
responded_at,score,customer_id
2021-12-01,9,A
2022-04-14,9,A
2022-04-15,3,A
2022-04-20,3,B
2022-06-30,10,C
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_each_table_looks_up_as_of_its_own_days(engine: str, tmp_path: Path) -> None:
    """A subscription has the plan of its start, a purchase that of its day."""
    money = {
        "subscriptions": "customer_id,started_at,ended_at,amount\nA,2022-02-01,,100\nB,2022-02-01,,10\n",
        "purchases": "customer_id,date,amount\nA,2022-04-20,7\nB,2022-04-20,5\nC,2022-04-20,3\n",
    }
    paths = written(tmp_path, {"customers": PEOPLE, **money})
    answer = ask(paths, question("mrr-with-one-off", "2022-04", by=["customers.plan"], as_of=date(2022, 4, 30)), engine)
    assert {r.group["customers.plan"]: (r.totals["closing_mrr"], r.totals["one_off"]) for r in answer.results} == {
        "basic": (110, 5),
        "pro": (0, 7),
        None: (0, 3),
    }


@pytest.mark.parametrize("engine", ENGINES)
def test_the_looked_up_table_is_an_input_and_does_not_limit_the_period(engine: str, tmp_path: Path) -> None:
    paths = written(tmp_path, {"surveys": ANSWERS, "customers": PEOPLE})
    answer = ask(paths, question("nps", "2022-Q2", by=["customers.plan"]), engine)
    assert [(r.group, r.totals["answers"], r.complete) for r in answer.results] == [
        ({"customers.plan": "basic"}, 2, True),
        ({"customers.plan": "pro"}, 1, True),
        ({"customers.plan": None}, 1, True),
    ]
    assert {report.table for report in answer.inputs} == {"surveys", "customers"}
    assert [warning.code for warning in answer.warnings] == ["W225"]
    listed = ask_list(paths, question("nps", "2022-Q2", by=["customers.plan"]), "detractors", engine)
    assert listed.columns[:2] == ("customers.plan", "customer_id")
    assert [row[:2] for row in listed.rows] == [("basic", "B"), ("pro", "A")]


def test_a_looked_up_reason_splits_answers_but_not_subscriptions(tmp_path: Path) -> None:
    rents = "customer_id,started_at,ended_at,amount\nA,2022-02-01,,100\nB,2022-02-01,,10\n"
    paths = written(tmp_path, {"surveys": ANSWERS, "customers": PEOPLE, "subscriptions": rents})
    answer = ask(paths, question("nps", "2022-04", by=["customers.reason"]))
    assert {r.group["customers.reason"]: r.totals["answers"] for r in answer.results} == {"price": 1, "bugs": 1, None: 1}
    with pytest.raises(CustmetricsError, match="E133"):
        ask(paths, question("mrr", "2022-04", by=["customers.reason"]))


def test_a_column_of_another_table_is_suggested_with_its_table(tmp_path: Path) -> None:
    paths = written(tmp_path, {"surveys": ANSWERS, "customers": PEOPLE})
    with pytest.raises(CustmetricsError, match="surveys has no column 'plan'; customers has it") as error:
        ask(paths, question("nps", "2022-04", by=["plan"]))
    assert error.value.problems[0].hint == "look it up there: --by customers.plan"


def test_a_header_with_a_dot_wins_over_another_table(tmp_path: Path) -> None:
    answers = ANSWERS.replace("customer_id", "customer_id,customers.plan").replace(",A", ",A,mine")
    paths = written(tmp_path, {"surveys": answers.replace(",B", ",B,").replace(",C", ",C,"), "customers": PEOPLE})
    answer = ask(paths, question("nps", "2022-04", by=["customers.plan"]))
    assert {r.group["customers.plan"]: r.totals["answers"] for r in answer.results} == {"mine": 2, None: 1}
