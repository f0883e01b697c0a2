"""README and guide match the program: examples print what is shown, and tables come from the declarations.

`pytest --update tests/structure/test_readme.py` rewrites the examples, the tables and the picture.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from custmetrics_cli.cli.app import all_commands
from custmetrics_cli.metrics import METRICS
from tests.support.page_tables import MAKERS, PLACE, options, with_tables
from tests.support.pages import BLOCK, GUIDE, PAGES, Page, broken_links, code_of
from tests.support.picture import PICTURE, draw_picture
from tests.support.session import reader_folder
from tests.support.source_code import ROOT

README = ROOT / "README.md"
LONGEST_README = 180
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
CALLED = re.compile(r"custmetrics ([a-z][\w-]*)")
OF_TYPER = {"--help", "--help-all", "--version", "--man", "--install-completion", "--show-completion"}
OF_OTHERS = {"--update", "--user"}  # those of pytest and pip
MAKE = re.compile(r"(?:^|`)make (?:PYTHON=\S+ )?([a-z]+)", re.MULTILINE)


def by_name(path: Path) -> str:
    return path.name


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=by_name)
def test_examples_and_tables_are_current(path: Path, tmp_path: Path, update: bool) -> None:
    text = read(path)
    current = Page(path, reader_folder(tmp_path)).rerun(with_tables(text))
    if update:
        path.write_text(current, encoding="utf-8")
    assert update or current == text


def test_the_picture_is_current(tmp_path: Path, update: bool) -> None:
    current = draw_picture(reader_folder(tmp_path))
    if update:
        PICTURE.write_text(current, encoding="utf-8")
    assert read(PICTURE) == current
    assert set(re.findall(r"\w+://[^\"]*", current)) == {"http://www.w3.org/2000/svg"}, "a picture loads nothing"


@pytest.mark.parametrize("path", PAGES, ids=by_name)
def test_links_lead_somewhere(path: Path) -> None:
    assert [*broken_links(path)] == []


@pytest.mark.parametrize("path", PAGES, ids=by_name)
def test_options_in_the_text_exist(path: Path) -> None:
    assert {*OPTION.findall(read(path))} - options().keys() - OF_TYPER - OF_OTHERS == set()


@pytest.mark.parametrize("path", PAGES, ids=by_name)
def test_commands_in_the_text_exist(path: Path) -> None:
    aliases = {alias for metric in METRICS.values() for alias in metric.aliases}
    assert {*CALLED.findall(code_of(read(path)))} - all_commands().keys() - aliases == set()


@pytest.mark.parametrize("path", [*GUIDE.glob("*.md")], ids=by_name)
def test_a_page_of_the_guide_has_a_title_a_sentence_and_a_command(path: Path) -> None:
    title, blank, sentence = read(path).splitlines()[:3]
    assert (title[:2], blank) == ("# ", "")
    assert re.fullmatch(r"(?:[A-Z`]|custmetrics ).*[.:]", sentence)
    assert any(block["info"].startswith(("console", "sh")) for block in BLOCK.finditer(read(path)))


def test_the_readme_links_every_page_of_the_guide() -> None:
    assert {path.name for path in GUIDE.glob("*.md")} - {*re.findall(r"guide/([\w-]+\.md)", read(README))} == set()


def test_the_readme_is_short() -> None:
    assert len(read(README).splitlines()) <= LONGEST_README


def test_every_table_has_a_place() -> None:
    assert {place["name"] for path in PAGES for place in PLACE.finditer(read(path))} == set(MAKERS)


def test_the_readme_has_two_commands_and_they_exist() -> None:
    block = next(block for block in BLOCK.finditer(read(README)) if "make " in block["body"])
    assert MAKE.findall(block["body"]) == ["demo", "test"]
    makefile = read(ROOT / "Makefile")
    assert {*MAKE.findall(read(README))} <= {*re.findall(r"^([a-z]+):", makefile, re.MULTILINE)}
    first = next(block for block in BLOCK.finditer(read(README)) if block["info"] == "console")
    assert f"\t$(BIN)/{first['body'].splitlines()[0][2:]}\n" in makefile, "make demo runs the first example"


def test_integration_runs_what_the_readme_says() -> None:
    assert read(ROOT / ".ci" / "run").splitlines()[-1] == "make test"
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
