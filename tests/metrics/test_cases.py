"""Run every worked example on every engine, and check that each metric and definition has one.

Keys of a case: `says`, its title; `period`; `definition`; `options`, fields of the Question; `own`, the metric's own options as texts;
`settings`, how files are read. Its tables are `files`, CSV text by table, or `many`, runs of equal rows by table.
A run of purchases with `dates` has one order of the customer on each of them.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from custmetrics_cli.core.exhibits import Curve, Table
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.core.result import Result
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.metrics import METRICS
from custmetrics_cli.render.numbers import value_text
from custmetrics_cli.tables import TABLES
from tests.support.asking import ENGINES, ask, question, written

FILES = sorted((Path(__file__).parents[1] / "cases").glob("*.toml"))
CASES = [(path.stem, case) for path in FILES for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]


def tables(case: dict[str, Any]) -> dict[str, str]:
    """Return CSV text by table."""
    return case.get("files", {}) | {name: _many(name, runs) for name, runs in case.get("many", {}).items()}


def nothing_happens(case: dict[str, Any], period: Period) -> bool:
    """Return whether some table has only rows that began before the period: the case then means that they last until its end."""
    ends = [max(re.findall(r"\d{4}-\d\d-\d\d", text), default="") for name, text in tables(case).items() if TABLES[name].has_spans]
    return any(day < str(period.start) for day in ends)


def _many(table: str, runs: list[dict[str, Any]]) -> str:
    """Return CSV text of runs: `count` rows with the same cells. Rows without a customer get new ones, from C0001."""
    rows = [dict(run) for run in runs for _ in range(run["count"])]
    for n, row in enumerate(rows, 1):
        del row["count"]
        if "customer_id" in TABLES[table].by_name:
            row.setdefault("customer_id", f"C{n:04}")
    rows = [{**row, "date": day} if day else row for row in rows for day in row.pop("dates", [""])]
    file = io.StringIO()
    lines = csv.DictWriter(file, dict.fromkeys(name for row in rows for name in row), lineterminator="\n")
    lines.writeheader()
    lines.writerows(rows)
    return file.getvalue()


def exactly(totals: dict[str, int | str]) -> dict[str, Fraction]:
    """Return totals as exact numbers. A case writes 5, "25/3" or "13063.40"."""
    return {name: Fraction(number) for name, number in totals.items()}


def agrees(expected: dict[str, Any], got: Result) -> None:
    """Compare a result with a case. `totals` are all of its totals, `some` are some of them. `about` is the value of a fitted model."""
    if "totals" in expected:
        assert dict(got.totals) == exactly(expected["totals"])
    some = exactly(expected.get("some", {}))
    assert {name: got.totals[name] for name in some} == some
    assert got.reason == expected.get("reason")
    if "about" in expected:
        assert got.value is not None
        assert float(got.value) == pytest.approx(expected["about"], rel=1e-5)
    elif "nearly" in expected:
        assert got.value is not None
        assert float(got.value) == expected["nearly"]
    else:
        assert got.value == (Fraction(expected["value"]) if "value" in expected else None)
    if "grid" in expected:
        assert shape(*got.tables) == expected["grid"]
    if "curve" in expected:
        assert points(*got.curves) == expected["curve"]
    if "interval" in expected:
        assert got.interval is not None
        assert (got.interval.low, got.interval.high) == pytest.approx(tuple(expected["interval"]), rel=0, abs=1e-9)
    if "no_interval" in expected:
        assert (got.interval, got.interval_reason) == (None, expected["no_interval"])


def shape(grid: Table | None) -> dict[str, Any]:
    """Return a grid as a case writes it."""
    assert grid is not None
    rows = [{"name": row.name, "size": row.size, "cells": ["" if cell is None else str(cell) for cell in row.cells]} for row in grid.rows]
    return {"columns": list(grid.columns), "rows": rows, "means": [str(mean) for mean in grid.averages]}


def points(curve: Curve) -> list[list[str]]:
    """Return position and value of each point, as a case writes them."""
    return [[str(point.at), "" if point.value is None else str(point.value)] for point in curve.points]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("metric", "case"), CASES, ids=[f"{metric}: {case['says']}" for metric, case in CASES])
def test_worked_example(metric: str, case: dict[str, Any], engine: str, tmp_path: Path) -> None:
    more = dict(case.get("options", {}))
    asked = question(metric, case["period"], case.get("definition", "standard"), options=case.get("own", {}), **more)
    if "as_of" not in more and nothing_happens(case, asked.period):
        asked = asked._replace(as_of=asked.period.last)
    results = ask(written(tmp_path, tables(case)), asked, engine, **case.get("settings", {})).results
    expected = [want for want in case.get("groups", [case]) for _ in range(want.get("times", 1))]
    assert len(results) == len(expected)
    for want, got in zip(expected, results, strict=True):
        assert got.group == {name: value or None for name, value in want.get("group", {}).items()}
        agrees(want, got)


def test_every_definition_has_a_worked_example() -> None:
    known = {(metric.name, name) for metric in METRICS.values() for name in metric.definitions}
    assert {(metric, case.get("definition", "standard")) for metric, case in CASES} == known


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.name)
def test_the_example_of_explain_is_one_of_these(metric: Metric) -> None:
    (case,) = [case for name, case in CASES if name == metric.name and case["says"] == metric.worked_example]
    assert "definition" not in case
    value = Fraction(str(case.get("value", case.get("about"))))
    assert f"= {value_text(value, metric.unit)}" in metric.worked_example
