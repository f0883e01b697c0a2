"""Every code of an error (E) or a warning (W) has a folder with an input that gives it, and the exact words; the page of all
messages is made of them.

A folder holds `cmd` (the arguments after `custmetrics`), the input files, `expected` (standard error), perhaps `stdin`, and
for what no input can bring about, `fault.py` whose `break_it(monkeypatch)` breaks a part of the program or its surroundings.
"""

from __future__ import annotations

import ast
import io
import re
import runpy
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run
from tests.support.source_code import MODULES, Module

HERE = Path(__file__).parent
FOLDERS = sorted(path.parent for path in HERE.glob("[EW]*/cmd"))
ERRORS = [folder for folder in FOLDERS if folder.name[0] == "E"]
WARNINGS = [folder for folder in FOLDERS if folder.name[0] == "W"]
OF_FILES = [folder for folder in FOLDERS if folder.name[0] == "W" or folder.name[1] in "3456"]
CODE = re.compile(r"[EW][0-9]{3}")
EXITS = {"1": 2, "9": 4}


def by_name(folder: Path) -> str:
    return folder.name


def arguments(folder: Path) -> list[str]:
    return shlex.split((folder / "cmd").read_text("utf-8").strip())


@pytest.fixture
def answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run a folder's command in a copy of it: exit status, standard output, standard error."""

    def go(folder: Path, *more: str) -> tuple[int, str, str]:
        copy = shutil.copytree(folder, tmp_path / "copy", dirs_exist_ok=True)
        monkeypatch.chdir(copy)
        if (copy / "stdin").exists():
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper((copy / "stdin").open("rb")))
        if (copy / "fault.py").exists():
            runpy.run_path(str(copy / "fault.py"))["break_it"](monkeypatch)
        status = run([*arguments(folder), *more])
        return status, *capsys.readouterr()

    return go


def compared(folder: Path, said: str, update: bool) -> None:
    if update:
        (folder / "expected").write_text(said, "utf-8")
    assert folder.name in said
    assert said == (folder / "expected").read_text("utf-8")


@pytest.mark.parametrize("folder", ERRORS, ids=by_name)
def test_the_words_of_errors(folder: Path, answered, update: bool) -> None:
    status, out, said = answered(folder)
    compared(folder, said, update)
    assert (status, out) == (EXITS.get(folder.name[1], 3), "")


@pytest.mark.parametrize("folder", WARNINGS, ids=by_name)
def test_the_words_of_warnings_and_what_they_say_is_listed(folder: Path, answered, update: bool) -> None:
    """A warning does not keep the answer back; where it names a list, that has rows."""
    status, out, said = answered(folder)
    compared(folder, said, update)
    assert (status, "\n" in out) == (0, True)
    for name in re.findall(rf"{folder.name} .*\(--list (\w+)\)", said):
        status, rows, _ = answered(folder, "--list", name, "--format", "csv")
        assert (status, len(rows.splitlines()) > 1) == (0, True)


@pytest.mark.parametrize("folder", OF_FILES, ids=by_name)
def test_duckdb_says_the_same(folder: Path, answered) -> None:
    assert answered(folder, "--engine", "duckdb")[2] == (folder / "expected").read_text("utf-8")


def codes(module: Module) -> Iterator[str]:
    """Every text that is a code, but where one is compared with a code: that declares nothing."""
    compared = {text for node in ast.walk(module.tree) if isinstance(node, ast.Compare) for text in ast.walk(node)}
    for node in ast.walk(module.tree):
        match node:
            case ast.Constant(value=str(text)) if CODE.fullmatch(text) and node not in compared:
                yield text


def test_a_code_is_declared_once_and_has_a_folder() -> None:
    """A code stands beside what raises it; a second place would be a second meaning."""
    assert sorted(code for module in MODULES for code in codes(module)) == [folder.name for folder in FOLDERS]


def test_the_page_of_all_messages(update: bool) -> None:
    page = HERE / "README.md"
    text = "".join(["# All messages\n\nMade from the folders beside this page by `pytest tests/errors --update`.\n", *map(_entry, FOLDERS)])
    if update:
        page.write_text(text, "utf-8")
    assert page.read_text("utf-8") == text


def _entry(folder: Path) -> str:
    command = (folder / "cmd").read_text("utf-8").strip()
    return f"\n## {folder.name}\n\n```\n$ custmetrics {command}\n{(folder / 'expected').read_text('utf-8')}```\n"
