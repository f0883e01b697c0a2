"""CSV and TSV: programs read back every cell, and spreadsheets run none."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.core.result import Answer, Listing
from custmetrics_cli.render import FORMATS
from custmetrics_cli.render.output import Output
from tests.support import made_results as made

CSV, TSV = FORMATS["csv"], FORMATS["tsv"]


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_one_result_byte_by_byte() -> None:
    assert made.answer(CSV, made.SINGLE, Output()) == (
        "metric,definition,unit,period,start,end,complete,value,reason,interval_low,interval_high,lost,opening,"
        "rows_read,rows_used,rows_excluded,comparison_period,comparison_value,comparison_difference,"
        "comparison_interval_low,comparison_interval_high,comparison_distinguishable,comparison_verdict\n"
        "churn,standard,ratio,2022-Q2,2022-04-01,2022-07-01,true,0.06063193851409052,,0.0483,0.0758,71,1171,"
        "1203,1200,3,2022-Q1,0.05,0.01063193851409052,-0.01,0.03,false,no significant change\n"
    )


def test_groups_are_columns_and_a_missing_group_is_empty() -> None:
    head, *rows = read(made.answer(CSV, made.series(), Output()))
    assert head.index("plan") == head.index("complete") + 1
    assert [row[head.index("plan")] for row in rows] == ["basic", "pro", "", "basic", "pro", ""]
    assert "comparison_period" not in head


def test_a_period_compared_in_part_has_two_more_columns() -> None:
    part, whole = made.ANSWERS["part"].results[0], made.SINGLE.results[0]
    head, *rows = read(made.answer(CSV, Answer([whole, part]), Output()))
    assert head[-2:] == ["comparison_span", "comparison_now"]
    assert [row[-2:] for row in rows] == [["", ""], ["2022-04-01..2022-04-14", "0.0099"]]


@pytest.mark.parametrize("name", ["value", "metric", "opening", "rows_read"])
def test_a_group_named_like_a_column_hides_nothing(name: str) -> None:
    answer = Answer([made.churn(1, 8, group={name: "pro"})], by=(name,))
    head, row = read(made.answer(CSV, answer, Output()))
    assert len(set(head)) == len(head)
    assert row[head.index("value")] == "0.125"
    assert row[head.index(f"group.{name}")] == "pro"


def test_totals_of_several_metrics_are_columns_in_order() -> None:
    head, churn, count = read(made.answer(CSV, made.ANSWERS["two metrics"], Output()))
    assert [name for name in head if name in ("lost", "opening", "new", "closing", "starts")] == [
        "lost",
        "opening",
        "new",
        "closing",
        "starts",
    ]
    assert (churn[head.index("new")], count[head.index("new")]) == ("", "103")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\n=1", " =1", "\xa0=1", "'=1", "\uff1d1+1", "=", "-", "--"]
)
def test_a_spreadsheet_runs_no_cell(text: str) -> None:
    listing = Listing("lost", "gone", (text, "n"), [(text, -5)])
    head, row = read(made.listing(CSV, listing, Output()))
    assert head == [f"'{text}", "n"]
    assert row == [f"'{text}", "-5"]
    assert made.listing(TSV, listing, Output()).split("\n")[1].startswith("'")
    grouped = Answer([made.churn(1, 8, group={"plan": text})], by=("plan",))
    assert f"'{text}" in read(made.answer(CSV, grouped, Output()))[1]


@pytest.mark.parametrize("text", ["-5", "+49301234567", "-1.5", "-1,5", "0042", "a=b", "NA", "'x"])
def test_an_id_that_is_not_a_formula_is_unchanged(text: str) -> None:
    assert read(made.listing(CSV, Listing("lost", "gone", ("id",), [(text,)]), Output()))[1] == [text]


CELL = st.one_of(st.none(), st.integers(), st.text(st.characters(codec="utf-8")))


@given(st.lists(st.tuples(CELL, CELL), max_size=5))
def test_csv_is_read_back_cell_by_cell(rows: list[tuple[str | int | None, ...]]) -> None:
    back = read(made.listing(CSV, Listing("lost", "gone", ("a", "b"), rows), Output(raw=True)))[1:]
    assert len(back) == len(rows)
    for cells, row in zip(back, rows, strict=True):
        for cell, given_cell in zip(cells, row, strict=True):
            plain = "" if given_cell is None else str(given_cell)
            assert cell == plain


@given(st.lists(st.tuples(CELL, CELL), max_size=5))
def test_tsv_has_one_line_per_row_and_one_tab_between_cells(rows: list[tuple[str | int | None, ...]]) -> None:
    lines = made.listing(TSV, Listing("lost", "gone", ("a", "b"), rows), Output()).splitlines()
    assert len(lines) == len(rows) + 1
    assert all(line.count("\t") == 1 for line in lines)


def test_a_listing_of_one_empty_cell_is_a_row() -> None:
    text = made.listing(CSV, Listing("lost", "gone", ("id",), [(None,), ("C2",)]), Output())
    assert read(text) == [["id"], [""], ["C2"]]


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_only_a_program_gets_the_data_unchanged(name: str) -> None:
    listing = Listing("lost", "gone", ("id",), [("pro\x1b[2J",)])
    assert "\x1b" not in made.listing(FORMATS[name], listing, Output(terminal=True))
    assert "\x1b" not in made.listing(FORMATS[name], listing, Output())
    assert "pro\x1b[2J" in made.listing(FORMATS[name], listing, Output(raw=True))


def test_without_results_there_is_a_header() -> None:
    (head,) = read(made.answer(CSV, Answer([], by=("plan",)), Output()))
    assert head[:2] + [name for name in head if name in ("plan", "value")] == ["metric", "definition", "plan", "value"]
