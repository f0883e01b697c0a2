"""--by and --where take a header as the file writes it, also where the column is one of ours."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from custmetrics_cli.core.errors import CustmetricsError
from tests.support.asking import ENGINES, ask, question, written

RUSSIAN = """
Клиент,Начало,Окончание,Причина ухода
А,2022-01-05,,
Б,2022-01-09,2022-05-20,дорого
В,2022-02-01,2022-04-20,не нужно
"""
MONEY = """
Клиент,Тариф,Сумма,Валюта,Начало,Окончание
А,про,100,EUR,2022-01-05,
Б,старт,200,USD,2022-01-09,
"""


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("Начало<2022-02-01", "1/2"),
        ("начало<2022-02-01", "1/2"),
        ("Клиент=Б", "1"),
        ("customer_id=Б", "1"),
        ("customers.Начало<2022-01-08", "0"),
    ],
)
def test_where_takes_a_header(tmp_path: Path, where: str, value: str, engine: str) -> None:
    paths = written(tmp_path, {"customers": RUSSIAN})
    (result,) = ask(paths, question("churn", "2022-Q2", where=[where]), engine).results
    assert result.value == Fraction(value)


def test_by_takes_a_header_and_shows_it(tmp_path: Path) -> None:
    results = ask(written(tmp_path, {"customers": RUSSIAN}), question("churn", "2022-Q2", by=["Клиент"])).results
    assert [(result.group, result.value) for result in results] == [({"Клиент": name}, int(name != "А")) for name in "АБВ"]


def test_a_header_of_a_reason_is_refused_as_the_column_is(tmp_path: Path) -> None:
    paths = written(tmp_path, {"customers": RUSSIAN})
    with pytest.raises(CustmetricsError, match="only known for lost customers"):
        ask(paths, question("retention", "2022-Q2", by=["Причина ухода"]))


def test_a_header_of_currencies_splits_money(tmp_path: Path) -> None:
    results = ask(written(tmp_path, {"subscriptions": MONEY}), question("mrr", "2022-Q1", by=["Валюта"])).results
    assert [(result.group["Валюта"], result.value, result.currency) for result in results] == [("EUR", 100, "EUR"), ("USD", 200, "USD")]


def test_an_unmapped_column_wins_over_a_header(tmp_path: Path) -> None:
    text = "customer_id,Signed up,ended_at,started_at\nA,north,,2022-01-05\nB,south,2022-05-01,2022-01-05\n"
    results = ask(written(tmp_path, {"customers": text}), question("churn", "2022-Q2", by=["signed up"])).results
    assert [result.group["signed up"] for result in results] == ["north", "south"]
