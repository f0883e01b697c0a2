"""The program on Spark as a user starts it: local, without a word of Java, and without anything left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.spark
SAMPLE = Path(__file__).parents[3] / "sample_data"


def custmetrics(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a new process: `main` ends it."""
    env = {**os.environ, **environment}
    return subprocess.run([sys.executable, "-m", "custmetrics_cli", *arguments], env=env, cwd=SAMPLE, capture_output=True, text=True)


@pytest.mark.parametrize("more", [(), ("--master", "local[1]", "--memory", "2GB")], ids=["default", "one core"])
def test_the_same_bytes_and_nothing_else(tmp_path: Path, more: tuple[str, ...]) -> None:
    """Java writes to the terminal, PySpark warns, and Spark keeps files: nobody sees them."""
    asked = ("alive", "--unit", "week", "purchases.csv")  # it loads twice
    before = {*SAMPLE.iterdir()}
    found = custmetrics(*asked, "--engine", "spark", *more, TMPDIR=str(tmp_path))
    expected = custmetrics(*asked, TMPDIR=str(tmp_path))
    assert (found.returncode, found.stdout, found.stderr) == (0, expected.stdout, expected.stderr)
    assert [path for path in tmp_path.iterdir() if path.name.startswith("custmetrics")] == []
    assert {*SAMPLE.iterdir()} == before


def test_a_cluster_that_does_not_answer_is_named() -> None:
    found = custmetrics("churn", "--period", "2022-Q2", "customers.csv", "--engine", "spark", "--master", "sc://127.0.0.1:1")
    assert (found.returncode, found.stdout) == (3, "")
    assert found.stderr.startswith("E282 Spark does not start at sc://127.0.0.1:1")
    assert len(found.stderr.splitlines()) == 2


def test_two_exports_are_compared_in_one_session(tmp_path: Path) -> None:
    """Both exports are open at once, and Spark allows one session on this machine."""
    text = (SAMPLE / "customers.csv").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "old.csv").write_text("".join(text[:600]), "utf-8")
    (tmp_path / "new.csv").write_text("".join([text[0], *text[2:700]]), "utf-8")
    asked = ("diff", str(tmp_path / "old.csv"), str(tmp_path / "new.csv"), "--period", "2021-Q2", "--json")
    found, expected = custmetrics(*asked, "--engine", "spark"), custmetrics(*asked)
    assert (found.returncode, found.stdout, found.stderr) == (expected.returncode, expected.stdout, expected.stderr)
    assert expected.returncode == 0
