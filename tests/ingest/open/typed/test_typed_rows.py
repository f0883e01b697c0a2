"""A large Parquet file is read column by column. The answer, the counts and the errors are those of the same rows as CSV."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmetrics_cli.cli.run import run as run_command
from custmetrics_cli.ingest.model import InputFile, TextFile
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.typed import parquet_rows
from custmetrics_cli.ingest.open.unpack import unpack
from custmetrics_cli.ingest.parse.csv_slices import ID_TEXT, REPEATED_TEXT, CsvPart, parse_file
from custmetrics_cli.ingest.recognise import head

DAY = dt.date(2022, 3, 1)
LENGTH = parquet_rows.HEAD
NOON = dt.datetime(2022, 1, 1, 12)


@pytest.fixture(autouse=True)
def few_rows_are_many(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(parquet_rows, "HEAD", 0)
        patch.setattr(parquet_rows, "FEW", 2)
        patch.setattr(parquet_rows, "SOME", 2)
        patch.setattr(parquet_rows, "ROWS", 3)
        yield


class Ran(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return lambda *arguments: Ran(run_command([*arguments, "--no-config"]), *capsys.readouterr())


def typed(path: Path, scratch: Scratch) -> TextFile:
    (file,) = unpack(InputFile(str(path)), scratch)
    assert file.typed
    return file


def texts(table: pa.Table) -> dict[str, list[str]]:
    return {name: table.column(name).cast(pa.string()).fill_null("").to_pylist() for name in table.column_names}


def read_typed(file: TextFile, types: dict[str, pa.DataType], days: tuple[str, ...] = ()) -> dict[str, list[str]]:
    assert file.typed
    positions = {name: at for at, name in enumerate(types)}
    tables = [file.typed.rows.texts(part, positions, types, days) for part in file.typed.rows.slices([*positions.values()])]
    assert all(table.column(name).null_count == 0 for table in tables for name in types if name not in days)
    return {name: [text for table in tables for text in texts(table)[name]] for name in types}


def read_csv(file: TextFile, types: dict[str, pa.DataType]) -> dict[str, list[str]]:
    part = CsvPart(file.whole().path, ",", '"', 2, len(types), {name: at for at, name in enumerate(types)})
    tables = [texts(table) for table in parse_file(part, types)]
    return {name: [text for table in tables for text in table[name]] for name in types}


VALUES: list[Any] = [
    ["a", None, "b,c", 'say "x"', "", " a "],
    ["two\r\nlines", "a", "b\nc", "d\re"],
    [Decimal("1.10"), None, Decimal("-3.00")],
    pa.array([Decimal("1.100"), Decimal("2.000"), None], pa.decimal128(9, 3)),
    [5.0, 99.9, 1.234, None, 1e20, 1e-7, -0.0],
    pa.array([0.1, 2.5, None], pa.float32()),
    pa.array([1.5, 0.25, None], pa.float32()).cast(pa.float16()),
    [2**60, None, -3],
    [True, None, False],
    [DAY, None, dt.date(1, 1, 1), dt.date(9999, 12, 31)],
    pa.array([-800_000, 3_000_000, 0], pa.int32()).cast(pa.date32()),
    [dt.datetime(2022, 1, 1), None, dt.datetime(2023, 1, 1)],
    [dt.datetime(2022, 1, 1), None, NOON],
    pa.array([NOON, None, NOON], pa.timestamp("us", "UTC")),
    pa.array([NOON, None, NOON], pa.timestamp("ns", "Europe/Moscow")),
    pa.array(["a", None, "a", "b"]).dictionary_encode(),
    pa.array([DAY, None, DAY]).cast(pa.date64()),
    pa.array([b"text", None, b"text"]),
    pa.array([b"0123456789abcdef", None, b"0123456789abcdef"], pa.binary(16)),
    [[1, 2], None, [3]],
    pa.nulls(3),
    pa.array([dt.timedelta(days=1), None, dt.timedelta(0)]),
    pa.array([dt.time(1, 2), None, dt.time(3)]),
    pa.array(["a", None, "b"], pa.large_string()),
]


@pytest.mark.parametrize("values", VALUES, ids=range(len(VALUES)))
def test_typed_columns_have_the_texts_of_the_csv(tmp_path: Path, values: Any) -> None:
    path, types = tmp_path / "a.parquet", {"x": REPEATED_TEXT, "id": ID_TEXT}
    pq.write_table(pa.table({"x": values, "id": range(len(values))}), path)
    with Scratch() as scratch:
        file = typed(path, scratch)
        assert read_typed(file, types) == read_typed(file, types, days=("x",)) == read_csv(file, types)
        assert read_typed(file, {"x": ID_TEXT, "id": REPEATED_TEXT}) == read_csv(file, types)


CELLS = st.one_of(st.none(), st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=4))


@settings(max_examples=50, deadline=None)
@given(rows=st.lists(st.tuples(CELLS, st.none() | st.decimals(-999, 999, places=2), st.none() | st.dates()), min_size=3, max_size=30))
def test_any_rows_have_the_texts_of_the_csv(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[Any, Any, Any]]) -> None:
    path = tmp_path_factory.mktemp("any") / "a.parquet"
    word, amount, day = zip(*rows, strict=True)
    columns = {"id": word, "word": word, "amount": pa.array(amount, pa.decimal128(9, 2)), "day": pa.array(day, pa.date32())}
    pq.write_table(pa.table(columns), path, row_group_size=7, data_page_size=20)
    types = {"id": ID_TEXT, "word": REPEATED_TEXT, "amount": REPEATED_TEXT, "day": REPEATED_TEXT}
    with Scratch() as scratch:
        file = typed(path, scratch)
        assert read_typed(file, types, days=("day",)) == read_csv(file, types)


def test_only_the_columns_of_a_question_are_read_also_nested_ones(tmp_path: Path) -> None:
    customer = [{"mail": f"{number}@x", "home": {"city": "X"}} for number in range(5)]
    columns = {"id": range(5), "wide": ["w" * 99] * 5, "c": customer, "plan": ["p"] * 5}
    folder = tmp_path / "year=2024"
    folder.mkdir()
    pq.write_table(pa.table(columns), folder / "a.parquet")
    with Scratch() as scratch:
        rows = typed(folder / "a.parquet", scratch).typed
        assert rows
        (first, *_) = rows.rows.slices([2, 5])
    assert {at: column.to_pylist() for at, column in first.columns.items() if at in (0, 1, 2, 5)} == {
        2: ["0@x", "1@x", "2@x", "3@x"],
        5: ["2024"] * 4,
    }


def test_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array([1, 2, 3]), pa.array(["a", "b", "c"])], ["x", "x"])
    pq.write_table(table, tmp_path / "a.parquet")
    with Scratch() as scratch:
        file = typed(tmp_path / "a.parquet", scratch)
        assert read_typed(file, {"one": REPEATED_TEXT, "two": ID_TEXT}) == {"one": ["1", "2", "3"], "two": ["a", "b", "c"]}


def subscriptions(**changes: Any) -> pa.Table:
    columns: dict[str, Any] = {
        "customer_id": [f"c{number % 7}" for number in range(20)],
        "started_at": [dt.date(2022, 1 + number % 9, 1) for number in range(20)],
        "ended_at": [None if number % 3 else dt.date(2022, 11, 5) for number in range(20)],
        "plan": ["a,b", "b"] * 10,
        "amount": [Decimal("9.90"), Decimal("1200.00")] * 10,
    }
    return pa.table(columns | changes)


def both(run: Run, tmp_path: Path, table: pa.Table, *arguments: str) -> tuple[Any, Any]:
    """Run a command with Parquet and with the CSV of it."""
    pq.write_table(table, tmp_path / "s.parquet")
    with Scratch() as scratch:
        file = typed(tmp_path / "s.parquet", scratch)
        (tmp_path / "s.csv").write_bytes(file.whole().path.read_bytes())
    return tuple(run(*arguments, f"subscriptions={tmp_path / f's.{suffix}'}") for suffix in ("parquet", "csv"))  # type: ignore[return-value]


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
@pytest.mark.parametrize("command", ["churn --by plan --period 2022-Q4", "mrr --period 2022-Q2 --every month", "cohorts --period 2022"])
def test_answers_are_those_of_the_csv(run: Run, tmp_path: Path, command: str, engine: str) -> None:
    parquet, csv = (
        json.loads(each.out) for each in both(run, tmp_path, subscriptions(), *command.split(), "--format", "json", "--engine", engine)
    )
    assert parquet["results"] == csv["results"]
    assert parquet["inputs"][0]["rows"] == csv["inputs"][0]["rows"]


def test_errors_name_the_row(run: Run, tmp_path: Path) -> None:
    ended = [None] * 13 + [dt.date(1999, 1, 1)] + [None] * 6
    parquet, csv = both(run, tmp_path, subscriptions(ended_at=pa.array(ended, pa.date32())), "churn", "--period", "2022-Q2")
    assert parquet.status == csv.status > 0
    assert parquet.err.replace("s.parquet:14", "s.csv:15") == csv.err


def test_bad_rows_are_skipped_and_counted(run: Run, tmp_path: Path) -> None:
    started = [dt.date(2022, 1, 1)] * 10 + [None] * 2 + [dt.date(2022, 1, 1)] * 8
    options = ("churn", "--period", "2022-Q2", "--skip-bad-rows", "--format", "json")
    parquet, csv = (json.loads(each.out) for each in both(run, tmp_path, subscriptions(started_at=started), *options))
    assert parquet["results"] == csv["results"]
    assert parquet["inputs"][0]["rows"] == csv["inputs"][0]["rows"] == {"read": 20, "used": 18, "excluded": {"bad row": 2}}


def test_binary_data_is_refused_only_where_it_is_read(run: Run, tmp_path: Path) -> None:
    plans = pa.array([b"a"] * 15 + [b"\xff"] * 5)
    parquet, _ = both(run, tmp_path, subscriptions(plan=plans), "churn", "--period", "2022-Q2")
    assert parquet.status == 0, parquet.err
    parquet, _ = both(run, tmp_path, subscriptions(plan=plans), "churn", "--period", "2022-Q2", "--by", "plan")
    assert "E223" in parquet.err


def test_a_copy_is_found_by_all_its_rows(run: Run, tmp_path: Path) -> None:
    for name, last in (("a", "x"), ("b", "y")):
        pq.write_table(subscriptions(plan=["p"] * 19 + [last]), tmp_path / f"{name}.parquet")
    assert run("churn", str(tmp_path), "--period", "2022-Q2", "--overlap", "keep").status == 0
    assert "E355" in run("churn", str(tmp_path), "--period", "2022-Q2").err
    pq.write_table(subscriptions(plan=["p"] * 19 + ["x"]), tmp_path / "b.parquet")
    assert "E307" in run("churn", str(tmp_path), "--period", "2022-Q2").err


def test_a_file_with_damage_below_its_head_is_an_error(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "s.parquet"
    pq.write_table(subscriptions(), path, row_group_size=5, write_page_checksum=True, compression="none", use_dictionary=False)
    data = path.read_bytes()
    at = data.rfind(b"\x02\0\0\0c") + 4
    path.write_bytes(data[:at] + b"d" + data[at + 1 :])
    assert "E217" in run("churn", str(path), "--period", "2022-Q2").err


def test_recognition_reads_all_of_the_head() -> None:
    assert LENGTH >= head.HEAD


def test_a_conversion_of_typed_rows_notes_the_skipped_ones(tmp_path: Path, run: Run) -> None:
    rows = {
        "customer_id": ["a", "b", "c", "d", "e"],
        "started_at": [DAY] * 5,
        "ended_at": [None, None, None, None, dt.date(2022, 5, 1)],
        "status": ["active", "active", "active", "trialing", "active"],
    }
    pq.write_table(pa.table(rows), tmp_path / "members.parquet")
    done = run("convert", str(tmp_path / "members.parquet"), "-o", str(tmp_path / "clean"))
    assert (done.status, done.err) == (0, f"written: {tmp_path / 'clean'}\n")
    skipped = pq.read_table(tmp_path / "clean" / "customers.skipped").to_pylist()
    assert [(row["_line"], row["_text"], row["_reason"]) for row in skipped] == [(4, "d,2022-03-01,,trialing", "trial")]
