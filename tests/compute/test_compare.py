"""Comparisons with other periods, series of periods, complete periods and warnings."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.result import Answer, Result
from custmetrics_cli.stats.intervals import Interval, square_and_add, wilson
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


def answer_of(tmp_path: Path, text: str, metric: str, period: str, **options: object) -> Answer:
    return ask(written(tmp_path, {"customers": text}), question(metric, period, **options))


def test_the_previous_quarter_is_compared_with_a_difference_and_its_interval(tmp_path: Path) -> None:
    (result,) = answer_of(tmp_path, QUARTERS, "churn", "2022-Q2", compare="previous").results
    assert result.value == Fraction(2, 4)
    assert result.comparison is not None
    assert result.comparison.period.name == "2022-Q1"
    assert result.comparison.value == Fraction(1, 4)
    assert result.comparison.difference == Fraction(1, 4)
    one, other = wilson(2, 4), wilson(1, 4)
    assert isinstance(one, Interval)
    assert isinstance(other, Interval)
    assert result.comparison.interval == square_and_add(0.5, one, 0.25, other)
    assert result.comparison.is_significant is False


def test_months_of_unequal_length_are_judged_per_30_days(tmp_path: Path) -> None:
    """The same share leaves a day: 1,400 of 30,000 in February, 1,500 of 28,600 in March."""
    rows = [f"C{n},2021-01-01,{'2022-02-10' if n < 1400 else '2022-03-10' if n < 2900 else ''}" for n in range(30_000)]
    text = "\n".join(["customer_id,started_at,ended_at", *rows])
    for metric, neutral in (("churn", 0), ("retention", 1)):
        (result,) = answer_of(tmp_path, text, metric, "2022-03", compare="previous", as_of=dt.date(2022, 12, 31)).results
        comparison = result.comparison
        assert comparison is not None
        assert comparison.interval is not None
        assert not comparison.interval.low <= 0 <= comparison.interval.high
        assert comparison.per_days is not None
        sign = -1 if neutral else 1
        assert comparison.per_days.difference == sign * (Fraction(1500 * 30, 28_600 * 31) - Fraction(1400 * 30, 30_000 * 28))
        assert comparison.verdict == "no significant change"
    for metric in ("lifetime", "annualised-churn"):
        (result,) = answer_of(tmp_path, text, metric, "2022-03", compare="previous", as_of=dt.date(2022, 12, 31)).results
        assert result.comparison is not None
        assert result.comparison.verdict == "no significant change"


def paying(prices: dict[str, tuple[int, int]]) -> str:
    """Each customer pays one price until April 10th 2022, and another from then on; 0 is none."""
    rows = [f"{who},2021-01-01,2022-04-10,{before}" for who, (before, _) in prices.items() if before]
    rows += [f"{who},2022-04-10,,{after}" for who, (_, after) in prices.items() if after]
    return "\n".join(["customer_id,started_at,ended_at,amount", *rows]) + "\n"


def arpa(tmp_path: Path, prices: dict[str, tuple[int, int]], engine: str, **options: object) -> Result:
    paths = written(tmp_path, {"subscriptions": paying(prices)})
    (result,) = ask(paths, question("arpa", "2022-04", as_of=dt.date(2022, 12, 31), **options), engine).results
    return result


AMOUNTS = (10, 20, 30, 40, 50, 60, 70, 80, 90, 550)


@pytest.mark.parametrize("engine", ENGINES)
def test_customers_of_both_periods_are_compared_with_themselves(tmp_path: Path, engine: str) -> None:
    more = {f"C{x}": (10 * x, 11 * x) for x in AMOUNTS}
    for compare, sign in (("previous", 1), ("2022-03", 1)):
        comparison = arpa(tmp_path, more, engine, compare=compare).comparison
        assert comparison is not None
        assert comparison.interval is not None
        assert (round(comparison.interval.low, 3), round(comparison.interval.high, 3)) == (sign * 27.614, sign * 177.485)
        assert comparison.verdict == "significant change"
    other = arpa(tmp_path, {**more, "new": (0, 1000)}, engine, compare="previous").comparison
    assert other is not None
    assert other.interval is not None
    assert (round(other.interval.low, 3), round(other.interval.high, 3)) == (-161.645, 419.545)
    same = arpa(tmp_path, {f"C{x}": (x, x) for x in AMOUNTS}, engine, compare="previous").comparison
    assert same is not None
    assert (same.interval, same.verdict) == (None, "no change")
    few = arpa(tmp_path, {f"C{x}": (x, 2 * x) for x in AMOUNTS[1:]}, engine, compare="previous").comparison
    assert few is not None
    assert (few.interval, few.verdict) == (None, "not enough data to tell")


def test_a_later_period_is_compared_the_other_way_round(tmp_path: Path) -> None:
    paths = written(tmp_path, {"subscriptions": paying({f"C{x}": (10 * x, 11 * x) for x in AMOUNTS})})
    (result,) = ask(paths, question("arpa", "2022-02", compare="2022-05", as_of=dt.date(2022, 12, 31))).results
    assert result.comparison is not None
    assert result.comparison.difference == -100
    assert result.comparison.interval is not None
    assert (round(result.comparison.interval.low, 3), round(result.comparison.interval.high, 3)) == (-177.485, -27.614)


def test_a_year_ago_without_customers_has_no_difference(tmp_path: Path) -> None:
    (result,) = answer_of(tmp_path, QUARTERS, "churn", "2021-Q4", compare="year-ago").results
    assert result.comparison is not None
    assert (result.comparison.period.name, result.comparison.value, result.comparison.difference) == ("2020-Q4", None, None)


def test_a_large_difference_is_significant(tmp_path: Path) -> None:
    rows = [f"C{i},2021-01-01,{'2022-02-01' if i < 80 else ''}" for i in range(200)]
    text = "\n".join(["customer_id,started_at,ended_at", *rows, "Z,2022-06-30,"])
    (result,) = answer_of(tmp_path, text, "churn", "2022-Q2", compare="previous").results
    assert result.comparison is not None
    assert result.comparison.is_significant is True


def test_a_partial_period_is_compared_in_its_known_days(tmp_path: Path) -> None:
    text = "customer_id,started_at,ended_at\nA,2022-01-01,\nB,2022-01-01,2022-05-20\nC,2022-01-01,2022-06-10\n"
    (result,) = answer_of(tmp_path, text, "churn", "2022-06", compare="previous", quiet_days=0).results
    assert not result.complete
    assert result.comparison is not None
    assert (result.comparison.period.start, result.comparison.period.end) == (dt.date(2022, 5, 1), dt.date(2022, 5, 11))
    assert (result.comparison.value, result.comparison.difference) == (Fraction(0), Fraction(1, 2))
    assert result.comparison.value_of_span is not None
    assert result.comparison.value_of_span - Fraction(0) == result.comparison.difference
    assert result.comparison.span is not None
    assert (result.comparison.span.start, result.comparison.span.end) == (dt.date(2022, 6, 1), dt.date(2022, 6, 11))


def test_quiet_days_are_not_compared(tmp_path: Path) -> None:
    text = "customer_id,started_at,ended_at\nA,2022-01-01,\nB,2022-01-01,2022-05-15\n"
    (result,) = answer_of(tmp_path, text, "churn", "2022-Q2", compare="previous").results
    assert result.comparison is not None
    assert result.comparison.period.days == 45


def test_a_warning_names_the_other_period_if_the_data_does_not_cover_it(tmp_path: Path) -> None:
    answer = answer_of(tmp_path, QUARTERS, "churn", "2022-Q2", compare="2023-Q1")
    assert answer.results[0].comparison is not None
    assert answer.results[0].comparison.complete is False
    assert "2023-Q1" in next(w.message for w in answer.warnings if w.code == "W101")
    assert "2020-Q1" in next(
        w.message for w in answer_of(tmp_path, QUARTERS, "churn", "2021-Q1", compare="year-ago").warnings if w.code == "W102"
    )


def test_each_period_of_a_series_is_compared_with_its_own_previous_period(tmp_path: Path) -> None:
    results = answer_of(tmp_path, QUARTERS, "churn", "2022-H1", every="quarter", compare="previous").results
    assert [r.comparison and r.comparison.period.name for r in results] == ["2021-Q4", "2022-Q1"]


def test_a_period_of_another_length_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CustmetricsError, match="E127"):
        answer_of(tmp_path, QUARTERS, "churn", "2022-Q2", compare="2022-01")


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
def test_a_period_is_complete_if_the_data_reaches_its_end(tmp_path: Path, options: dict[str, object], complete: bool) -> None:
    answer = answer_of(tmp_path, QUARTERS, "churn", "2022-Q4", **options)
    assert answer.results[0].complete is complete
    assert ("W101" in {w.code for w in answer.warnings}) is not complete


def test_an_empty_table_has_no_data_for_any_period(tmp_path: Path) -> None:
    answer = answer_of(tmp_path, "customer_id,started_at,ended_at\n", "churn", "2022-Q4")
    assert answer.results[0].complete is False
    assert "2022-Q4 has no data" in next(w.message for w in answer.warnings if w.code == "W101")


def test_scheduled_ends_do_not_extend_the_data(tmp_path: Path) -> None:
    text = "customer_id,started_at,ended_at\nA,2022-01-01,2027-01-01\nB,2022-01-01,2022-03-01\n"
    assert not answer_of(tmp_path, text, "churn", "2022").results[0].complete


def test_a_period_before_the_start_of_the_data_has_a_warning(tmp_path: Path) -> None:
    assert "W102" in {w.code for w in answer_of(tmp_path, QUARTERS, "churn", "2020").warnings}


COSTS = "date,amount\n2022-05-03,10\n2022-05-20,10\n"


def test_warnings_name_the_table_that_starts_late_or_ends_early(tmp_path: Path) -> None:
    """One table needs no name. Only tables whose rows last can make earlier customers look new."""
    paths = written(tmp_path, {"customers": QUARTERS, "costs": COSTS})
    warnings = {w.code: w.message for w in ask(paths, question("cac", "2022-Q2")).warnings}
    assert warnings["W102"] == "costs starts on 2022-05-03, so 2022-Q2 is a partial period"
    assert warnings["W101"].startswith("costs ends on 2022-05-20, so")
    one_table = {w.code: w.message for w in answer_of(tmp_path, QUARTERS, "churn", "2020").warnings}
    assert one_table["W102"] == "the data starts on 2021-01-01, so earlier customers look new in 2020"


SUSPICIOUS = """
customer_id,started_at,ended_at
A,2022-01-01,2022-03-01
A,2022-01-01,2022-03-01
A,2022-02-01,2022-04-01
B,2022-01-01,2022-02-01
B,2022-02-01,2022-03-01
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_repeated_and_overlapping_rows_are_counted_and_listed_but_touching_rows_are_not(tmp_path: Path, engine: str) -> None:
    paths = written(tmp_path, {"customers": SUSPICIOUS})
    asked = question("churn", "2022-Q1", as_of=dt.date(2022, 12, 31))
    warnings = {w.code: w for w in ask(paths, asked, engine).warnings}
    assert warnings["W301"].message.startswith("1 duplicate row ")
    assert warnings["W302"].message.startswith("1 customer ")
    assert ask_list(paths, asked, "overlapping", engine).rows == [("A", 1)]
    assert ask_list(paths, asked, "repeated", engine).rows == [("A", "2022-01-01", "2022-03-01", 1)]


@pytest.mark.parametrize("engine", ENGINES)
def test_customers_override_subscriptions_and_a_warning_counts_the_differences(tmp_path: Path, engine: str) -> None:
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


def test_the_lifetime_of_a_quarter_uses_the_totals_of_its_months(tmp_path: Path) -> None:
    paths = written(tmp_path, {"customers": QUARTERS})
    months = ask(paths, question("lifetime", "2022-Q2", every="month")).results
    (quarter,) = ask(paths, question("lifetime", "2022-Q2")).results
    for name in ("opening_months", "lost_months"):
        assert quarter.totals[name] == sum(r.totals[name] for r in months)
