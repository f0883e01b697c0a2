"""Run the command as a user does, in a process of its own, or faster in this process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run

ROWS = """customer_id,started_at,ended_at,plan
C1,2021-01-05,,pro
C2,2021-01-09,2022-05-20,basic
C3,2021-02-01,,basic
C4,2022-04-11,,Köln
C5,2021-12-31,2023-01-01,pro
"""
COMMAND = str(Path(sys.executable).with_name("custmetrics"))


@dataclass(frozen=True)
class Said:
    status: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with customers.csv and without settings of the machine."""
    (tmp_path / "customers.csv").write_text(ROWS, "utf-8")
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("CUSTMETRICS_")]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def here(folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run the command in this process."""

    def go(*arguments: str) -> Said:
        status = run(arguments)
        return Said(status, *capsys.readouterr())

    return go


@pytest.fixture
def shell(folder: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run a line in a shell. $C is the command."""

    def go(line: str, **more: str) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "C": COMMAND, "PYTHONUTF8": "0", **more}
        return subprocess.run(["bash", "-c", f"set -o pipefail; {line}"], capture_output=True, env=environment, timeout=60, check=False)

    return go
