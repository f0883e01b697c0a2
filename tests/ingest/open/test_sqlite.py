"""Tables of a SQLite database are sheets. Reading changes no file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.ingest.model import InputFile, TextFile
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpack import unpack


def made(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()
    return path


def opened(path: Path, sheet: str = "") -> dict[str, tuple[TextFile, str]]:
    with Scratch() as scratch:
        files = unpack(InputFile(str(path), sheet=sheet), scratch)
        return {file.source.path.removeprefix(f"{path}#"): (file, file.path.read_text("utf-8")) for file in files}


ORDERS = "CREATE TABLE orders (id, day, amount)"


def test_values_of_any_type_are_read(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db", ORDERS, "INSERT INTO orders VALUES (1, '2022-01-01', 5.0), ('b', NULL, 0.1 + 0.2), (NULL, NULL, NULL)")
    assert opened(path)["orders"][1] == "id,day,amount\n1,2022-01-01,5\nb,,0.3\n,,\n"


def test_views_are_read_only_by_name_unless_there_is_nothing_else(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db", ORDERS, "CREATE VIEW big AS SELECT id FROM orders", "INSERT INTO orders VALUES (1, 2, 3)")
    assert [*opened(path)] == ["orders"]
    assert opened(path, "BIG")["big"][1] == "id\n1\n"
    assert opened(made(tmp_path / "b.db", "CREATE VIEW one AS SELECT 1 AS id"))["one"][1] == "id\n1\n"


def test_names_with_quotes_and_keys_are_read(tmp_path: Path) -> None:
    path = made(
        tmp_path / "a.db", 'CREATE TABLE "мой ""order""" (id INTEGER PRIMARY KEY AUTOINCREMENT)', 'INSERT INTO "мой ""order""" VALUES (7)'
    )
    assert {name: text for name, (_, text) in opened(path).items()} == {'мой "order"': "id\n7\n"}


def test_changes_that_are_still_in_the_log_are_read_and_no_file_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute(ORDERS)
        database.execute("INSERT INTO orders VALUES (1, 2, 3)")
        database.commit()
        before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
        assert "a.db-wal" in before
        assert opened(path)["orders"][1] == "id,day,amount\n1,2,3\n"
        assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before


def test_a_database_in_a_folder_that_cannot_be_written_is_read(tmp_path: Path) -> None:
    path = made(tmp_path / "a#1 ?.db", "PRAGMA journal_mode=WAL", ORDERS)
    assert opened(path)["orders"][1] == "id,day,amount\n"
    assert [each.name for each in tmp_path.iterdir()] == ["a#1 ?.db"]


def test_binary_data_is_refused_with_its_row(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db", ORDERS, "INSERT INTO orders VALUES (1, 2, 3), (2, x'00FF', 3)")
    (file, text), *_ = opened(path).values()
    assert text == "id,day,amount\n1,2,3\n2,(binary data),3\n"
    assert [(each.code, each.row, each.column, each.message) for each in file.refused] == [
        ("E223", 3, 2, "row 2 holds binary data, not text")
    ]


def test_an_empty_database_has_no_tables(tmp_path: Path) -> None:
    with pytest.raises(CustmetricsError, match="E215"):
        opened(made(tmp_path / "a.db", ORDERS, "DROP TABLE orders"))
