"""Comparisons, series, completeness and warnings: what stands beside a number."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest

from custmetrics_cli.core.answers.answer import Answer
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.stats.intervals import newcombe
from tests.support.asking import ENGINES, ask, ask_list, question, written

QUARTERS = """
customer_id,started_at,ended_at
A,2021-01-01,
B,2021-01-01,2022-02-01
C,2021-01-01,2022-05-01
D,2021-01-01,2022-06-30
E,2022-03-01,
F,2022-11-01,
"""


def answered(tmp_path: Path, text: str, metric: str, period: str, **options: object) -> Answer:
    return ask(written(tmp_path, {"customers": text}), question(metric, period, **options))


def test_the_previous_quarter_stands_beside_with_its_difference(tmp_path: Path) -> None:
    (result,) = answered(tmp_path, QUARTERS, "churn", "2022-Q2", compare="previous").results
    assert result.value == Fraction(2, 4)
    assert result.comparison is not None
    assert result.comparison.period.name == "2022-Q1"
    assert result.comparison.value == Fraction(1, 4)
    assert result.comparison.difference == Fraction(1, 4)
    assert result.comparison.interval == newcombe(2, 4, 1, 4)
    assert result.comparison.is_significant is False


def test_a_year_ago_without_customers_has_a_reason_not_a_difference(tmp_path: Path) -> None:
    (result,) = answered(tmp_path, QUARTERS, "churn", "2021-Q4", compare="year-ago").results
    assert result.comparison is not None
    assert (result.comparison.period.name, result.comparison.value, result.comparison.difference) == ("2020-Q4", None, None)


def test_a_clear_fall_can_be_told_from_chance(tmp_path: Path) -> None:
    rows = [f"C{i},2021-01-01,{'2022-02-01' if i < 80 else ''}" for i in range(200)]
    text = "\n".join(["customer_id,started_at,ended_at", *rows, "Z,2022-06-30,"])
    (result,) = answered(tmp_path, text, "churn", "2022-Q2", compare="previous").results
    assert result.comparison is not None
    assert result.comparison.is_significant is True


def test_an_incomplete_period_compares_the_days_it_has(tmp_path: Path) -> None:
    text = "customer_id,started_at,ended_at\nA,2022-01-01,\nB,2022-01-01,2022-05-20\nC,2022-01-01,2022-06-10\n"
    (result,) = answered(tmp_path, text, "churn", "2022-06", compare="previous", quiet_days=0).results
    assert not result.complete
    assert result.comparison is not None
    assert (result.comparison.period.start, result.comparison.period.end) == (dt.date(2022, 5, 1), dt.date(2022, 5, 11))
    assert (result.comparison.value, result.comparison.difference) == (Fraction(0), Fraction(1, 2))
    assert result.comparison.value_of_span is not None
    assert result.comparison.value_of_span - Fraction(0) == result.comparison.difference
    assert result.comparison.span is not None
    assert (result.comparison.span.start, result.comparison.span.end) == (dt.date(2022, 6, 1), dt.date(2022, 6, 11))


def test_the_quiet_week_is_no_part_of_the_days_compared(tmp_path: Path) -> None:
    text = "customer_id,started_at,ended_at\nA,2022-01-01,\nB,2022-01-01,2022-05-15\n"
    (result,) = answered(tmp_path, text, "churn", "2022-Q2", compare="previous").results
    assert result.comparison is not None
    assert result.comparison.period.days == 45


def test_a_period_compared_with_that_the_data_does_not_cover_warns(tmp_path: Path) -> None:
    answer = answered(tmp_path, QUARTERS, "churn", "2022-Q2", compare="2023-Q1")
    assert answer.results[0].comparison is not None
    assert answer.results[0].comparison.complete is False
    assert "2023-Q1" in next(w.message for w in answer.warnings if w.code == "W101")
    assert "2020-Q1" in next(
        w.message for w in answered(tmp_path, QUARTERS, "churn", "2021-Q1", compare="year-ago").warnings if w.code == "W102"
    )


def test_every_period_of_a_series_is_compared_with_its_own_previous(tmp_path: Path) -> None:
    results = answered(tmp_path, QUARTERS, "churn", "2022-H1", every="quarter", compare="previous").results
    assert [r.comparison and r.comparison.period.name for r in results] == ["2021-Q4", "2022-Q1"]


def test_a_period_of_another_length_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CustmetricsError, match="E127"):
        answered(tmp_path, QUARTERS, "churn", "2022-Q2", compare="2022-01")


@pytest.mark.parametrize(
    ("options", "complete"),
    [
        ({}, False),
        ({"quiet_days": 60}, True),
        ({"as_of": dt.date(2022, 12, 31)}, True),
        ({"as_of": dt.date(2022, 12, 30)}, False),
        ({"as_of": dt.date(2022, 12, 31), "gap": 1}, False),
        ({"quiet_days": 60, "gap": 1}, False),
    ],
)
def test_a_period_is_complete_when_the_data_reaches_its_end(tmp_path: Path, options: dict[str, object], complete: bool) -> None:
    answer = answered(tmp_path, QUARTERS, "churn", "2022-Q4", **options)
    assert answer.results[0].complete is complete
    assert ("W101" in {w.code for w in answer.warnings}) is not complete


def test_of_no_rows_nothing_is_known(tmp_path: Path) -> None:
    answer = answered(tmp_path, "customer_id,started_at,ended_at\n", "churn", "2022-Q4")
    assert answer.results[0].complete is False
    assert "nothing is known" in next(w.message for w in answer.warnings if w.code == "W101")


def test_scheduled_ends_do_not_make_the_data_reach_further(tmp_path: Path) -> None:
    text = "customer_id,started_at,ended_at\nA,2022-01-01,2027-01-01\nB,2022-01-01,2022-03-01\n"
    assert not answered(tmp_path, text, "churn", "2022").results[0].complete


def test_a_period_before_the_data_begins_warns(tmp_path: Path) -> None:
    assert "W102" in {w.code for w in answered(tmp_path, QUARTERS, "churn", "2020").warnings}


COSTS = "date,amount\n2022-05-03,10\n2022-05-20,10\n"


def test_edges_of_the_data_are_told_of_the_table_whose_they_are(tmp_path: Path) -> None:
    """Where one table is read it needs no name; rows that last and rows of a day lack different things."""
    paths = written(tmp_path, {"customers": QUARTERS, "costs": COSTS})
    said = {w.code: w.message for w in ask(paths, question("cac", "2022-Q2")).warnings}
    assert said["W102"] == "the data of costs begins on 2022-05-03, after 2022-Q2 does: what happened before is not in it"
    assert said["W101"].startswith("the data of costs ends on 2022-05-20, ")
    alone = {w.code: w.message for w in answered(tmp_path, QUARTERS, "churn", "2020").warnings}
    assert alone["W102"] == "the data begins on 2021-01-01, after 2020 does: new cannot be told from already there"


SUSPICIOUS = """
customer_id,started_at,ended_at
A,2022-01-01,2022-03-01
A,2022-01-01,2022-03-01
A,2022-02-01,2022-04-01
B,2022-01-01,2022-02-01
B,2022-02-01,2022-03-01
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_repeated_and_overlapping_rows_are_counted_and_listed_and_touching_ones_are_not(tmp_path: Path, engine: str) -> None:
    paths = written(tmp_path, {"customers": SUSPICIOUS})
    asked = question("churn", "2022-Q1", as_of=dt.date(2022, 12, 31))
    said = {w.code: w for w in ask(paths, asked, engine).warnings}
    assert said["W301"].message.startswith("1 rows")
    assert said["W302"].message.startswith("1 customers")
    assert ask_list(paths, asked, "overlapping", engine).rows == [("A", 1)]
    assert ask_list(paths, asked, "repeated", engine).rows == [("A", "2022-01-01", "2022-03-01", 1)]


@pytest.mark.parametrize("engine", ENGINES)
def test_two_tables_that_disagree_say_so_and_customers_decide(tmp_path: Path, engine: str) -> None:
    tables = {
        "customers": "customer_id,started_at,ended_at\nA,2022-01-01,\nB,2022-01-01,\n",
        "subscriptions": "customer_id,started_at,ended_at,amount\nA,2022-01-01,,10\nB,2022-01-01,2022-02-01,10\nC,2022-01-01,,10\n",
    }
    paths = written(tmp_path, tables)
    asked = question("customers", "2022-Q1", as_of=dt.date(2022, 12, 31))
    answer = ask(paths, asked, engine)
    assert answer.results[0].value == 2
    assert "disagree on 2 customers" in next(w.message for w in answer.warnings if w.code == "W303")
    assert [row[0] for row in ask_list(paths, asked, "disagreement", engine).rows] == ["B", "C"]


def test_lifetime_of_a_quarter_is_that_of_its_months(tmp_path: Path) -> None:
    paths = written(tmp_path, {"customers": QUARTERS})
    months = ask(paths, question("lifetime", "2022-Q2", every="month")).results
    (quarter,) = ask(paths, question("lifetime", "2022-Q2")).results
    for name in ("opening_months", "lost_months"):
        assert quarter.totals[name] == sum(r.totals[name] for r in months)
