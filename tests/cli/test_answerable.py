"""`inspect` says what a run then does: a metric is listed exactly if a report answers it."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run
from tests.support.source_code import ROOT

FOLDERS = [
    ["purchases", "costs"],
    ["subscriptions", "costs"],
    ["customers", "surveys"],
    ["surveys"],
    ["activity"],
    ["customers", "subscriptions", "purchases", "surveys", "activity", "costs"],
]
NEEDS_AN_OPTION = {"payback", "roi", "reactions-per-user"}


@pytest.mark.parametrize("tables", FOLDERS)
def test_inspect_and_report_agree(tables: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for table in tables:
        shutil.copy(ROOT / "sample_data" / f"{table}.csv", tmp_path)
    assert run(["inspect", "--json", str(tmp_path)]) == 0
    inspected = json.loads(capsys.readouterr().out)
    can = {name.partition(" ")[0] for file in inspected["files"] for name in file["answers"]}
    cannot = {name for file in inspected["files"] for each in file["cannot"] for name in each["metrics"]}
    assert run(["report", "--json", "--period", "2022-Q4", str(tmp_path)]) == 0
    answered = {result["metric"] for result in json.loads(capsys.readouterr().out)["results"]}
    assert (can - NEEDS_AN_OPTION, cannot & (can | answered)) == (answered, set())
    for command in inspected["try"]:
        assert run(shlex.split(command)[1:]) == 0


def test_a_folder_ends_with_what_its_files_answer_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for table in ("purchases", "costs"):
        shutil.copy(ROOT / "sample_data" / f"{table}.csv", tmp_path)
    assert run(["inspect", str(tmp_path)]) == 0
    end = capsys.readouterr().out.rpartition("\nTogether\n")[2]
    assert "roi (--margin SHARE)" in end
    assert end.count("  custmetrics ") == 3


def test_the_commands_repeat_how_the_files_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "clients.csv"
    path.write_text("Client,Came aboard,ended_at\nC1,2022-01-05,\nC2,2022-03-05,2022-05-01\n")
    assert run(["inspect", "--json", str(path), "--column", "started_at=Came aboard"]) == 0
    for command in json.loads(capsys.readouterr().out)["try"]:
        assert run([*shlex.split(command)[1:], "--today", "2022-08-01"]) == 0
