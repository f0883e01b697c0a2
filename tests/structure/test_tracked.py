"""What is in the repository: nothing of the machine it was made on, nothing at the top that does not belong there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.support.source_code import ROOT

TOP = {"pyproject.toml", "README.md", "Makefile", "custmetrics_cli", "tests", "sample_data", "LICENSE", "CHANGELOG.md", ".gitignore", ".ci"}
# Written in pieces, so that this file does not name them either.
MACHINE = re.compile(
    "|".join(["/" + "(work|root|home|Users)/", "/tmp" + "/w", "pypi" + r"\.", "python" + "hosted", "index" + "-url", "site" + "-packages"])
)


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [Path(name) for name in done.stdout.split("\0") if name]


def test_the_top_level_is_fixed() -> None:
    assert {path.parts[0] for path in tracked()} - TOP == set()


def test_no_file_names_a_machine_or_a_package_index() -> None:
    named = []
    for path in tracked():
        if (ROOT / path).is_file():
            lines = (ROOT / path).read_bytes().decode("utf-8", "replace").splitlines()
            named += [f"{path}:{n}: {line.strip()}" for n, line in enumerate(lines, start=1) if MACHINE.search(line)]
    assert named == []
