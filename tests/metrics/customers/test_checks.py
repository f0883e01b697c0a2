"""Warnings about rows that start the day after another row ended, and about duplicate rows of subscriptions."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from custmetrics_cli.compute.answer import answer
from custmetrics_cli.engines.query import repeats
from custmetrics_cli.ingest.load import load
from custmetrics_cli.ingest.open.find import find
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables import TABLES
from tests.support.asking import ENGINES, TODAY, ask, ask_list, question, written

ASKED = question("churn", "2022-Q2")
CODE = "W204"


def customers(folder: Path, late: int, touching: int) -> list[str]:
    """Return customers whose second row starts the day after the first ended, and others whose second row starts on that day."""
    seconds = {f"L{i}": "2022-02-01" for i in range(late)} | {f"T{i}": "2022-01-31" for i in range(touching)}
    rows = [f"{who},2022-01-01,2022-01-31\n{who},{day},2022-05-31\n{who},2022-09-01," for who, day in seconds.items()]
    return written(folder, {"customers": "\n".join(["customer_id,started_at,ended_at", *rows, ""])})


def messages_of(paths: list[str], engine: str, ends: str = "exclusive") -> list[str]:
    with load(find(paths, TABLES), ASKED.selections(), Settings(today=TODAY, ends=ends), engine) as loaded:
        return [warned.message for warned in answer(ASKED, loaded).warnings if warned.code == CODE]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("late", "touching", "warns"), [(4, 0, False), (5, 0, True), (5, 5, False), (6, 5, True), (0, 9, False)])
def test_a_warning_for_many_rows_that_start_the_day_after(tmp_path: Path, engine: str, late: int, touching: int, warns: bool) -> None:
    messages = messages_of(customers(tmp_path, late, touching), engine)
    assert len(messages) == warns
    assert all(message.startswith(f"{late} rows ") and "--ends inclusive" in message for message in messages)


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_that_start_the_day_after_are_listed_unless_ends_are_inclusive(tmp_path: Path, engine: str) -> None:
    paths = customers(tmp_path, 5, 0)
    assert ask_list(paths, ASKED, "day_after", engine).rows == [(f"L{i}", "2022-02-01", 1) for i in range(5)]
    assert messages_of(paths, engine, "inclusive") == []


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("limit", ["", "MOST_SORTED", "MOST_LISTED"])
def test_duplicate_rows_of_subscriptions_are_found_in_every_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str, limit: str
) -> None:
    """limit: above it all rows are grouped."""
    if limit:
        monkeypatch.setattr(repeats, limit, 0)
    dice = Random(7)
    rows = [
        (f"C{dice.randint(1, 30):02}", f"2022-01-{dice.randint(1, 3):02}", dice.choice(["", "2022-06-01"]), dice.choice([0, 5, 10]))
        for _ in range(300)
    ]
    text = "customer_id,started_at,ended_at,amount\n" + "".join(f"{who},{start},{end},{price}\n" for who, start, end, price in rows)
    counted = Counter(row for row in rows if row[3])
    expected = [(who, start, end or None, n - 1) for (who, start, end, _), n in counted.items() if n > 1]
    paths = written(tmp_path, {"subscriptions": text})
    (warned,) = [each for each in ask(paths, question("mrr", "2022-Q1"), engine).warnings if each.code == "W305"]
    assert warned.message.startswith(f"{sum(n for *_, n in expected)} duplicate rows ")
    listed = ask_list(paths, question("mrr", "2022-Q1"), "alike", engine).rows
    assert sorted(listed, key=str) == sorted(expected, key=str)
