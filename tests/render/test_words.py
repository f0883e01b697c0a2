"""Figures, problems, warnings, `explain` and the list of metrics, as people read them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.columns import ColumnKind
from custmetrics_cli.columns.text import TextReader
from custmetrics_cli.core.errors import Place, Problem
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition
from custmetrics_cli.core.result import Notice
from custmetrics_cli.render import FORMATS, by_suffix
from custmetrics_cli.render.documents.explain import explain
from custmetrics_cli.render.documents.metric_list import metric_list
from custmetrics_cli.render.numbers import fixed, sparkline, value_text
from custmetrics_cli.render.output import Output
from custmetrics_cli.render.problems import problem_text, problems_text, warnings_text
from custmetrics_cli.render.text import safe
from custmetrics_cli.tables import Column, Table
from tests.support import made_results as made

KIND = ColumnKind("text", "E499", "text", "x", TextReader())
TABLES = {
    "customers": Table("customers", "stints", (Column("customer_id", KIND, "who", required=True), Column("ended_at", KIND, "last day")))
}


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Fraction(6, 7), "ratio", "85.71 %"),
        (Fraction(1), "ratio", "100.00 %"),
        (Fraction(0), "ratio", "0.00 %"),
        (Fraction(-1, 3), "ratio", "-33.33 %"),
        (Fraction(1, 100_000), "ratio", "0.001 %"),
        (Fraction(-1, 100_000), "ratio", "-0.001 %"),
        (Fraction(99_999, 100_000), "ratio", "99.999 %"),
        (Fraction(1, 10**12), "ratio", "0.000000 %"),
        (Fraction(1234567), "count", "1,234,567"),
        (Fraction(5, 2), "count", "2.50"),
        (Fraction(1234), "money", "1,234.00 EUR"),
        (Fraction(33, 2), "months", "16.5 months"),
        (None, "ratio", "n/a"),
    ],
)
def test_values_have_a_unit_and_enough_decimals(value: Fraction | None, unit: str, text: str) -> None:
    assert value_text(value, unit, "EUR") == text


@given(st.fractions(), st.integers(0, 6))
def test_a_figure_is_the_nearest_one_to_the_exact_value(value: Fraction, places: int) -> None:
    text = fixed(value, places).replace(",", "")
    assert abs(Fraction(text) - value) * 10**places * 2 <= 1
    assert not text.startswith("-") or Fraction(text)


@given(st.lists(st.one_of(st.none(), st.fractions()), max_size=30), st.booleans())
def test_a_sparkline_has_a_mark_for_each_value(values: list[Fraction | None], ascii: bool) -> None:
    bars = sparkline(values, ascii)
    assert [bar == " " for bar in bars] == [value is None for value in values]
    assert not ascii or bars.isascii()


@given(st.text())
def test_safe_text_is_one_line_and_can_be_encoded(text: str) -> None:
    safe(text).encode()
    assert safe(safe(text)) == safe(text)
    assert len(safe(text).splitlines()) <= 1


def test_a_problem_with_all_its_parts() -> None:
    problem = Problem(
        "E405",
        "amount: '1,200' is not an amount with at most two decimals",
        Place("exports/subscriptions.csv", 5, 4),
        "this column uses '.' for decimals; if it uses ',' pass --decimal ,",
        'S3,C3,pro,"1,200",2024-06-14,',
    )
    assert problem_text(problem) == (
        "exports/subscriptions.csv:5:4: E405 amount: '1,200' is not an amount with at most two decimals\n"
        '  S3,C3,pro,"1,200",2024-06-14,\n'
        "  hint: this column uses '.' for decimals; if it uses ',' pass --decimal ,\n"
    )
    assert problem_text(Problem("E101", "no such period")) == "E101 no such period\n"


def test_further_problems_are_counted() -> None:
    one = Problem("E101", "no")
    assert problems_text([one] * 20, 1033).splitlines()[-2:] == ["E101 no", "... and 1,013 more"]
    assert problems_text([one, one]) == "E101 no\n" * 2


def test_a_problem_cannot_act_on_a_terminal_or_look_like_two() -> None:
    text = problem_text(
        Problem("E401", "'\x1b[2J\nE000 all is well'", Place("a\x1b\n.csv", 1), "try\x9b\n", "C1,\x1b]0;x\x07\n" + "x" * 1000)
    )
    assert "\x1b" not in text
    assert "\x9b" not in text
    assert [line[:7] for line in text.splitlines()] == ["a\\x1b\\n", "  C1,\\x", "  hint:"]
    assert len(text.splitlines()[1]) == 162


def test_a_warning_names_its_list() -> None:
    warnings = [made.WARNED, Notice("W101", "the data\x1b ends")]
    assert warnings_text(warnings) == "warning: W301 2 rows repeat another (--list repeated)\nwarning: W101 the data\\x1b ends\n"


def test_explain_gives_reasons_only_for_formulas_that_divide() -> None:
    assert "No answer if" not in explain(made.COUNT, TABLES)
    assert "No answer if\n  no customers at the start\n" in explain(made.CHURN, TABLES)
    used = replace(made.COUNT, definitions={"standard": Definition(Formula("1 - churn", "why"), (), uses=(made.CHURN,))})
    assert "No answer if\n  why\n" in explain(used, TABLES)


def test_explain_shows_the_whole_declaration_and_the_numbers() -> None:
    metric = replace(
        made.COUNT,
        aliases=("heads",),
        notes="A note.",
        worked_example="100 at the start",
        definitions={**made.COUNT.definitions, "early": Definition(Formula("opening", "nobody"), (made.OPENING,), "at the start")},
    )
    assert (
        explain(metric, TABLES, made.ANSWERS["ledger"])
        == """\
Customers (customers, heads)
How many?

Formula
customers = closing

Other definitions, with --definition
  early  opening  at the start

Totals
  opening  customers at the start
  new      new customers
  lost     of the opening, gone at the end
  closing  customers at the end
  starts   first stints that began

How to read it
  a count
  lower is better
  A note.

Always true
  opening + new - lost = closing

Tables
  customers, else subscriptions
  customers  customer_id  required  who
  customers  ended_at     needed    last day

  --by and --where take any column of these tables, or TABLE.COLUMN of another table. For another table they use the value
  valid on the first day of the row; if there is none, the latest earlier one; then the first. Ties: first alphabetically.

Worked example
  100 at the start

Your numbers
Customers, 2022-Q2 (2022-04-01 to 2022-06-30), partial period

╭───────────╮
│ customers │
├───────────┤
│     1,203 │
╰───────────╯
customers = closing
     opening  1,171  customers at the start
  +  new        103  new customers
  -  lost        71  of the opening, gone at the end
  =  closing  1,203  customers at the end
     starts     110  first stints that began

Try
  custmetrics customers --period 2022-Q2 customers.csv
"""
    )


def test_explain_without_data_or_example() -> None:
    text = explain(made.CHURN, TABLES)
    assert "Your numbers" not in text
    assert "Worked example" not in text
    assert "the totals are exact; the 95 % interval contains the true value in 95 of 100 companies like this one" in text


@pytest.mark.parametrize("name", made.TEXTS)
def test_every_format_writes_the_list_of_metrics(name: str) -> None:
    text = made.listing(FORMATS[name], metric_list([made.CHURN, made.COUNT]), Output())
    assert text.index("closing") < text.index("lost / opening")
    assert "loss" in text


SUFFIXES = {
    "a.json": "json",
    "A.CSV": "csv",
    "x.jsonl": "jsonl",
    "x.ndjson": "jsonl",
    "a.b/x.md": "markdown",
    "x.tsv": "tsv",
    "x.txt": "table",
}


def test_a_suffix_selects_a_format() -> None:
    assert {path: by_suffix(path) for path in SUFFIXES} == SUFFIXES
    assert by_suffix("report") is None
