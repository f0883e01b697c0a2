"""Grids: a sheet for people, shaded where there is colour and folded where there is no room; rows for programs."""

from __future__ import annotations

import json
import re
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from custmetrics_cli.core.answers.answer import Answer
from custmetrics_cli.core.result import Grid, GridRow
from custmetrics_cli.render import FORMATS, Output
from tests.support import made_results as made

TABLE = FORMATS["table"]
ANSI = re.compile(r"\x1b\[[0-9;]*m")
FIGURE = re.compile(r"[0-9][0-9,.]*")
COLOURS = re.compile(r"\x1b\[38;5;([0-9]+);48;5;([0-9]+)m *([0-9.]+)")


def sheet(answer: Answer, output: Output) -> str:
    """What is drawn after the table of results, down to the formula."""
    text = made.answer(TABLE, answer, output)
    return text[text.index("╯") + 1 : text.rindex("╯") + 1]


def test_the_sheet() -> None:
    assert (
        sheet(made.ANSWERS["grid"], Output())
        == """
╭───────────────────────┬───────┬──────────┬─────────┬─────────╮
│ cohort                │  size │        0 │       1 │       2 │
├───────────────────────┼───────┼──────────┼─────────┼─────────┤
│ 2022-01               │    10 │ 100.00 % │ 90.00 % │ 60.00 % │
│ 2022-02               │ 1,200 │ 100.00 % │  0.00 % │         │
│ 2022-03               │     3 │ 100.00 % │         │         │
│ mean, weighed by size │       │ 100.00 % │  0.74 % │ 60.00 % │
╰───────────────────────┴───────┴──────────┴─────────┴─────────╯"""
    )


def test_too_wide_it_is_folded_and_each_piece_names_its_rows() -> None:
    assert (
        sheet(made.ANSWERS["grid"], Output(width=40, terminal=True))
        == """
╭─────────┬───────┬──────────┬─────────╮
│ cohort  │  size │        0 │       1 │
├─────────┼───────┼──────────┼─────────┤
│ 2022-01 │    10 │ 100.00 % │ 90.00 % │
│ 2022-02 │ 1,200 │ 100.00 % │  0.00 % │
│ 2022-03 │     3 │ 100.00 % │         │
│ mean,   │       │ 100.00 % │  0.74 % │
│ weighed │       │          │         │
│ by size │       │          │         │
╰─────────┴───────┴──────────┴─────────╯
╭─────────┬───────┬─────────╮
│ cohort  │  size │       2 │
├─────────┼───────┼─────────┤
│ 2022-01 │    10 │ 60.00 % │
│ 2022-02 │ 1,200 │         │
│ 2022-03 │     3 │         │
│ mean,   │       │ 60.00 % │
│ weighed │       │         │
│ by size │       │         │
╰─────────┴───────┴─────────╯"""
    )


def test_amounts_name_their_currency_once() -> None:
    text = made.answer(TABLE, made.ANSWERS["grid of money"], Output())
    assert "│ 2022-01 │ 3.00 │   333.33 │ 3.33 │\n│ 2022-02 │ 3.50 │ 5,000.00 │      │\n" in text
    assert text.endswith("\namounts in EUR\n")


def test_each_of_several_grids_says_whose_it_is() -> None:
    text = made.answer(TABLE, made.ANSWERS["grids"], Output())
    assert [line for line in text.splitlines() if re.match("2022-Q.,", line)] == [
        "2022-Q1, pro",
        "2022-Q1, (none)",
        "2022-Q2, pro",
        "2022-Q2, (none)",
    ]


def test_a_grid_without_rows_leaves_the_reason() -> None:
    assert "cohort" not in made.answer(TABLE, made.ANSWERS["empty grid"], Output())
    assert ",nobody was there," in made.answer(FORMATS["csv"], made.ANSWERS["empty grid"], Output())


def shaded(cells: tuple[Fraction | None, ...], output: Output) -> list[tuple[str, str, str]]:
    names = tuple(str(at) for at in range(len(cells)))
    grid = Grid("cohort", names, (GridRow("2022-01", 10, cells),), "money", averages=cells)
    return COLOURS.findall(made.answer(TABLE, Answer([made.churn(1, 8, grid=grid)]), output))


def test_shades_follow_the_largest_cell_and_leave_means_alone() -> None:
    values = tuple(Fraction(value) for value in (0, 1, 2, 3, 4, 5, -6))
    found = shaded((*values, None), Output(width=120, color=True, terminal=True))
    assert [figure for _, _, figure in found] == ["1.00", "2.00", "3.00", "4.00", "5.00"]
    assert len({background for _, background, _ in found}) == 5
    assert {letters for letters, _, _ in found} == {"16", "231"}


def test_without_colour_nothing_is_shaded_and_nothing_is_lost() -> None:
    assert shaded((Fraction(1), Fraction(2)), Output(width=120, terminal=True)) == []
    assert shaded((Fraction(0), Fraction(-1), None), Output(color=True)) == []
    colored = sheet(made.ANSWERS["grid"], Output(width=50, color=True, terminal=True))
    assert ANSI.sub("", colored) == sheet(made.ANSWERS["grid"], Output(width=50, terminal=True))


CELLS = st.one_of(st.none(), st.fractions(min_value=-(10**9), max_value=10**9))


@given(st.lists(st.tuples(*[CELLS] * 9), min_size=1, max_size=4), st.sampled_from(["money", "ratio", "count"]), st.integers(1, 120))
def test_in_any_width_every_figure_is_there(rows: list[tuple[Fraction | None, ...]], unit: str, width: int) -> None:
    lines = tuple(GridRow(f"2022-{at}", at, row) for at, row in enumerate(rows))
    answer = Answer([made.churn(1, 8, grid=Grid("cohort", tuple("abcdefghi"), lines, unit))])
    text = made.answer(TABLE, answer, Output(width=width, color=True, terminal=True))
    assert all(cell_len(line) <= width for line in ANSI.sub("", text).splitlines())
    if width >= 40:
        assert Counter(FIGURE.findall(ANSI.sub("", text))) >= Counter(FIGURE.findall(made.answer(TABLE, answer, Output())))


def test_markdown() -> None:
    assert """

| cohort | size | 0 | 1 | 2 |
| --- | ---: | ---: | ---: | ---: |
| 2022-01 | 10 | 100.00 % | 90.00 % | 60.00 % |
| 2022-02 | 1,200 | 100.00 % | 0.00 % |  |
| 2022-03 | 3 | 100.00 % |  |  |
| mean, weighed by size |  | 100.00 % | 0.74 % | 60.00 % |

""" in made.answer(FORMATS["markdown"], made.ANSWERS["grid"], Output())


def test_json() -> None:
    (result,) = json.loads(made.answer(FORMATS["json"], made.ANSWERS["grid of money"], Output()))["results"]
    assert result["currency"] == "EUR"
    assert result["rows"] == {
        "head": "cohort",
        "columns": ["0", "1"],
        "rows": [
            {"name": "2022-01", "size": 3.0, "cells": [333.3333, 3.3333]},
            {"name": "2022-02", "size": 3.5, "cells": [5000.0, None]},
        ],
        "unit": "money",
        "size_unit": "money",
        "means": [],
        "weighed": "",
    }


def test_a_flat_row_per_row_of_the_grid() -> None:
    both = Answer([*made.ANSWERS["grid"].results, *made.ANSWERS["grid of money"].results], [made.INPUT], policies=made.POLICIES)
    head, *rows = made.answer(FORMATS["csv"], both, Output()).splitlines()
    period, stands_on = "2022-Q2,2022-04-01,2022-07-01,true", "1203,1200,3,past-due keep; discounts subtract"
    assert head == (
        "metric,definition,unit,period,start,end,complete,cohort,size,0,1,2,currency,rows_read,rows_used,rows_excluded,policies"
    )
    assert rows == [
        f"churn,standard,ratio,{period},2022-01,10,1.0,0.9,0.6,,{stands_on}",
        f"churn,standard,ratio,{period},2022-02,1200,1.0,0.0,,,{stands_on}",
        f"churn,standard,ratio,{period},2022-03,3,1.0,,,,{stands_on}",
        f"nrr,standard,money,{period},2022-01,3.0,333.3333,3.3333,,EUR,{stands_on}",
        f"nrr,standard,money,{period},2022-02,3.5,5000.0,,,EUR,{stands_on}",
    ]


@pytest.mark.parametrize("name", ["cohort", "size", "0", "metric"])
def test_a_group_named_like_a_column_takes_nothing_away(name: str) -> None:
    answer = Answer([made.churn(1, 8, group={name: "pro"}, grid=made.COHORTS)], by=(name,))
    head, row = (line.split("\t") for line in made.answer(FORMATS["tsv"], answer, Output()).splitlines()[:2])
    cells = dict(zip(head, row, strict=True))
    assert len(cells) == len(head)
    assert (cells["metric"], cells["cohort"], cells["size"], cells["0"]) == ("churn", "2022-01", "10", "1.0")
    assert cells[f"group.{name}"] == "pro"
