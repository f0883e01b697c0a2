"""Words such as n/a mean an empty cell in columns of numbers. In ids and words they are values."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from custmetrics_cli.columns import FAR, ColumnFormat
from custmetrics_cli.columns.parsing.blank_words import drop_blank_word, drop_blank_words
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.engines.query.run import collect
from custmetrics_cli.ingest.repair.explain import is_readable
from custmetrics_cli.tables import TABLES
from tests.support.reading import ENGINES, loaded

WORDS = ["-", "--", "n/a", "N/A", "null", "NULL", "none", "(not set)", "(none)", "не закрыта", "0000-00-00", "0000-00-00 00:00:00"]
COLUMNS = ("ended_at", "trial_end", "interval", "interval_count", "quantity", "discount")
HEADER = f"customer_id,started_at,amount,plan,{','.join(COLUMNS)}\n"


def write(tmp_path: Path, word: str, more: str = "") -> Path:
    path = tmp_path / "subscriptions.csv"
    path.write_text(f"{HEADER}{word},2022-01-01,10,{word}{f',{word}' * len(COLUMNS)}\n{more}", "utf-8")
    return path


@pytest.mark.parametrize("word", WORDS)
def test_a_blank_word_is_empty_in_numbers_and_kept_in_text(tmp_path: Path, word: str) -> None:
    with loaded([write(tmp_path, word)]) as found:
        (row,) = collect(found.frames["subscriptions"])
        assert found.ids([row["id"]]) == [word]
        assert found.words["subscriptions"]["plan"] == (word,)
    assert [row[name] for name in COLUMNS] == [TABLES["subscriptions"].by_name[name].empty for name in COLUMNS]
    assert row["monthly"] == 10_00 * 5040


@pytest.mark.parametrize("engine", ENGINES)
def test_a_blank_word_is_empty_in_a_file_with_bad_rows(tmp_path: Path, engine: str) -> None:
    """The scan of a bad file reads cell by cell, and agrees with the fast reader."""
    path = write(tmp_path, "-", f"B,2022-13-01,10,x{',' * len(COLUMNS)}\n")
    with loaded([path], engine, skip_bad_rows=True) as found:
        (row,) = collect(found.frames["subscriptions"])
    assert row["ended_at"] == FAR


def test_a_blank_word_in_a_required_cell_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("customer_id,started_at\nA,n/a\n")
    with pytest.raises(CustmetricsError, match="E408"), loaded([path]):
        pass


@pytest.mark.parametrize("text", [*WORDS, "-5", "NA", "nothing", "2022-01-01"])
def test_one_text_and_many_texts_give_the_same_result(text: str) -> None:
    assert drop_blank_words(pa.array([text])).to_pylist() == [drop_blank_word(text)]
    accepted = is_readable(TABLES["customers"].by_name["ended_at"], text, {"ended_at": ColumnFormat()})
    assert accepted is (drop_blank_word(text) in ("", "2022-01-01"))
