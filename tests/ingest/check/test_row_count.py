"""No row is lost silently: not between two reads of a file, not in the parser, not on the way to the engine."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.engines.pandas import PandasEngine
from custmetrics_cli.ingest.parse import csv_slices
from tests.support.reading import ENGINES, loaded, rows, text

CELLS = st.sampled_from(["a", "", " ", 'q"q', "x\ny", "x\r\ny", "\n", "\r", ",", "ж"])


@pytest.mark.parametrize("engine", ENGINES)
def test_no_slice_is_lost_when_evidence_changes_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    """The day is first, then the month seems to be, then the day again: the slices between must be read again."""
    monkeypatch.setattr(csv_slices, "SLICE", 4 * len("C00,13/01/2020\n"))
    days = ["13/01/2020", *["01/02/2020"] * 3, *(f"01/{day}/2020" for day in range(14, 20)), *["01/02/2020"] * 18]
    days += [f"{day}/02/2020" for day in range(13, 28)]
    path = tmp_path / "customers.csv"
    path.write_text(text(("customer_id", "started_at"), [(f"C{at:02}", day) for at, day in enumerate(days)]))
    with loaded([path], engine, skip_bad_rows=True) as found:
        (report,) = found.inputs
        assert (report.read, report.used, report.excluded) == (43, 37, {"bad row": 6})
        assert len(rows(found)) == 37


def test_rows_that_do_not_reach_the_engine_are_an_internal_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("customer_id,started_at\nA,2022-01-01\nB,2022-01-01\n")
    monkeypatch.setattr(PandasEngine, "add", lambda *_: None)
    with pytest.raises(CustmetricsError, match="E902 internal error: 2 rows of customers used, but the engine has 0"):
        loaded([path])


@given(made=st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=8), end=st.sampled_from(["\n", "\r\n", "\n\n", "\r"]))
@settings(max_examples=200)
def test_a_slice_has_as_many_rows_as_line_ends_outside_quotes(made: list[list[str]], end: str) -> None:
    part = csv_slices.CsvPart(Path(), ",", '"', 1, 2, {"a": 0, "b": 1})
    data = end.join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in made).encode()
    for piece in (data, data + end.encode(), end.encode() + data):
        assert csv_slices.count_records(piece, part) == len(made)
        assert csv_slices.parse_slice(piece, part, dict.fromkeys("ab", pa.string())).num_rows == len(made)


def test_a_parser_that_loses_rows_is_an_internal_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("customer_id,started_at\nA,2022-01-01\nB,2022-01-01\n")
    read_csv = pa.csv.read_csv
    monkeypatch.setattr(pa.csv, "read_csv", lambda *args, **options: read_csv(*args, **options).slice(1))
    with pytest.raises(CustmetricsError, match="E901"):
        loaded([path])
