"""--by and --where, with awkward names and values."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest

from custmetrics_cli.core.errors import CustmetricsError
from tests.support.asking import ENGINES, ask, question, written

AWKWARD = """
customer_id,started_at,ended_at,id,monthly,group,reason,seats
A,2022-01-01,2022-04-15,x,m,1,too expensive,5
B,2022-01-01,2022-04-15,y,m,1,card failed,10
C,2022-01-01,,x,n,2,,
"""


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("id", {"x": "1/2", "y": "1"}),
        ("monthly", {"m": "1", "n": "0"}),
        ("group", {"1": "1", "2": "0"}),
        ("reason", {"card failed": "1/3", "too expensive": "1/3"}),
    ],
)
def test_a_header_may_have_the_name_of_an_internal_column(tmp_path: Path, by: str, expected: dict[str, str], engine: str) -> None:
    results = ask(written(tmp_path, {"customers": AWKWARD}), question("churn", "2022-04", by=[by]), engine).results
    assert {r.group[by]: r.value for r in results} == {name: Fraction(value) for name, value in expected.items()}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("where", "value"),
    [
        (["seats>=10"], "1"),
        (["seats<10"], "1"),
        (["seats="], "0"),
        (["seats in 5,10"], "1"),
        (["seats!=5"], "1/2"),
        (["group=1", "id=x"], "1"),
        (["ended_at<2022-05-01"], "1"),
        (["started_at<=2022-01-01"], "2/3"),
    ],
)
def test_where_compares_words_numbers_and_days(tmp_path: Path, where: list[str], value: str, engine: str) -> None:
    (result,) = ask(written(tmp_path, {"customers": AWKWARD}), question("churn", "2022-04", where=where), engine).results
    assert result.value == Fraction(value)


@pytest.mark.parametrize("engine", ENGINES)
def test_two_columns_of_by_give_pairs_in_order_of_name(tmp_path: Path, engine: str) -> None:
    results = ask(written(tmp_path, {"customers": AWKWARD}), question("churn", "2022-04", by=["id", "seats"]), engine).results
    assert [tuple(r.group.values()) for r in results] == [("x", "5"), ("x", None), ("y", "10")]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("where", "closing"), [("ended_at>2022-01-01", 0), ("ended_at=", 1), ("ended_at!=", 0), ("ended_at=2022-04-15", 0)]
)
def test_an_empty_day_matches_only_an_empty_value(tmp_path: Path, where: str, closing: int, engine: str) -> None:
    (result,) = ask(written(tmp_path, {"customers": AWKWARD}), question("customers", "2022-04", where=[where]), engine).results
    assert result.value == closing


@pytest.mark.parametrize(("metric", "options"), [("retention", {"by": ["reason"]}), ("churn", {"where": ["reason=card failed"]})])
def test_the_reason_for_leaving_splits_only_lost_customers(tmp_path: Path, metric: str, options: dict[str, list[str]]) -> None:
    with pytest.raises(CustmetricsError, match="E133"):
        ask(written(tmp_path, {"customers": AWKWARD}), question(metric, "2022-04", **options))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("metric", ["mrr", "customers"])
def test_a_filter_that_excludes_every_row_leaves_nothing(tmp_path: Path, metric: str, engine: str) -> None:
    paths = written(tmp_path, {"subscriptions": "customer_id,started_at,ended_at,amount,size\nA,2022-01-01,,10,5\nB,2022-01-01,,20,10\n"})
    (result,) = ask(paths, question(metric, "2022-04", where=["size<0"], as_of=dt.date(2022, 4, 30)), engine).results
    assert result.value == 0
