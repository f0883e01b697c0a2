"""A metric comes with its worked examples, and a worked example with its metric."""

from __future__ import annotations

from custmetrics_cli.metrics import METRICS
from tests.support.source_code import ROOT


def test_every_metric_has_worked_examples() -> None:
    assert METRICS
    assert {path.stem for path in (ROOT / "tests" / "cases").glob("*.toml")} == set(METRICS)
