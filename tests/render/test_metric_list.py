"""The list of metrics fits a narrow terminal."""

from __future__ import annotations

import pytest

from custmetrics_cli.cli.run import run
from custmetrics_cli.metrics import METRICS


def test_the_list_of_metrics_is_readable_at_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    tables = [line for line in lines if line.startswith(("│", "╭"))]
    assert max(map(len, tables)) <= 80
    assert all(any(f" {name} " in line for line in tables) for name in METRICS)
