"""--list shows the columns by which people know a customer, or those of --columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run
from custmetrics_cli.core.errors import CustmetricsError
from tests.support.asking import ENGINES, ask_list, question, written

NAMED = """
Клиент,ФИО,E-mail,Менеджер,Тариф,Начало,Окончание
1,Иванов Пётр,i@x.example,Анна,про,2022-01-05,
2,Сидоров Олег,s@x.example,,базовый,2022-01-09,2022-05-20
3,Кузнецова Мария,k@x.example,Анна,про,2022-02-01,2022-04-20
"""
PLANS = "customer_id,plan\n2,gold\n"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("columns", "names", "second"),
    [
        ((), ("ФИО", "E-mail", "Менеджер"), ("Сидоров Олег", "s@x.example", None)),
        (("Тариф", "менеджер"), ("Тариф", "менеджер"), ("базовый", None)),
        (("Клиент",), ("Клиент",), ("2",)),
    ],
)
def test_lists_show_columns_of_the_file(
    tmp_path: Path, columns: tuple[str, ...], names: tuple[str, ...], second: object, engine: str
) -> None:
    asked = question("churn", "2022-Q2", known_by=True, columns=columns)
    listed = ask_list(written(tmp_path, {"customers": NAMED}), asked, "lost", engine)
    assert listed.columns == (*names, "customer_id", "started_at", "ended_at", "count")
    assert listed.rows[0][: len(names)] == second


def test_a_column_of_another_table_is_looked_up(tmp_path: Path) -> None:
    orders = "customer_id,date,amount\nA,2022-04-01,5\nB,2022-04-02,6\n"
    customers = "customer_id,started_at,ended_at,name\nA,2022-01-01,,Ann\n"
    paths = written(tmp_path, {"purchases": orders, "customers": customers})
    listed = ask_list(paths, question("buyers", "2022-Q2", columns=("customers.name",)), "buyers")
    assert [row[:2] for row in listed.rows] == [("Ann", "A"), (None, "B")]


def test_a_customer_with_several_words_has_the_first_by_name(tmp_path: Path) -> None:
    orders = "customer_id,date,amount,customer_name\nA,2022-04-01,5,Zoe\nA,2022-04-02,6,Ann\nA,2022-04-03,6,\n"
    listed = ask_list(written(tmp_path, {"purchases": orders}), question("buyers", "2022-Q2", known_by=True), "buyers")
    assert [row[:2] for row in listed.rows] == [("Ann", "A")]


def test_an_unknown_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CustmetricsError, match="has no column 'foo'"):
        ask_list(written(tmp_path, {"customers": NAMED}), question("churn", "2022-Q2", columns=("foo",)), "lost")


def test_settings_choose_the_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path, {"customers": NAMED})
    (tmp_path / "custmetrics.toml").write_text('list-columns = ["Тариф"]\n[columns.customers]\nended_at = "Окончание"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    asked = ["churn", "--period", "2022-Q2", "--today", "2022-07-01", "customers.csv", "--list", "lost", "-f", "csv"]
    assert run(asked) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("Тариф,customer_id,started_at,ended_at,count")
    assert run([*asked, "--columns", "ФИО"]) == 0
    assert capsys.readouterr().out.startswith("ФИО,customer_id")
