"""Questions that the given tables do not answer: the message names the metrics that read these tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run
from custmetrics_cli.metrics import METRICS
from tests.support.asking import written

EVENTS = "user_id,timestamp\nA,2025-03-01\nA,2025-03-02\nB,2025-03-01\n"


def test_a_metric_without_its_tables_names_those_of_the_given_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (path,) = written(tmp_path, {"activity": EVENTS})
    assert run(["retention", "--period", "2025-03", path]) == 2
    names = capsys.readouterr().err.partition("metrics of activity: ")[2].strip().split(", ")
    assert "retention-curve" in names
    assert all(("activity",) in METRICS[name].needs for name in names)
    assert run(["retention-curve", "--period", "2025-03", path]) == 0
