"""Tables are recognised by their headers, and sample_data is read as it is written, on every engine."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.engines.query.run import collect
from custmetrics_cli.ingest.recognise import match_table
from custmetrics_cli.ingest.recognise.headers import Header
from custmetrics_cli.ingest.recognise.match_table import MatchOptions
from custmetrics_cli.tables import TABLES
from tests.support.reading import ENGINES, loaded, number

SAMPLE = Path(__file__).parents[2] / "sample_data"
NAMES = ("customers", "subscriptions", "surveys", "costs", "purchases", "activity")
WORDS: dict[str, list[str]] = {name: [] for name in NAMES}


def lines(name: str) -> list[dict[str, str]]:
    with (SAMPLE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cents(text: str) -> int:
    """Return an amount of two decimals as whole parts of money."""
    whole, _, rest = text.partition(".")
    return int(whole + rest) * (MONEY_PARTS // 100)


EXPECTED: dict[str, Any] = {
    "surveys": lambda row: (
        row["customer_id"],
        number(row["responded_at"]),
        int(row["score"]),
        ("nps", "csat", "ces").index(row["kind"]) + 1,
    ),
    "costs": lambda row: (number(row["date"]), cents(row["amount"])),
    "purchases": lambda row: (row["customer_id"], number(row["date"]), cents(row["amount"])),
    "activity": lambda row: (row["customer_id"], number(row["timestamp"][:10]), int(row["duration"]) * 1000 if row["duration"] else -1),
}
COLUMNS = {
    "surveys": ("id", "responded_at", "score", "kind"),
    "costs": ("date", "amount"),
    "purchases": ("id", "date", "amount"),
    "activity": ("id", "timestamp", "duration"),
}


@pytest.mark.parametrize("engine", ENGINES)
def test_every_row_of_sample_data_is_read(engine: str) -> None:
    paths = [SAMPLE / f"{name}.csv" for name in NAMES]
    with loaded(paths, engine, WORDS) as found:
        assert {Path(report.path).stem: report.table for report in found.inputs} == {name: name for name in NAMES}
        for name, expected in EXPECTED.items():
            made = collect(found.frames[name].select(*COLUMNS[name]))
            ids = iter(found.ids([row["id"] for row in made])) if "id" in COLUMNS[name] else iter([])
            got = Counter(tuple(next(ids) if column == "id" else row[column] for column in COLUMNS[name]) for row in made)
            assert got == Counter(expected(row) for row in lines(name) if row.get("score") != "")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_recognised_alone_and_under_any_name(name: str, engine: str, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"".join((SAMPLE / f"{name}.csv").read_bytes().splitlines(keepends=True)[:50]))
    with loaded([path], engine, WORDS) as found:
        assert list(found.frames) == [name]


@pytest.mark.parametrize(
    ("header", "table"),
    [
        ("customer_id,started_at,ended_at", "customers"),
        ("customer_id,start_date,plan,price,currency", "subscriptions"),
        ("Timestamp,Score", "surveys"),
        ("Submitted at;Rating;Customer;Comment", "surveys"),
        ("customer_id,date,score", "surveys"),
        ("Дата ответа;Оценка;Клиент", "surveys"),
        ("Date,Campaign,Cost", "costs"),
        ("date,amount", "costs"),
        ("date,amount,channel,category", "costs"),
        ("Дата;Статья расходов;Сумма, руб", "costs"),
        ("customer_id,date,amount", "purchases"),
        ("Order date,Customer,Total,Currency", "purchases"),
        ("Дата заказа;Клиент;Сумма заказа", "purchases"),
        ("user_id,timestamp,event", "activity"),
        ("user_id,date", "activity"),
        ("distinct_id,time,event,$duration", "activity"),
        ("Пользователь;Время события;Событие;Длительность, сек", "activity"),
        ("date,from,to,rate", "rates"),
    ],
)
def test_a_table_is_recognised_by_its_header(header: str, table: str) -> None:
    cells = header.split(";" if ";" in header else ",")
    match = match_table.best_match(Header(tuple(cells)), TABLES.values(), MatchOptions(), "export.csv")
    assert (match.table.name, match.missing) == (table, ())


@pytest.mark.parametrize("engine", ENGINES)
def test_a_row_without_a_customer_has_an_empty_id(engine: str, tmp_path: Path) -> None:
    """Such rows are in a file without customers, or their cell is empty or blank. Other tables do not matter."""
    texts = {
        "bare": "responded_at,score\n2022-02-01,1\n",
        "named": "responded_at,score,customer_id\n2022-02-01,2,A\n2022-02-01,3,\n2022-02-01,4,  \n",
        "costs": "date,amount\n2022-02-01,5\n",
        "customers": "customer_id,started_at,ended_at\nB,2022-01-01,\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text)
    with loaded([tmp_path / f"{name}.csv" for name in texts], engine, WORDS) as found:
        made = collect(found.frames["surveys"].with_columns(named=found.has_id()))
        ids = found.ids([row["id"] for row in made])
        assert {row["score"]: (one, row["named"]) for one, row in zip(ids, made, strict=True)} == {
            1: ("", False), 2: ("A", True), 3: ("", False), 4: ("", False),
        }  # fmt: skip
        assert found.engine.similar_ids() == []


def test_the_closest_table_is_one_that_the_question_needs(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("who,date,total\nA,2022-02-01,5\n")
    with pytest.raises(CustmetricsError, match=r"(closest match:|the question needs) purchases,"):
        loaded([path], wanted={"purchases": []})
