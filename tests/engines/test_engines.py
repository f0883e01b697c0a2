"""Each engine holds the rows of the files, however they are written and wherever slices end."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from custmetrics_cli.columns.text import BLANKS
from tests.support.reading import ENGINES, day, loaded, number, rows, text

Stint = tuple[str, int, int | None, str]
HEADER = ("customer_id", "started_at", "ended_at", "plan")
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=4)
IDS = st.sampled_from(["007", "7", "NA", "a,b", 'say "x"', "two\nlines", "Ж", "None"])
DAYS = st.integers(number("2019-12-01"), number("2020-03-01"))
STINTS = st.tuples(IDS, DAYS, st.integers(1, 90) | st.none(), WORDS)


@pytest.mark.parametrize("engine", ENGINES)
@given(stints=st.lists(STINTS, max_size=30), slice_size=st.sampled_from([40, 300, 1 << 24]), quoting=st.sampled_from([0, 1]))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_frames_hold_the_rows_of_the_file(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    engine: str,
    stints: list[Stint],
    slice_size: int,
    quoting: int,
) -> None:
    monkeypatch.setattr("custmetrics_cli.ingest.parse.csv_slices.SLICE", slice_size)
    records = [(who, day(start), day(start + length) if length else "", plan) for who, start, length, plan in stints]
    path = tmp_path / "customers.csv"
    path.write_text(text(HEADER, records, quoting=quoting), encoding="utf-8", newline="")
    with loaded([path], engine) as found:
        expected = [(who, number(start), number(end), plan.strip() or None) for who, start, end, plan in records]
        assert Counter(rows(found)) == Counter((*row[:3], _stripped(row[3])) for row in expected)
        assert (found.inputs[0].read, found.inputs[0].used) == (len(records), len(records))
        assert list(found.words["customers"]["plan"]) == sorted(found.words["customers"]["plan"])


def _stripped(word: str | None) -> str | None:
    return (word or "").strip(BLANKS) or None


@pytest.mark.parametrize("engine", ENGINES)
def test_several_files_of_a_table_are_read_as_one(tmp_path: Path, engine: str) -> None:
    (tmp_path / "live.csv").write_text("customer_id,started_at,ended_at,Plan\nA,2022-01-01,,pro\nB,2022-02-01,,\n")
    (tmp_path / "ended.csv").write_text("started_at;customer_id;ended_at\n2021-01-01;A;2021-06-01\n")
    with loaded([tmp_path / "live.csv", tmp_path / "ended.csv"], engine) as found:
        assert [(row[0], day(row[1]), day(row[2]), row[3]) for row in rows(found)] == [
            ("A", "2021-01-01", "2021-06-01", None),
            ("A", "2022-01-01", "", "pro"),
            ("B", "2022-02-01", "", None),
        ]
        assert "ended_at" in found.present["customers"]
        assert [report.used for report in found.inputs] == [2, 1]


@pytest.mark.parametrize("engine", ENGINES)
def test_tables_share_ids(tmp_path: Path, engine: str) -> None:
    (tmp_path / "c.csv").write_text("customer_id,started_at\nB,2022-01-01\nA,2022-01-01\n")
    (tmp_path / "s.csv").write_text("customer_id,started_at,amount\nA,2022-01-01,10\nC,2022-01-01,0\n")
    with loaded([tmp_path / "c.csv", tmp_path / "s.csv"], engine) as found:
        ids = {
            name: found.frames[table].collect("pyarrow" if engine == "duckdb" else None)["id"].to_list()
            for name, table in (("c", "customers"), ("s", "subscriptions"))
        }
        assert set(ids["s"]) <= set(ids["c"])
        assert found.ids(ids["s"]) == ["A"]
        assert found.inputs[1].excluded == {"pays nothing": 1}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_column_to_split_by_may_have_the_name_of_a_frame_column(tmp_path: Path, engine: str) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("customer_id,id,ID,started_at,Plan,plan\nA,x,y,2022-01-01,p,q\n")
    with loaded([path], engine, {"customers": ["id", "ID", "Plan", "plan"]}) as found:
        assert rows(found) == [("A", number("2022-01-01"), number(""), "x", "y", "p", "q")]


@pytest.mark.parametrize("engine", ENGINES)
def test_words_are_in_order_of_name_in_whatever_order_they_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    monkeypatch.setattr("custmetrics_cli.ingest.parse.csv_slices.SLICE", 20)
    path = tmp_path / "customers.csv"
    path.write_text("customer_id,started_at,plan\nA,2022-01-01,z\nB,2022-01-01,\nC,2022-01-01,m\nD,2022-01-01,a\n")
    with loaded([path], engine) as found:
        assert found.words["customers"]["plan"] == ("a", "m", "z")
        assert [(row[0], row[3]) for row in rows(found)] == [("A", "z"), ("B", None), ("C", "m"), ("D", "a")]
