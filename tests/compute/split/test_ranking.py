"""--sort, --limit and the total of all groups."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from custmetrics_cli.cli.run import run
from custmetrics_cli.core.result import Result
from custmetrics_cli.render.data.schema import schema_text
from tests.support.asking import ENGINES, ask, question, written

SEGMENTS = {"segment 10": (2, 8), "segment 2": (1, 2), "a": (0, 4), "b": (3, 3), "": (1, 1), "new": (0, 0)}  # lost, at the start


def customers() -> str:
    rows = [f"{name}{n},2021-01-01,{'2022-05-01' if n < lost else ''},{name}" for name, (lost, all) in SEGMENTS.items() for n in range(all)]
    return "\n".join(["customer_id,started_at,ended_at,segment", *rows, "n,2022-05-01,,new", ""])


def names(results: list[Result]) -> list[str | None]:
    return ["other" if each.folded else each.group["segment"] for each in results]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("sort", "limit", "expected"),
    [
        ("name", 0, ["a", "b", "new", "segment 2", "segment 10", None]),
        ("value", 0, ["b", "segment 2", "segment 10", "a", "new", None]),
        ("size", 0, ["segment 10", "a", "b", "segment 2", "new", None]),
        ("value", 2, ["b", "segment 2", "other"]),
        ("value", 5, ["b", "segment 2", "segment 10", "a", "new", None]),
        ("value", 99, ["b", "segment 2", "segment 10", "a", "new", None]),
    ],
)
def test_groups_are_ordered_and_folded(tmp_path: Path, sort: str, limit: int, expected: list[str | None], engine: str) -> None:
    paths = written(tmp_path, {"customers": customers()})
    answer = ask(paths, question("churn", "2022-Q2", by=["segment"], sort=sort, limit=limit), engine)
    assert names(list(answer.results)) == expected
    assert [result.value for result in answer.total] == [Fraction(7, 18)]
    others = [result for result in answer.results if result.folded]
    assert [(result.value, result.folded) for result in others] == ([(Fraction(3, 13), 4)] if others else [])


def test_folded_groups_count_a_customer_once(tmp_path: Path) -> None:
    rows = "customer_id,date,amount,product\nA,2022-04-01,5,x\nA,2022-04-02,5,y\nA,2022-04-03,5,z\nB,2022-04-04,50,x\nB,2022-04-04,50,w\n"
    answer = ask(written(tmp_path, {"purchases": rows}), question("buyers", "2022-Q2", by=["product"], sort="value", limit=1))
    assert [(result.group, result.value, result.folded) for result in answer.results] == [({"product": "x"}, 2, 0), ({}, 2, 3)]
    assert [result.value for result in answer.total] == [2]


def test_a_series_folds_the_same_groups_in_each_period(tmp_path: Path) -> None:
    paths = written(tmp_path, {"customers": customers()})
    answer = ask(paths, question("churn", "2022-Q2", by=["segment"], sort="value", limit=1, every="month"))
    assert [(str(each.period), len(each.group), each.folded) for each in answer.results[:4]] == [
        ("2022-04", 1, 0),
        ("2022-04", 0, 5),
        ("2022-05", 1, 0),
        ("2022-05", 0, 5),
    ]
    assert [str(each.period) for each in answer.total] == ["2022-04", "2022-05", "2022-06"]


def test_two_currencies_have_no_total(tmp_path: Path) -> None:
    rows = "customer_id,started_at,ended_at,amount,currency,plan\nA,2022-01-01,,5,EUR,x\nB,2022-01-01,,7,USD,y\n"
    answer = ask(written(tmp_path, {"subscriptions": rows}), question("mrr", "2022-Q1", by=["currency"]))
    assert ([result.value for result in answer.results], answer.total) == ([5, 7], ())


def test_json_has_the_total_and_the_table_shows_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (path,) = written(tmp_path, {"customers": customers()})
    asked = ["churn", "--period", "2022-Q2", path, "--by", "segment", "--limit", "1"]
    assert run([*asked, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads(schema_text())).validate(document)
    assert [(each["group"], each.get("folded")) for each in document["results"]] == [({"segment": "a"}, None), ({}, 5)]
    assert document["total"][0]["totals"] == {"lost": 7, "opening": 18}
    assert run(asked) == 0
    rows = [line.split("│")[1].strip() for line in capsys.readouterr().out.splitlines() if line.startswith("│")]
    assert rows == ["segment", "b", "other (5 groups)", "total"]
    assert run([*asked, "--by", "customer_id"]) == 2
    assert "E146 --limit and several --by cannot be combined" in capsys.readouterr().err
