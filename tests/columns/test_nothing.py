"""Words for nothing are empty cells where numbers stand, and what they are elsewhere."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from custmetrics_cli.columns import FAR, ColumnFormat
from custmetrics_cli.columns.parsing.blank_words import emptied, emptied_all
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.engines.query.run import collect
from custmetrics_cli.ingest.repair.explain import readable
from custmetrics_cli.tables import TABLES
from tests.support.reading import ENGINES, loaded

WORDS = ["-", "--", "n/a", "N/A", "null", "NULL", "none", "(not set)", "(none)", "не закрыта", "0000-00-00", "0000-00-00 00:00:00"]
COLUMNS = ("ended_at", "trial_end", "interval", "interval_count", "quantity", "discount")
HEADER = f"customer_id,started_at,amount,plan,{','.join(COLUMNS)}\n"


def written(tmp_path: Path, word: str, more: str = "") -> Path:
    path = tmp_path / "subscriptions.csv"
    path.write_text(f"{HEADER}{word},2022-01-01,10,{word}{f',{word}' * len(COLUMNS)}\n{more}", "utf-8")
    return path


@pytest.mark.parametrize("word", WORDS)
def test_a_word_for_nothing(tmp_path: Path, word: str) -> None:
    with loaded([written(tmp_path, word)]) as found:
        (row,) = collect(found.frames["subscriptions"])
        assert found.ids([row["id"]]) == [word]
        assert found.words["subscriptions"]["plan"] == (word,)
    assert [row[name] for name in COLUMNS] == [TABLES["subscriptions"].by_name[name].empty for name in COLUMNS]
    assert row["monthly"] == 10_00 * 5040


@pytest.mark.parametrize("engine", ENGINES)
def test_beside_a_bad_row_that_is_set_aside_it_is_nothing_too(tmp_path: Path, engine: str) -> None:
    """The scan, which reads cell by cell, agrees."""
    path = written(tmp_path, "-", f"B,2022-13-01,10,x{',' * len(COLUMNS)}\n")
    with loaded([path], engine, skip_bad_rows=True) as found:
        (row,) = collect(found.frames["subscriptions"])
    assert row["ended_at"] == FAR


def test_where_a_row_needs_a_cell_it_is_refused_as_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("customer_id,started_at\nA,n/a\n")
    with pytest.raises(CustmetricsError, match="E408"), loaded([path]):
        pass


@pytest.mark.parametrize("text", [*WORDS, "-5", "NA", "nothing", "2022-01-01"])
def test_both_readers_agree(text: str) -> None:
    assert emptied_all(pa.array([text])).to_pylist() == [emptied(text)]
    assert readable(TABLES["customers"].by_name["ended_at"], text, {"ended_at": ColumnFormat()}) is (emptied(text) in ("", "2022-01-01"))
