"""Every worked example, on every engine; and no metric or definition without one."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from custmetrics_cli.metric import Metric
from custmetrics_cli.metrics import METRICS
from custmetrics_cli.render.text import shown
from custmetrics_cli.result import Result
from tests.asking import ENGINES, ask, question, written

FILES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
CASES = [(path.stem, case) for path in FILES for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]
COLUMNS = ("customer_id", "started_at", "ended_at")


def tables(case: dict[str, Any]) -> dict[str, str]:
    """CSV text by table; `many` stands for runs of like customers, named in turn."""
    return case.get("files", {}) | {name: _many(runs) for name, runs in case.get("many", {}).items()}


def _many(runs: list[dict[str, Any]]) -> str:
    lines = [",".join(COLUMNS)]
    for run in runs:
        days = ",".join(run.get(column, "") for column in COLUMNS[1:])
        lines += [f"C{len(lines) + i:04},{days}" for i in range(run["count"])]
    return "\n".join(lines) + "\n"


def agrees(expected: dict[str, Any], got: Result) -> None:
    if "totals" in expected:
        assert dict(got.totals) == expected["totals"]
    assert got.reason == expected.get("reason")
    if "nearly" in expected:
        assert got.value is not None
        assert float(got.value) == expected["nearly"]
    else:
        assert got.value == (Fraction(expected["value"]) if "value" in expected else None)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("metric", "case"), CASES, ids=[f"{metric}: {case['says']}" for metric, case in CASES])
def test_case(metric: str, case: dict[str, Any], engine: str, tmp_path: Path) -> None:
    asked = question(metric, case["period"], case.get("definition", "standard"), **case.get("options", {}))
    results = ask(written(tmp_path, tables(case)), asked, engine).results
    expected = case.get("groups", [case])
    assert len(results) == len(expected)
    for want, got in zip(expected, results, strict=True):
        assert got.group == {name: value or None for name, value in want.get("group", {}).items()}
        agrees(want, got)


def test_every_definition_has_a_worked_example() -> None:
    known = {(metric.name, name) for metric in METRICS.values() for name in metric.definitions}
    assert {(metric, case.get("definition", "standard")) for metric, case in CASES} == known


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.name)
def test_what_explain_works_out_is_one_of_these_examples(metric: Metric) -> None:
    (case,) = [case for name, case in CASES if name == metric.name and case["says"] == metric.worked]
    assert "definition" not in case
    assert f"= {shown(Fraction(case['value']), metric.unit)}" in metric.worked
