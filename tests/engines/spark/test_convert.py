"""`convert --engine spark` writes the same tables, skipped rows and counts as one machine; an error of a file is the same error."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run

pytestmark = pytest.mark.spark
PARTS, ROWS = 200, 40
PLANS = ["базовый", "pro"]
HEADER = ["customer_id", "started_at", "ended_at", "plan", "status"]


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write 200 part files: number 7 is cp1251 with semicolons, and number 150 has a row with a day that does not exist."""
    folder, draw = tmp_path_factory.mktemp("exports"), random.Random(18)
    for part in range(PARTS):
        rows = [
            [f"C{part}-{row}", _day(draw), "", draw.choice(["базовый", "pro"]), draw.choice(["active", "trial"])] for row in range(ROWS)
        ]
        if part == 150:
            rows[3][1] = "2022-02-31"
        text = io.StringIO()
        csv.writer(text, delimiter=";" if part == 7 else ",").writerows([HEADER, *rows])
        (folder / f"customers-{part:03}.csv").write_bytes(text.getvalue().encode("cp1251" if part == 7 else "utf-8"))
    return folder


def _day(draw: random.Random) -> str:
    return f"2022-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"


def converted(exports: Path, target: Path, *more: str) -> dict[str, bytes]:
    """Return the bytes of each file of a conversion."""
    assert run(["convert", str(exports), "-o", str(target), "-q", *more]) == 0
    return {str(path.relative_to(target)): path.read_bytes() for path in sorted(target.rglob("*")) if path.is_file()}


def test_the_same_tables_rejects_and_counts(exports: Path, master: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    skip = ("--skip-bad-rows", "--rejects")
    here = converted(exports, tmp_path / "here", *skip, str(tmp_path / "here.csv"))
    lines = capsys.readouterr()
    there = converted(exports, tmp_path / "there", *skip, str(tmp_path / "there.csv"), "--engine", "spark", "--master", master)
    assert capsys.readouterr().out == lines.out
    assert there == here
    assert (tmp_path / "there.csv").read_text("utf-8") == (tmp_path / "here.csv").read_text("utf-8")
    assert "customers-150.csv" in (tmp_path / "there.csv").read_text("utf-8")
    entries = json.loads(here["manifest.json"])["entries"]
    assert (len(entries), sum(entry["read"] for entry in entries)) == (PARTS, PARTS * ROWS)
    assert entries[7]["source"]["encoding"] == "cp1251"


def test_an_error_of_a_file_is_the_same(exports: Path, master: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = []
    for more in ((), ("--engine", "spark", "--master", master)):
        found.append((run(["convert", str(exports), "-o", str(tmp_path / "out"), *more]), *capsys.readouterr()))
        assert not (tmp_path / "out").exists()
    assert found[0] == found[1]
    assert "customers-150.csv:5:2" in found[0][2]


def test_a_cluster_answers_from_converted_files(exports: Path, master: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    converted(exports, tmp_path / "clean", "--skip-bad-rows")
    capsys.readouterr()
    answers = []
    for engine in (("pandas",), ("duckdb",), ("spark", "--master", master)):
        asked = ["churn", "--period", "2022-Q4", "--by", "plan", str(tmp_path / "clean"), "--json"]
        answers.append((run([*asked, "--engine", *engine]), *capsys.readouterr()))
    assert answers[0] == answers[1] == answers[2]
