"""Ends that lie after the last known day: a plan, not a fact. A list of members holds the last day of each contract."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custmetrics_cli.core.result import Answer
from tests.support.asking import ENGINES, ask, known_question, question, written

HEADER = "customer_id,started_at,ended_at,status\n"
MEMBERS = (
    HEADER
    + "1,2025-01-01,2025-12-01,active\n2,2025-01-01,2026-03-01,active\n3,2025-09-01,2026-06-01,active\n4,2025-02-01,2025-09-20,ended\n"
)
RUSSIAN = (
    "Код клиента;Дата начала;Дата окончания;Статус\n"
    "1;01.01.2025;01.12.2025;активен\n2;01.01.2025;01.03.2026;действует\n3;01.09.2025;01.06.2026;на паузе\n"
    "4;01.02.2025;20.09.2025;завершён\n"
)
FLAGS = MEMBERS.replace("status", "is_active").replace("active\n", "yes\n").replace("ended\n", "no\n").replace("is_yes", "is_active")
PRICED = "customer_id,started_at,ended_at,status,amount,interval\n" + "".join(f"{line},10,month\n" for line in MEMBERS.splitlines()[1:])
ANNOUNCED = "customer_id,started_at,ended_at,canceled_at,status\n" + (
    "1,2025-01-01,2025-12-31,2025-09-10,cancelled\n2,2025-09-15,,,active\n3,2025-03-01,2025-09-02,2025-08-20,cancelled\n"
)
FACTS = ("opening", "lost", "closing")
FIRST = dt.date(2025, 1, 1)
member = st.tuples(st.integers(0, 250), st.integers(1, 110), st.sampled_from(["active", "ended"]))


def codes(answer: Answer) -> list[str]:
    return [notice.code for notice in answer.warnings]


def counts(answer: Answer) -> tuple[int, ...]:
    return tuple(int(answer.results[0].totals[name]) for name in FACTS)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "tables",
    [{"customers": MEMBERS}, {"customers": RUSSIAN}, {"customers": FLAGS}, {"subscriptions": PRICED}],
    ids=["words", "ru", "flags", "priced"],
)
def test_planned_ends_are_neither_losses_nor_news(tables: dict[str, str], engine: str, tmp_path: Path) -> None:
    paths = written(tmp_path, tables)
    for period in ("2025-Q4", "2026-Q1"):
        answer = ask(paths, question("churn", period), engine)
        assert answer.results[0].value is None
        assert "no data after 2025-09-20" in answer.results[0].reason
    partial = ask(paths, question("customers", "2025-H2"), engine)
    assert counts(partial) == (3, 1, 3)
    assert {"W101", "W277"} <= {*codes(partial)}
    for day in (dt.date(2025, 10, 15), dt.date(2025, 12, 31)):
        told = ask(paths, question("customers", "2025-Q4", as_of=day), engine)
        assert counts(told) == (3, 0, 3)
        (message,) = [notice.message for notice in told.warnings if notice.code == "W277"]
        assert message.startswith("3 rows of ")
    assert "W277" not in codes(ask(paths, question("churn", "2025-Q2"), engine))


@pytest.mark.parametrize("engine", ENGINES)
def test_planned_ends_lose_no_mrr(engine: str, tmp_path: Path) -> None:
    answer = ask(written(tmp_path, {"subscriptions": PRICED}), question("mrr", "2025-Q4", as_of=dt.date(2025, 10, 15)), engine)
    assert answer.results[0].totals["churned_mrr"] == 0


@pytest.mark.parametrize("engine", ENGINES)
def test_a_cancelled_contract_that_runs_on_is_still_a_customer(engine: str, tmp_path: Path) -> None:
    paths = written(tmp_path, {"customers": ANNOUNCED})
    assert ask(paths, question("churn", "2025-Q4"), engine).results[0].value is None
    partial = ask(paths, question("customers", "2025-H2"), engine)
    assert counts(partial) == (2, 1, 2)
    assert "W277" in codes(partial)
    later = ask(paths, question("customers", "2025-H2", as_of=dt.date(2026, 1, 1)), engine)
    assert counts(later) == (2, 2, 1)


def test_ends_before_today_are_facts_without_a_status(tmp_path: Path) -> None:
    plain = "\n".join(",".join(line.split(",")[:3]) for line in MEMBERS.splitlines())
    paths = written(tmp_path, {"customers": plain})
    asked = question("customers", "2025-12")._replace(today=dt.date(2025, 12, 20))
    answer = ask(paths, asked, today=asked.today)
    assert counts(answer) == (3, 1, 2)
    ahead = question("customers", "2026-H1")._replace(as_of=dt.date(2026, 3, 31), today=dt.date(2026, 4, 1))
    assert counts(ask(paths, ahead, today=ahead.today)) == (2, 1, 1)


@settings(max_examples=25, deadline=None, phases=[Phase.generate])
@given(st.lists(member, min_size=1, max_size=8), st.sampled_from(ENGINES))
def test_the_ledger_matches_days_counted_one_by_one(members: list[tuple[int, int, str]], engine: str) -> None:
    """The last known day is the last start, or the last end of a row that has ended."""
    known = max([start for start, _, _ in members] + [start + length for start, length, state in members if state == "ended"])
    rows = [(start, start + length) if start + length <= known else (start, 10**6) for start, length, _ in members]
    lines = [f"{number},{day(start)},{day(start + length)},{state}" for number, (start, length, state) in enumerate(members)]
    first, last = day_of_year(6), day_of_year(10)
    opening = [(start, end) for start, end in rows if start < first <= end]
    closing = [(start, end) for start, end in rows if start < last <= end]
    lost = [(start, end) for start, end in opening if end < last]
    with tempfile.TemporaryDirectory() as folder:
        paths = written(Path(folder), {"customers": HEADER + "\n".join(lines) + "\n"})
        answer = ask(paths, known_question("customers", "2025-07-01..2025-10-31"), engine)
    expected = (len(opening), len(lost), len(closing))
    assert counts(answer) == expected


def day(number: int) -> str:
    return (FIRST + dt.timedelta(number)).isoformat()


def day_of_year(months: int) -> int:
    return (dt.date(2025, 1 + months, 1) - FIRST).days
