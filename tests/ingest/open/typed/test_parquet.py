"""Parquet files keep the exact values of their columns."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from custmetrics_cli.ingest.model import InputFile, TextFile
from custmetrics_cli.ingest.open.find import find
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpack import unpack

NOON, MIDNIGHT = dt.datetime(2022, 1, 1, 12), dt.datetime(2022, 1, 1)
UTC, MOSCOW = pa.timestamp("us", "UTC"), pa.timestamp("ms", "Europe/Moscow")


def opened(path: Path) -> tuple[TextFile, str]:
    with Scratch() as scratch:
        (file,) = unpack(InputFile(str(path)), scratch)
        return file, file.path.read_text("utf-8")


def column(path: Path, values: Any) -> list[str]:
    pq.write_table(pa.table({"x": values, "y": [0] * len(values)}), path)
    return [line.rpartition(",")[0].strip('"') for line in opened(path)[1].splitlines()[1:]]


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (["a", None, "b,c"], ["a", "", "b,c"]),
        (["two\r\nlines"], ["two lines"]),
        ([Decimal("1.10"), None], ["1.10", ""]),
        (pa.array([Decimal("1.100")], pa.decimal128(9, 3)), ["1.1000"]),
        ([5.0, 99.9, 1.234, None], ["5", "99.9", "1.2340", ""]),
        (pa.array([0.1], pa.float32()), ["0.1"]),
        ([2**60, None], [str(2**60), ""]),
        ([True, None, False], ["true", "", "false"]),
        ([dt.date(2022, 1, 1)], ["2022-01-01"]),
        ([MIDNIGHT, None], ["2022-01-01", ""]),
        ([MIDNIGHT, NOON], ["2022-01-01 00:00:00", "2022-01-01 12:00:00"]),
        (pa.array([NOON], UTC), ["2022-01-01 12:00:00Z"]),
        (pa.array([NOON], MOSCOW), ["2022-01-01 12:00:00Z"]),
        (pa.array(["a", "b", "a"]).dictionary_encode(), ["a", "b", "a"]),
        (pa.array([b"text", None]), ["text", ""]),
        (pa.array([UUID(int=1).bytes], pa.binary(16)), [str(UUID(int=1))]),
        ([[1, 2], None], ["[1, 2]", ""]),
        (pa.nulls(2), ["", ""]),
        (pa.array([dt.timedelta(days=1)]), ["1 day, 0:00:00"]),
    ],
)
def test_values_of_every_type_are_exact(tmp_path: Path, values: Any, texts: list[str]) -> None:
    assert column(tmp_path / "a.parquet", values) == texts


def test_nested_columns_have_dotted_names(tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": [1, 2], "c": [{"mail": "a@b", "home": {"city": "X"}}, None]}), tmp_path / "a.parquet")
    assert opened(tmp_path / "a.parquet")[1] == "id,c.mail,c.home.city\n1,a@b,X\n2,,\n"


def test_binary_data_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": [1], "x": [b"\xff\x00"]}), tmp_path / "a.parquet")
    file, text = opened(tmp_path / "a.parquet")
    assert (text, [(each.code, each.column) for each in file.refused]) == ("id,x\n1,(binary data)\n", [("E223", 2)])


def test_a_table_in_parts_is_found_with_the_columns_of_its_folders(tmp_path: Path) -> None:
    for year, country in ((2023, "DE"), (2022, "F%20R")):
        folder = tmp_path / "lake" / f"year={year}" / f"country={country}"
        folder.mkdir(parents=True)
        pq.write_table(pa.table({"id": [year]}), folder / "part-0.parquet")
        (folder / "_SUCCESS").touch()
    files = find([str(tmp_path / "lake")], ())
    assert [opened(Path(file.path))[1] for file in files] == ["id,year,country\n2022,2022,F R\n", "id,year,country\n2023,2023,DE\n"]


def test_a_folder_of_spark_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "exports" / "orders.parquet"
    folder.mkdir(parents=True)
    pq.write_table(pa.table({"id": [1]}), folder / "part-00000-abc.snappy.parquet")
    assert [Path(file.path).name for file in find([str(tmp_path / "exports")], ())] == ["part-00000-abc.snappy.parquet"]


def test_many_batches_are_one_table(tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": range(100_000), "t": ["a"] * 99_999 + ["b,c"]}), tmp_path / "a.parquet", row_group_size=30_000)
    with Scratch() as scratch:
        (file,) = unpack(InputFile(str(tmp_path / "a.parquet")), scratch)
        lines = file.whole().path.read_text("utf-8").splitlines()
    assert (len(lines), lines[1], lines[-1]) == (100_001, '0,"a"', '99999,"b,c"')
