"""Run a command in this process: exit status, standard output, standard error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.chdir(tmp_path)

    def go(*arguments: str | Path) -> tuple[int, str, str]:
        status = run([str(each) for each in arguments])
        return status, *capsys.readouterr()

    return go
