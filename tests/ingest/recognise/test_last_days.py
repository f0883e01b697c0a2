"""Ends that are the last day of service: by the word in their header they are read so, by their cells a warning asks."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custmetrics_cli.core.result import Answer
from tests.support.asking import ENGINES, ask, known_question, question, written

FIRST = dt.date(2025, 1, 1)
SPANS = [("1", 152, 181), ("1", 182, 211), ("1", 212, 241), ("2", 160, 189), ("2", 190, 219), ("3", 165, 194), ("3", 195, 224)]
SHOWN = ("opening", "lost", "closing", "reactivated", "returns")
Spans = list[tuple[str, int, int]]
row = st.tuples(st.sampled_from("abc"), st.integers(0, 200), st.integers(0, 60))


def csv(header: str, spans: Spans, shift: int = 0) -> str:
    """Return a file. shift: days that its ends lie after the last day of service."""
    lines = [f"{name},{FIRST + dt.timedelta(start)},{FIRST + dt.timedelta(end + shift)}" for name, start, end in spans]
    return "\n".join([header, *lines]) + "\n"


def counts(answer: Answer) -> dict[str, int]:
    return {name: int(answer.results[0].totals[name]) for name in SHOWN}


def codes(answer: Answer) -> list[str]:
    return [notice.code for notice in answer.warnings]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "header",
    [
        "customer_id,Valid from,Valid through",
        "customer_id,Start,Last day of service",
        "customer_id,start,End date (inclusive)",
        "Код клиента,Действует с,Действует по",
        "Клиент,С,По",
        "Клиент,Дата с,Дата по",
        "Клиент,Дата начала,Действует до (включительно)",
        "Kunde,Beginn,Letzter Tag",
    ],
)
def test_a_header_names_the_last_day(header: str, engine: str, tmp_path: Path) -> None:
    answer = ask(written(tmp_path, {"customers": csv(header, SPANS)}), question("customers", "2025-07"), engine)
    assert counts(answer) == {"opening": 3, "lost": 0, "closing": 3, "reactivated": 0, "returns": 0}
    assert answer.policies["ends"] == "inclusive"
    assert "is read as the last day of service" in answer.inputs[0].reading
    assert not {"W204", "W274", "W287"}.intersection(codes(answer))


@settings(max_examples=20, deadline=None, phases=[Phase.generate])
@given(st.lists(row, min_size=1, max_size=8), st.sampled_from(ENGINES))
def test_last_days_and_the_days_after_them_give_the_same_answer(rows: list[tuple[str, int, int]], engine: str) -> None:
    spans = [(name, start, start + length) for name, start, length in rows]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "other").mkdir()
        one = written(Path(folder), {"customers": csv("customer_id,started_at,valid through", spans)})
        other = written(Path(folder) / "other", {"customers": csv("customer_id,started_at,ended_at", spans, 1)})
        asked = known_question("customers", "2025-05")
        assert counts(ask(one, asked, engine)) == counts(ask(other, asked, engine))


def test_the_user_overrides_the_header(tmp_path: Path) -> None:
    paths = written(tmp_path, {"customers": csv("customer_id,started_at,valid through", SPANS)})
    answer = ask(paths, question("customers", "2025-07"), explicit=frozenset({"ends"}))
    assert counts(answer)["lost"] == 1
    assert "ends" not in answer.policies


@pytest.mark.parametrize("header", ["customer_id,started_at,ended_at", "Клиент,Дата начала,Дата окончания по договору"])
def test_renewals_one_day_after_an_end_are_a_sign(header: str, tmp_path: Path) -> None:
    paths = written(tmp_path, {"customers": csv(header, SPANS)})
    answer = ask(paths, question("customers", "2025-07"))
    (message,) = [notice.message for notice in answer.warnings if notice.code == "W287"]
    assert "4 rows begin one day after the end" in message
    assert "--ends inclusive" in message
    assert counts(ask(paths, question("customers", "2025-07"), ends="inclusive"))["lost"] == 0


@pytest.mark.parametrize(
    "spans",
    [
        [(name, start, end + 1) for name, start, end in SPANS],
        [("1", 10, 40), ("1", 41, 70), ("2", 10, 40), ("2", 45, 70), ("3", 10, 40), ("3", 60, 90)],
        [("1", 10, 40), ("1", 41, 70), ("2", 10, 40)],
    ],
    ids=["on the day", "any day", "once"],
)
def test_other_gaps_are_no_sign(spans: Spans, tmp_path: Path) -> None:
    answer = ask(written(tmp_path, {"customers": csv("customer_id,started_at,ended_at", spans)}), question("customers", "2025-07"))
    assert not {"W204", "W274", "W287"}.intersection(codes(answer))
