"""Questions that the given tables do not answer, but another definition or metric does."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run
from custmetrics_cli.metrics import METRICS
from tests.support.asking import written

EVENTS = "user_id,timestamp\nA,2025-03-01\nA,2025-03-02\nB,2025-03-01\n"


def test_a_metric_without_its_tables_names_a_similar_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (path,) = written(tmp_path, {"activity": EVENTS})
    assert run(["retention", "--period", "2025-03", path]) == 2
    hint = "activity can answer a similar question: custmetrics retention-curve"
    assert hint in capsys.readouterr().err
    assert run(["retention-curve", "--period", "2025-03", path]) == 0


def test_similar_metrics_exist() -> None:
    assert {name for metric in METRICS.values() for name in metric.similar} <= {*METRICS}
