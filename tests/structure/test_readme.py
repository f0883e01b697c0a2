"""The README does not lie: its examples print what it shows, its tables are those of the declarations.

`pytest --update tests/structure/test_readme.py` writes both anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from custmetrics_cli.core.metric import Metric
from custmetrics_cli.metrics import METRICS
from custmetrics_cli.presets import Preset, presets
from custmetrics_cli.tables import TABLES, Table
from tests.support.source_code import ROOT

README = ROOT / "README.md"
CONSOLE = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
MADE = re.compile(r"(?<=<!-- )(?P<name>\w+)(?P<mark>: [^\n]* -->\n).*?(?=<!-- end of (?P=name) -->)", re.DOTALL)
OPTION = re.compile(r"--[a-z][a-z-]+")
COMMAND = re.compile(r"^\$ (.*)$", re.MULTILINE)


def said(command: str) -> str:
    """What a command prints to standard output, in a pipe; it must succeed."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": path, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    shell = ["bash", "-o", "pipefail", "-c", command]
    done = subprocess.run(shell, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout


def run(block: str) -> str:
    """The block with what its commands print now."""
    return "\n".join(f"$ {command}\n{said(command)}" for command in COMMAND.findall(block))


def row(metric: Metric) -> str:
    names = ", ".join((f"`{metric.name}`", *metric.aliases))
    others = "; ".join(f"`{name}`: {each.formula.text}" for name, each in metric.definitions.items() if name != "standard")
    return f"| {names} | {metric.asks} | {metric.standard.formula.text} | {others} |"


def columns(table: Table) -> str:
    needed = ", ".join(column.name for column in table.required)
    others = ", ".join(column.name for column in table.columns if not column.required)
    return f"| {table.name} | {table.about.removeprefix('one row is ')} | {needed} | {others}, any column to split by |"


def preset(found: Preset) -> str:
    return f"| `{found.name}` | {found.vendor} | {found.export} | {found.table} | {found.confidence} |"


def drawn(head: str, rows: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in (head, "|---" * (head.count("|") - 1) + "|", *rows))


def tables() -> dict[str, str]:
    """What the declarations say of metrics and of tables, by the name of their place in the README."""
    ordered = sorted(METRICS.values(), key=lambda metric: (metric.family, metric.order))
    return {
        "metrics": drawn("| metric | asks | formula | other definitions |", map(row, ordered)),
        "tables": drawn("| table | one row is | needs | may have |", map(columns, TABLES.values())),
        "presets": drawn("| preset | vendor | export | table | confidence |", map(preset, presets().values())),
    }


def test_tables_are_those_declared(update: bool) -> None:
    text, made = README.read_text(encoding="utf-8"), tables()
    now = MADE.sub(lambda place: f"{place['name']}{place['mark']}{made[place['name']]}", text)
    assert {place["name"] for place in MADE.finditer(text)} == set(made)
    if update:
        README.write_text(now, encoding="utf-8")
    assert update or now == text


def test_examples_print_what_is_shown(update: bool) -> None:
    text = README.read_text(encoding="utf-8")
    now = CONSOLE.sub(lambda block: run(block[0]), text)
    assert len(CONSOLE.findall(text)) >= 5
    if update:
        README.write_text(now, encoding="utf-8")
    assert update or now == text


def test_commands_in_the_text_exist() -> None:
    text = README.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"demo", "test"} <= set(re.findall(r"(?:^|`)make (?:PYTHON=\S+ )?(\w+)", text, re.MULTILINE)) <= targets


def test_integration_runs_what_the_readme_says() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "make test"
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_options_in_the_text_exist() -> None:
    known = {option for command in ("nps", "diff") for option in OPTION.findall(said(f"custmetrics {command} --help-all"))} | {"--update"}
    assert set(OPTION.findall(README.read_text(encoding="utf-8"))) - known == set()
