"""A cell of many lines is read whatever its length, in a time that grows with its length."""

from __future__ import annotations

import io
from pathlib import Path

import pyarrow as pa
import pytest

from custmetrics_cli.cli.run import run
from custmetrics_cli.ingest.parse import csv_slices
from custmetrics_cli.ingest.parse.csv_slices import REPEATED_TEXT, CsvPart, parse_file
from custmetrics_cli.ingest.parse.records import LONGEST, parse_records

LINES = "hello world\n" * (LONGEST // 12 + 1)  # longer than any record whose quote is not closed
HEADER = "customer_id,started_at,ended_at,note\n"


def part(path: Path) -> CsvPart:
    return CsvPart(path, ",", '"', 2, 2, {"id": 0, "note": 1})


def test_a_record_longer_than_a_block_is_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_slices, "SLICE", 1 << 12)
    monkeypatch.setattr(csv_slices, "BLOCK", 1 << 10)
    path = tmp_path / "a.csv"
    path.write_text(f'id,note\n1,a\n2,"{LINES}"\n3,b\n')
    types = {"id": REPEATED_TEXT, "note": REPEATED_TEXT}
    rows = [row for table in parse_file(part(path), types) for row in zip(*(c.cast(pa.string()).to_pylist() for c in table), strict=True)]
    assert rows == [("1", "a"), ("2", LINES), ("3", "b")]


def test_only_a_quote_that_may_be_open_ends_a_record(tmp_path: Path) -> None:
    text = f'2,"{LINES}"\n3,b\n'
    known = [record.code for record in parse_records(io.StringIO(text), 1, part(tmp_path), longest=float("inf"))]
    unknown = [record.code for record in parse_records(io.StringIO(text), 1, part(tmp_path))]
    assert (known, unknown[0]) == (["", ""], "E506")


def test_a_bad_row_beside_a_long_cell_is_the_only_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(f'{HEADER}1,2022-01-01,,"{LINES}"\n2,soon,,x\n3,2022-01-01,,y\n')
    assert run(["churn", "--period", "2022-Q2", str(path), "--no-config"]) > 0
    errors = [line for line in capsys.readouterr().err.splitlines() if ": E" in line]
    assert errors == [f"{path}:{LINES.count(chr(10)) + 3}:2: E401 started_at: 'soon' is not a date"]
