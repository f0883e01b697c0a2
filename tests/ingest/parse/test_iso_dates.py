"""ISO days parsed as days have the same texts as before, whatever the next slice contains."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.ingest.parse.csv_slices import ISO_DAY, REPEATED_TEXT, CsvPart, NotUtf8, Refused
from custmetrics_cli.ingest.parse.distinct import DistinctTexts, encode
from custmetrics_cli.ingest.parse.iso_dates import IsoDateParser

PART = CsvPart(Path(), ",", '"', 1, 2, {"who": 0, "day": 1})
TYPES = {"who": pa.string(), "day": REPEATED_TEXT}
DAYS = st.dates().map(str)
ODD = st.sampled_from(
    ["NULL", "-", " ", " 2022-01-31", "2022-01-31 ", "2022-1-31", "31/01/2022", "2022-02-30", "0000-00-00", "2022-01-31 10:00"]
)


def cut(days: list[str]) -> bytes:
    return "".join(f"{who},{day}\n" for who, day in enumerate(days)).encode()


def texts(cells: DistinctTexts) -> list[str]:
    return [cells.words[int(code)].as_py() for code in cells.codes]


@given(st.lists(st.lists(DAYS | st.just(""), min_size=1), min_size=1), st.lists(DAYS | st.just("") | ODD, min_size=1), st.lists(DAYS))
def test_every_slice_has_its_texts(before: list[list[str]], odd: list[str], after: list[str]) -> None:
    parser = IsoDateParser(PART, TYPES, ["day"])
    for days in (*before, odd, after):
        part = parser.parse(cut(days))
        assert part.num_rows == len(days)
        assert texts(encode(part.column("day"))) == [day.strip() for day in days]


def test_days_are_parsed_as_days_from_the_second_slice_until_another_text_comes() -> None:
    parser = IsoDateParser(PART, TYPES, ["day"])
    days = [["2022-01-31", ""], ["2022-02-28", ""], ["28/02/2022"], ["2022-02-28"], ["2022-02-28"]]
    assert [parser.parse(cut(each)).column("day").type == ISO_DAY for each in days] == [False, True, False, False, False]


def test_a_column_that_is_not_a_day_stays_text() -> None:
    parser = IsoDateParser(PART, TYPES, [])
    assert all(parser.parse(cut(["2022-01-31"])).column("day").type == REPEATED_TEXT for _ in range(2))


@pytest.mark.parametrize(("data", "error"), [(b"1,2022-01-31,more\n", Refused), (b"\xff,2022-01-31\n", NotUtf8)])
def test_errors_of_the_parser_stay_errors(data: bytes, error: type[Exception]) -> None:
    parser = IsoDateParser(PART, TYPES, ["day"])
    parser.parse(cut(["2022-01-31"]))
    with pytest.raises(error):
        parser.parse(data)
