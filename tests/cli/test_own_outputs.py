"""What custmetrics wrote into a folder is not read back from it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run
from tests.support.source_code import ROOT

LISTS = {
    "surveys": [["nps", "--list", "promoters"], ["nps", "--by", "touchpoint", "--list", "detractors"]],
    "customers": [["churn", "--list", "lost"], ["churn", "--list", "lost", "--by", "plan"]],
    "subscriptions": [["mrr", "--list", "closing_mrr"], ["mrr", "--every", "month"]],
    "purchases": [["repeat-rate", "--list", "buyers"], ["churn", "--gap", "90", "--list", "lost"], ["orders"]],
    "activity": [["active-users", "--list", "returning_users"]],
}


@pytest.mark.parametrize("table", LISTS)
def test_an_output_in_a_folder_of_inputs_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str) -> None:
    shutil.copy(ROOT / "sample_data" / f"{table}.csv", tmp_path)
    for number, (metric, *more) in enumerate(LISTS[table]):
        asked = [metric, "--period", "2022-Q2", str(tmp_path)]
        assert run([*asked, *more, "-o", str(tmp_path / f"out{number}.csv")]) == 0
    capsys.readouterr()
    for metric, *more in LISTS[table]:
        gap = [each for each in more if each in ("--gap", "90")]
        assert run([metric, "--period", "2022-Q2", "--json", *gap, str(tmp_path)]) == 0
        out, err = capsys.readouterr()
        assert [Path(each["path"]).name for each in json.loads(out)["inputs"]] == [f"{table}.csv"]
        assert err.count("W285") == len(LISTS[table])
