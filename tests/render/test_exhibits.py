"""Exhibits: tables and curves in every format. On a terminal a table is shaded, and folded if it is too wide."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from custmetrics_cli.core.exhibits import TREND, Curve, Point, Table, TableRow
from custmetrics_cli.core.result import Answer
from custmetrics_cli.render import FORMATS
from custmetrics_cli.render.output import Output
from tests.support import made_results as made

TABLE = FORMATS["table"]
ANSI = re.compile(r"\x1b\[[0-9;]*m")
FIGURE = re.compile(r"[0-9][0-9,.]*")
COLOURS = re.compile(r"\x1b\[38;5;([0-9]+);48;5;([0-9]+)m *([0-9.]+)")


def exhibit(answer: Answer, output: Output) -> str:
    """Return the text between the table of results and the formula."""
    text = made.answer(TABLE, answer, output)
    return text[text.index("╯") + 1 : text.rindex("╯") + 1]


def test_a_table() -> None:
    assert (
        exhibit(made.ANSWERS["grid"], Output())
        == """
╭─────────────────────┬───────┬──────────┬─────────┬─────────╮
│ cohort              │  size │        0 │       1 │       2 │
├─────────────────────┼───────┼──────────┼─────────┼─────────┤
│ 2022-01             │    10 │ 100.00 % │ 90.00 % │ 60.00 % │
│ 2022-02             │ 1,200 │ 100.00 % │  0.00 % │         │
│ 2022-03             │     3 │ 100.00 % │         │         │
│ mean by cohort size │       │ 100.00 % │  0.74 % │ 60.00 % │
╰─────────────────────┴───────┴──────────┴─────────┴─────────╯"""
    )


def test_a_table_that_is_too_wide_is_cut_into_pieces_with_the_names_of_the_rows() -> None:
    assert (
        exhibit(made.ANSWERS["grid"], Output(width=40, terminal=True))
        == """
╭─────────┬───────┬──────────┬─────────╮
│ cohort  │  size │        0 │       1 │
├─────────┼───────┼──────────┼─────────┤
│ 2022-01 │    10 │ 100.00 % │ 90.00 % │
│ 2022-02 │ 1,200 │ 100.00 % │  0.00 % │
│ 2022-03 │     3 │ 100.00 % │         │
│ mean by │       │ 100.00 % │  0.74 % │
│ cohort  │       │          │         │
│ size    │       │          │         │
╰─────────┴───────┴──────────┴─────────╯
╭─────────┬───────┬─────────╮
│ cohort  │  size │       2 │
├─────────┼───────┼─────────┤
│ 2022-01 │    10 │ 60.00 % │
│ 2022-02 │ 1,200 │         │
│ 2022-03 │     3 │         │
│ mean by │       │ 60.00 % │
│ cohort  │       │         │
│ size    │       │         │
╰─────────┴───────┴─────────╯"""
    )


def test_the_currency_of_a_table_is_named_once() -> None:
    text = made.answer(TABLE, made.ANSWERS["grid of money"], Output())
    assert "│ 2022-01 │ 3.00 │   333.33 │ 3.33 │\n│ 2022-02 │ 3.50 │ 5,000.00 │      │\n" in text
    assert text.endswith("\namounts in EUR\n")


def test_several_tables_have_their_period_and_group_above_them() -> None:
    text = made.answer(TABLE, made.ANSWERS["grids"], Output())
    assert [line for line in text.splitlines() if re.match("2022-Q.,", line)] == [
        "2022-Q1, pro",
        "2022-Q1, (none)",
        "2022-Q2, pro",
        "2022-Q2, (none)",
    ]


def test_a_table_without_rows_is_not_shown() -> None:
    assert "cohort" not in made.answer(TABLE, made.ANSWERS["empty grid"], Output())
    assert ",no customers at the start," in made.answer(FORMATS["csv"], made.ANSWERS["empty grid"], Output())


def shaded(cells: tuple[Fraction | None, ...], output: Output) -> list[tuple[str, str, str]]:
    names = tuple(str(at) for at in range(len(cells)))
    table = Table("cohort", names, (TableRow("2022-01", 10, cells),), "money", averages=cells)
    return COLOURS.findall(made.answer(TABLE, Answer([made.churn(1, 8, exhibits=(table,))]), output))


def test_cells_are_shaded_by_the_largest_one_and_averages_are_not() -> None:
    values = tuple(Fraction(value) for value in (0, 1, 2, 3, 4, 5, -6))
    found = shaded((*values, None), Output(width=120, color=True, terminal=True))
    assert [figure for _, _, figure in found] == ["1.00", "2.00", "3.00", "4.00", "5.00"]
    assert len({background for _, background, _ in found}) == 5
    assert {letters for letters, _, _ in found} == {"16", "231"}


def test_without_colour_the_same_text_is_shown_unshaded() -> None:
    assert shaded((Fraction(1), Fraction(2)), Output(width=120, terminal=True)) == []
    assert shaded((Fraction(0), Fraction(-1), None), Output(color=True)) == []
    colored = exhibit(made.ANSWERS["grid"], Output(width=50, color=True, terminal=True))
    assert ANSI.sub("", colored) == exhibit(made.ANSWERS["grid"], Output(width=50, terminal=True))


CELLS = st.one_of(st.none(), st.fractions(min_value=-(10**9), max_value=10**9))


@given(st.lists(st.tuples(*[CELLS] * 9), min_size=1, max_size=4), st.sampled_from(["money", "ratio", "count"]), st.integers(1, 120))
def test_every_figure_is_shown_in_any_width(rows: list[tuple[Fraction | None, ...]], unit: str, width: int) -> None:
    lines = tuple(TableRow(f"2022-{at}", at, row) for at, row in enumerate(rows))
    answer = Answer([made.churn(1, 8, exhibits=(Table("cohort", tuple("abcdefghi"), lines, unit),))])
    text = made.answer(TABLE, answer, Output(width=width, color=True, terminal=True))
    assert all(cell_len(line) <= width for line in ANSI.sub("", text).splitlines())
    if width >= 40:
        assert Counter(FIGURE.findall(ANSI.sub("", text))) >= Counter(FIGURE.findall(made.answer(TABLE, answer, Output())))


def test_a_table_in_markdown() -> None:
    assert """

| cohort | size | 0 | 1 | 2 |
| --- | ---: | ---: | ---: | ---: |
| 2022-01 | 10 | 100.00 % | 90.00 % | 60.00 % |
| 2022-02 | 1,200 | 100.00 % | 0.00 % |  |
| 2022-03 | 3 | 100.00 % |  |  |
| mean by cohort size |  | 100.00 % | 0.74 % | 60.00 % |

""" in made.answer(FORMATS["markdown"], made.ANSWERS["grid"], Output())


def test_a_table_in_json() -> None:
    (result,) = json.loads(made.answer(FORMATS["json"], made.ANSWERS["grid of money"], Output()))["results"]
    assert result["currency"] == "EUR"
    assert result["rows"] == {
        "head": "cohort",
        "columns": ["0", "1"],
        "rows": [
            {"name": "2022-01", "size": 3.0, "cells": [float(Fraction(1000, 3)), float(Fraction(10, 3))]},
            {"name": "2022-02", "size": 3.5, "cells": [5000.0, None]},
        ],
        "unit": "money",
        "size_unit": "money",
        "means": [],
        "weighed": "",
    }


def test_a_table_in_csv_has_a_row_for_each_of_its_rows() -> None:
    both = Answer([*made.ANSWERS["grid"].results, *made.ANSWERS["grid of money"].results], [made.INPUT], policies=made.POLICIES)
    head, *rows = made.answer(FORMATS["csv"], both, Output()).splitlines()
    period, shared = "2022-Q2,2022-04-01,2022-07-01,true", "1203,1200,3,past-due keep; discounts subtract"
    assert head == (
        "metric,definition,unit,period,start,end,complete,cohort,size,0,1,2,currency,rows_read,rows_used,rows_excluded,policies"
    )
    assert rows == [
        f"churn,standard,ratio,{period},2022-01,10,1.0,0.9,0.6,,{shared}",
        f"churn,standard,ratio,{period},2022-02,1200,1.0,0.0,,,{shared}",
        f"churn,standard,ratio,{period},2022-03,3,1.0,,,,{shared}",
        f"nrr,standard,money,{period},2022-01,3.0,333.3333333333333,3.3333333333333335,,EUR,{shared}",
        f"nrr,standard,money,{period},2022-02,3.5,5000.0,,,EUR,{shared}",
    ]


@pytest.mark.parametrize("name", ["cohort", "size", "0", "metric"])
def test_a_group_named_like_a_column_hides_nothing(name: str) -> None:
    answer = Answer([made.churn(1, 8, group={name: "pro"}, exhibits=(made.COHORTS,))], by=(name,))
    head, row = (line.split("\t") for line in made.answer(FORMATS["tsv"], answer, Output()).splitlines()[:2])
    cells = dict(zip(head, row, strict=True))
    assert len(cells) == len(head)
    assert (cells["metric"], cells["cohort"], cells["size"], cells["0"]) == ("churn", "2022-01", "10", "1.0")
    assert cells[f"group.{name}"] == "pro"


CURVE = made.ANSWERS["curve"]


def test_a_curve_with_intervals_is_a_table_and_a_line_of_bars() -> None:
    assert (
        exhibit(CURVE, Output())
        == """
╭───────┬──────────┬──────────────────╮
│ month │ survival │ 95 % interval    │
├───────┼──────────┼──────────────────┤
│ 0     │ 100.00 % │                  │
│ 1     │  90.00 % │ 85.00 to 95.00 % │
│ 2     │  75.00 % │ 70.00 to 80.00 % │
╰───────┴──────────┴──────────────────╯"""
    )
    assert "\nsurvival  █▅▁  75.00 % to 100.00 %\n" in made.answer(TABLE, CURVE, Output())


def test_a_curve_in_markdown() -> None:
    assert """

| month | survival | 95 % interval |
| --- | ---: | --- |
| 0 | 100.00 % |  |
| 1 | 90.00 % | 85.00 to 95.00 % |
| 2 | 75.00 % | 70.00 to 80.00 % |

""" in made.answer(FORMATS["markdown"], CURVE, Output())


def test_a_curve_in_json() -> None:
    (result,) = json.loads(made.answer(FORMATS["json"], CURVE, Output()))["results"]
    interval = {"level": 0.95, "low": 0.85, "high": 0.95, "method": "greenwood"}
    (curve,) = result["exhibits"]
    first, second, _ = curve.pop("points")
    assert curve == {"kind": "curve", "name": "survival", "axis": "month", "unit": "ratio"}
    assert first == {"at": 0, "value": 1.0, "interval": None}
    assert second == {"at": 1, "value": 0.9, "interval": interval}


def test_a_curve_in_csv_has_a_row_for_each_point_after_the_row_of_the_value() -> None:
    rows = list(csv.DictReader(made.answer(FORMATS["csv"], CURVE, Output()).splitlines()))
    assert [(row["value"], row["month"], row["survival"], row["survival_low"], row["survival_high"]) for row in rows] == [
        ("0.125", "", "", "", ""),
        ("", "0", "1.0", "", ""),
        ("", "1", "0.9", "0.85", "0.95"),
        ("", "2", "0.75", "0.7", "0.8"),
    ]
    assert {row["metric"] for row in rows} == {"churn"}


def test_a_second_table_and_a_curve_of_periods_keep_the_keys_of_the_first_table() -> None:
    """Only the first table has the key "rows"; the rest is in "exhibits"."""
    (result,) = json.loads(made.answer(FORMATS["json"], made.ANSWERS["table and curve"], Output()))["results"]
    table, curve = result["exhibits"]
    assert table == {"kind": "table", **result["rows"]}
    assert [(point["at"], point["value"]) for point in curve["points"]] == [("2022-Q1", float(Fraction(100, 3))), ("2022-Q2", None)]
    text = made.answer(TABLE, made.ANSWERS["table and curve"], Output())
    assert text.count("│ cohort") == 2
    assert "│ 2022-Q1 │ 33.33 │\n│ 2022-Q2 │       │\n" in text


def test_a_trend_has_a_key_of_its_own() -> None:
    trend = Curve(TREND, (Point(made.Q1, Fraction(1, 2)), Point(made.Q2, None)), "ratio")
    (result,) = json.loads(made.answer(FORMATS["json"], Answer([made.churn(1, 8, exhibits=(trend,))]), Output()))["results"]
    assert [(point["period"]["name"], point["value"]) for point in result["trend"]] == [("2022-Q1", 0.5), ("2022-Q2", None)]
    assert "exhibits" not in result
