"""A report as a file that is forwarded: its parts, choices, lists and events; the same numbers and bytes each time."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from custmetrics_cli.cli.run import run

SAMPLE = Path(__file__).parents[3] / "sample_data"
ASK = ["report", "--period", "2022-Q2", str(SAMPLE), "--quiet"]
Go = Callable[..., str]


@pytest.fixture
def go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Go:
    """Return a function that writes a report and returns its text."""
    monkeypatch.chdir(tmp_path)

    def write(*more: str, name: str = "report.html") -> str:
        assert not run([*ASK, "-o", name, *more])
        return (tmp_path / name).read_text(encoding="utf-8")

    return write


def titles(page: str) -> list[str]:
    return re.findall(r"<h2>(.*?)</h2>", page)


def test_the_parts_come_in_the_order_in_which_they_are_read(go: Go) -> None:
    found = titles(go())
    order = ["Before you read on", "What changed", "Key numbers", "Customers", "Recurring revenue", "Orders", "Surveys", "Unit economics"]
    order += ["Behaviour", "Cohorts", "Outlook", "Lost customers, the largest first", "Customers at risk: cancelled, the largest first"]
    order += ["Detractors, the newest first", "Customers at risk, the most likely to leave first"]
    order += ["Promoters with an anniversary soon, the largest first", "Not computed", "Definitions", "Data and settings"]
    assert found == order


def test_settings_choose_title_key_families_lists_events_and_targets(go: Go, tmp_path: Path) -> None:
    (tmp_path / "custmetrics.toml").write_text(
        '[report]\ntitle = "Acme"\nkey = ["nps", "mrr"]\nfamilies = ["Recurring revenue", "Surveys"]\n'
        'lists = ["churn.lost"]\n[events]\n2022-05-01 = "new prices"\n[targets]\nnps = "> 50"\n'
    )
    page = go()
    assert "<h1>Acme, 2022-Q2</h1>" in page
    assert titles(page)[3:6] == ["Recurring revenue", "Surveys", "Lost: customers at the start who are gone by the end"]
    cards = re.findall(r"<div class=card><h3>(.*?)</h3>", page)
    assert cards == ["Net promoter score", "Monthly recurring revenue"]
    assert "new prices</text>" in page
    assert "misses its target of &gt; 50" in page


def test_a_list_says_how_many_rows_are_left_out(go: Go) -> None:
    page = go("--rows", "3", "--lists", "churn.lost")
    assert "3 of 34 rows are shown; 31 are left out." in page


def test_names_can_be_left_out_or_hashed(go: Go) -> None:
    named = re.findall(r"C[0-9]{4}", go())
    assert named
    assert not re.findall(r"\bC[0-9]{4}\b", go("--no-names"))
    hashed = go("--hash-ids")
    assert not re.findall(r"\bC[0-9]{4}\b", hashed)
    assert len(re.findall(r"<th scope=row>[0-9a-f]{12}</th>", hashed)) == len(named)


def test_a_series_has_a_value_for_each_month(go: Go) -> None:
    page = go("--every", "month")
    assert "By period" in page
    assert all(f'data-h="2022-0{month}"' in page for month in (4, 5, 6))


def figures(value: Any) -> list[str]:
    """Return the values of the results of --json as a report shows them."""
    from custmetrics_cli.render.numbers import value_text

    return [value_text(None if each["value"] is None else each["value"], each["unit"], each.get("currency")) for each in value["results"]]


def test_the_numbers_are_those_of_json(go: Go) -> None:
    page = go()
    run([*ASK, "-o", "report.json"])
    for text in figures(json.loads(Path("report.json").read_text(encoding="utf-8"))):
        assert f">{text}<" in page


@pytest.mark.parametrize("name", ["report.html", "report.xlsx"])
def test_the_bytes_do_not_depend_on_hash_seed_and_time_zone(name: str, tmp_path: Path) -> None:
    written = []
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        path = tmp_path / seed / name
        path.parent.mkdir()
        command = [sys.executable, "-m", "custmetrics_cli", *ASK, "-o", str(path), "--families", "Surveys"]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone})
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_a_report_is_small(go: Go) -> None:
    assert len(go("--every", "month")) < 1_000_000


@pytest.mark.parametrize("arguments", [["--help"], ["report", "--help"], [*ASK, "--json"]], ids=["help", "report help", "json"])
def test_help_and_json_import_no_renderer(arguments: list[str]) -> None:
    script = f"""
import os, sys
os._exit = sys.exit
sys.argv = ["custmetrics", *{arguments!r}]
from custmetrics_cli.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print(*sorted({{"vl_convert", "xlsxwriter", "typst", "docx"}} & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    printed = [line for line in done.stderr.splitlines() if not line.startswith("warning:")]
    assert (done.returncode, printed) == (0, [""])
