"""Commands on an export of each vendor: the detected preset, the answer worked out by hand, and the account of every row."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from custmetrics_cli.cli.run import run
from custmetrics_cli.presets import shipped

HERE = Path(__file__).parent
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((HERE / "expected.toml").read_text("utf-8"))
ANSWERED = [name for name, expected in EXPECTED.items() if "value" in expected]
REFUSED = [name for name in EXPECTED if name not in ANSWERED]


def cases(names: Sequence[str]) -> list[Any]:
    """Return the cases. A case that waits for a correction must fail until then."""
    waiting = {name: EXPECTED[name]["waits"] for name in names if "waits" in EXPECTED[name]}
    return [pytest.param(name, marks=[pytest.mark.xfail(reason=waiting[name], strict=True)] if name in waiting else []) for name in names]


def answer(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    """Return the exit status and the output as JSON. The name of the file gives no hint about its preset."""
    shutil.copy(HERE / "exports" / f"{name}.csv", folder / "export.csv")
    expected = EXPECTED[name]
    beside: Mapping[str, str] = expected.get("beside", {})
    for table, text in beside.items():
        (folder / f"{table}.csv").write_text(text.lstrip("\n"), "utf-8")
    files = [str(folder / "export.csv"), *(f"{table}={folder / table}.csv" for table in beside)]
    status = run([*expected["ask"], *files, "--json", "--no-config", "--today", "2024-12-31"])
    out, err = capsys.readouterr()
    return status, json.loads(out or err)


def test_every_preset_has_an_export_and_an_expected_answer() -> None:
    exports = {path.stem for path in (HERE / "exports").iterdir()}
    assert exports == set(EXPECTED) == set(shipped())


@pytest.mark.parametrize("name", cases(ANSWERED))
def test_an_export_gives_the_answer_worked_out_by_hand(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, output = answer(name, tmp_path, capsys)
    assert status == 0, output
    expected, result = EXPECTED[name], output["results"][0]
    assert result["value"] == float(Fraction(expected["value"]))
    assert {total: result["totals"][total] for total in expected.get("totals", {})} == expected.get("totals", {})
    assert result.get("currency") == expected.get("currency", result.get("currency"))
    assert output["inputs"][0]["rows"] == {each: expected[each] for each in ("read", "used", "excluded")}


@pytest.mark.parametrize("name", cases(REFUSED))
def test_an_export_without_an_answer_names_the_export_with_one(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, output = answer(name, tmp_path, capsys)
    assert status == 3
    assert [error["code"] for error in output["errors"]] == [EXPECTED[name]["error"]]
    assert EXPECTED[name]["says"] in f"{output['errors'][0]['message']} {output['errors'][0]['hint']}"
