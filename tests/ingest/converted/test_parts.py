"""What the Parquet files of a conversion hold, as any other program reads them."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.engines.stored.money import LARGEST, from_decimals, places_for, to_decimals
from custmetrics_cli.ingest.converted.rows.record_places import record_places
from custmetrics_cli.ingest.converted.rows.several import SeveralRows
from custmetrics_cli.ingest.converted.rows.sorted_rows import SortedRows
from custmetrics_cli.ingest.parse.csv_slices import CsvPart
from custmetrics_cli.ingest.parse.records import parse_records

SUBSCRIPTIONS = """customer_id,started_at,ended_at,amount,interval,status,plan,trial_end
0007,2022-03-01,,49.90,month,active,pro,
0008,2022-01-31,2022-05-31,1200,year,ended,"team, large",
0009,2022-02-01,,20,month,trial,pro,2022-03-01
0007,2021-01-01,2021-06-01,9.999,month,ended,,
"""


@pytest.fixture
def rows(ask, tmp_path: Path):
    """Convert a text and return the rows of a file of the folder."""

    def go(text: str, name: str = "subscriptions", *more: str) -> list[dict[str, object]]:
        (tmp_path / "in.csv").write_text(text)
        assert ask("convert", "in.csv", "-o", "clean", *more)[0] == 0
        return pq.read_table(tmp_path / "clean" / name / "part-00000.parquet", page_checksum_verification=True).to_pylist()

    return go


def test_rows_are_typed_and_sorted_by_their_first_day(rows) -> None:
    found = [{name: value for name, value in row.items() if name[0] != "_"} for row in rows(SUBSCRIPTIONS)]
    assert [row["started_at"] for row in found] == sorted(row["started_at"] for row in found)
    assert found[-1] == {
        "customer_id": "0007",
        "started_at": date(2022, 3, 1),
        "ended_at": None,
        "trial_end": None,
        "amount": Decimal("49.900"),
        "interval": "month",
        "status": "active",
        "plan": "pro",
    }


def test_other_programs_sum_the_money_exactly(rows, tmp_path: Path) -> None:
    rows(SUBSCRIPTIONS)
    totals = "sum(amount), count(_several_id) FILTER (_several_id > 0)"
    ((total, several),) = duckdb.sql(f"SELECT {totals} FROM '{tmp_path}/clean/subscriptions/*.parquet'").fetchall()
    assert (total, several) == (Decimal("1259.899"), 2)


def test_the_manifest_counts_every_row_and_names_every_hash(rows, tmp_path: Path) -> None:
    import json

    rows(SUBSCRIPTIONS)
    (entry,) = json.loads((tmp_path / "clean/manifest.json").read_text())["entries"]
    assert entry["read"] == entry["used"] + sum(entry["skipped"].values()) == 4
    assert entry["source"]["sha256"] == sha256((tmp_path / "in.csv").read_bytes()).hexdigest()
    for part in (entry["part"], entry["skipped_part"]):
        path = tmp_path / "clean" / part["file"]
        assert (part["sha256"], part["rows"]) == (sha256(path.read_bytes()).hexdigest(), pq.read_metadata(path).num_rows)
    facts = pq.read_metadata(tmp_path / "clean" / entry["part"]["file"]).metadata[b"custmetrics"]
    assert json.loads(facts)["sha256"] == entry["source"]["sha256"]


def test_the_same_files_give_the_same_folder(ask, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(SUBSCRIPTIONS)
    folders = []
    for name in ("one", "two"):
        assert ask("convert", "in.csv", "-o", name)[0] == 0
        files = [path for path in sorted((tmp_path / name).rglob("*")) if path.is_file()]
        folders.append([(path.relative_to(tmp_path / name), path.read_bytes()) for path in files])
    assert folders[0] == folders[1]


MESSY = """customer_id,started_at,ended_at,status,plan
A,2022-01-01,,active,"two
lines"
B,2022-01-02,,trial,"a ""word"" b"

C,2022-01-03,,trial,pro\r
D,soon,,active,pro
E,2022-01-05,,trial,"one
more"
F,2022-01-06,2022-01-01,active,pro
Total,,,,
"""


def test_skipped_rows_have_their_line_text_and_reason(rows) -> None:
    found = [tuple(row[name] for name in ("_line", "_text", "_reason")) for row in rows(MESSY, "customers.skipped", "--skip-bad-rows")]
    assert found == [
        (4, 'B,2022-01-02,,trial,"a ""word"" b"', "trial"),
        (6, "C,2022-01-03,,trial,pro", "trial"),
        (7, "D,soon,,active,pro", "bad row: E401 started_at: 'soon' is not a date"),
        (8, 'E,2022-01-05,,trial,"one more"', "trial"),
        (10, "F,2022-01-06,2022-01-01,active,pro", "bad row: E501 ended_at is before started_at"),
        (11, "Total,,,,", "total row"),
    ]


@given(st.lists(st.integers(-(10**15), 10**15), min_size=1), st.sampled_from([1, 42, 504, 5040]))
def test_money_comes_back_to_the_part(parts: list[int], step: int) -> None:
    amounts = np.array(parts) // step * step
    places = places_for(amounts)
    if places >= 0:
        stored = to_decimals(amounts, places)
        assert (from_decimals(stored, places) == amounts).all()
        exact = [Fraction(part, MONEY_PARTS) for part in amounts.tolist()]
        assert all(abs(Fraction(shown) - each) < Fraction(1, 10**6) for shown, each in zip(stored.to_pylist(), exact, strict=True))
    else:
        assert max(abs(amounts)) * 10**6 // MONEY_PARTS >= LARGEST


@given(st.lists(st.lists(st.integers(-50, 50), max_size=30), max_size=6))
def test_rows_come_back_in_order_and_equal_ones_as_they_came(tmp_path_factory: pytest.TempPathFactory, pieces: list[list[int]]) -> None:
    came = [key for piece in pieces for key in piece]
    number = iter(range(len(came)))
    with SortedRows(tmp_path_factory.mktemp("sorted") / "rows", "key", 7) as waiting:
        for piece in pieces:
            waiting.add(pa.table({"key": pa.array(piece, pa.int64()), "number": pa.array([next(number) for _ in piece], pa.int64())}))
        found = [tuple(row.values()) for table in waiting.tables() for row in table.to_pylist()]
    assert found == sorted(zip(came, range(len(came)), strict=True))


def test_a_day_of_very_many_rows_needs_no_sorting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from custmetrics_cli.ingest.converted.rows import sorted_rows

    monkeypatch.setattr(sorted_rows, "MOST", 10)
    keys = [3, 1, 3, 2] * 10
    with SortedRows(tmp_path / "rows", "key", 7) as waiting:
        for begin in range(0, 40, 8):
            waiting.add(pa.table({"key": pa.array(keys[begin : begin + 8]), "number": pa.array(range(begin, begin + 8))}))
        found = [tuple(row.values()) for table in waiting.tables() for row in table.to_pylist()]
    assert found == sorted(zip(keys, range(40), strict=True))


CELLS = st.text(alphabet='a",\n\r é', max_size=4)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_places_are_those_that_a_slow_reader_finds(records: list[list[str]], end: str) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(records)
    part = CsvPart(Path(), ",", '"', 1, 2, {})
    slow = [record.line for record in parse_records(io.StringIO(out.getvalue(), newline=""), 1, part)]
    fast = record_places(out.getvalue().encode(), part, np.arange(len(records)))
    assert [1 + place.lines_before for place in fast] == slow
    assert [next(csv.reader(io.StringIO(place.text, newline=""))) for place in fast] == records


@given(st.lists(st.lists(st.text(max_size=3), max_size=20), max_size=5))
def test_ids_of_several_rows_have_a_number_each(chunks: list[list[str]]) -> None:
    several = SeveralRows()
    arrays = [pa.chunked_array([pa.array(chunk, pa.string())]) for chunk in chunks]
    for each in arrays:
        several.add(each)
    assert several.number(arrays)
    ids = [each for chunk in chunks for each in chunk]
    numbers = dict(zip(ids, (int(number) for each in arrays for number in several.numbers(each)), strict=True))
    assert all(bool(number) == (ids.count(each) > 1) for each, number in numbers.items())
    repeated = [number for number in numbers.values() if number]
    assert len({*repeated}) == len(repeated)


PARTS = 12


def test_a_folder_of_part_files_one_of_them_in_another_form(ask, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    header = "customer_id,started_at,ended_at,plan\n"
    for number in range(PARTS):
        text = header + "".join(f"C{number}{row},2022-0{1 + row % 6}-1{row % 9},,Про\n" for row in range(20))
        text = text.replace("2022-01-10", "soon", 1) if number == 3 else text
        data = text.replace(",", ";").encode("cp1251") if number == 7 else text.encode()
        (folder / f"part-{number:03}.csv").write_bytes(data)
    assert "part-003.csv:2:2: E401" in ask("convert", "exports", "-o", "clean")[2]
    assert not (tmp_path / "clean").exists()
    assert ask("convert", "exports", "-o", "clean", "--skip-bad-rows", "--rejects", "rejects.csv")[0] == 0
    assert "soon" in (tmp_path / "rejects.csv").read_text()
    asked = ("churn", "--period", "2022-Q2", "--by", "plan", "--json")
    for engine in ("pandas", "duckdb"):
        assert ask(*asked, "clean", "--engine", engine) == ask(*asked, "exports", "--skip-bad-rows", "--engine", engine)


def test_a_file_with_unclear_dates_is_read_as_the_others(ask, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "a.csv").write_text("customer_id,started_at,ended_at\nA,01/02/2022,\nB,02/01/2022,\n")
    (folder / "b.csv").write_text("customer_id,started_at,ended_at\nC,21/02/2022,\nD,13/02/2022,15/05/2022\n")
    assert ask("convert", "exports", "-o", "clean")[0] == 0
    asked = ("churn", "--period", "2022-Q2", "--json")
    assert ask(*asked, "clean") == ask(*asked, "exports")
    assert "E406" in ask("convert", "exports/a.csv", "-o", "one")[2]
    (tmp_path / "exports" / "c.csv").write_text("customer_id,started_at,ended_at\nE,02/21/2022,\n")
    assert "E406" in ask("convert", "exports", "-o", "two")[2]


def test_files_in_different_currencies_are_told_apart(ask, tmp_path: Path) -> None:
    for name, sign in (("a.csv", "€"), ("b.csv", "zł")):
        (tmp_path / name).write_text(f"customer_id,date,amount\nA,2022-04-01,10.50 {sign}\n")
    assert ask("convert", "a.csv", "b.csv", "-o", "clean")[0] == 0
    for more in ((), ("--by", "currency")):
        asked = ("revenue", "--period", "2022-Q2", *more)
        assert ask(*asked, "clean") == ask(*asked, "a.csv", "b.csv")


def test_files_whose_last_rows_name_different_currencies_are_refused(ask, tmp_path: Path) -> None:
    plain = "".join(f"A,2022-04-01,{number}.50\n" for number in range(5_000))
    for name, sign in (("a.csv", "€"), ("b.csv", "zł")):
        (tmp_path / name).write_text(f"customer_id,date,amount\n{plain}{name},2022-04-01,10.50 {sign}\n")
    from_source, from_clean = ask("revenue", "--period", "2022-Q2", "a.csv", "b.csv"), ask("convert", "a.csv", "b.csv", "-o", "clean")
    assert (from_source[0], "E337" in from_source[2], "E337" in from_clean[2]) == (3, True, True)
