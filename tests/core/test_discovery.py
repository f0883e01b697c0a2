"""Discovery: a file belongs to a folder's list if it declares the name, and is imported only when it is read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from custmetrics_cli.core.discovery import Discovered
from custmetrics_cli.engines.base import ENGINES

FILES = {
    "__init__.py": "",
    "apple.py": 'THING = "apple"\n',
    "pear.py": 'THING: str = "pear"\n',
    "base.py": "THINGS = {}\n\n\ndef use(thing):\n    THING = thing\n    return THING\n",
    "broken.py": 'raise RuntimeError("imported")\nTHING = 1\n',
    "nuts/__init__.py": "",
    "nuts/hazel.py": 'THING = "hazel"\n',
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    for name, text in FILES.items():
        path = tmp_path / "orchard" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield import_module("orchard")
    for name in [name for name in sys.modules if name.partition(".")[0] == "orchard"]:
        del sys.modules[name]


def test_only_files_that_declare_the_name_belong(folder: ModuleType) -> None:
    assert list(Discovered(folder, "THING")) == ["apple", "broken", "pear"]
    assert list(Discovered(folder, "THING", "**/*.py")) == ["apple", "broken", "nuts.hazel", "pear"]


def test_a_file_is_imported_when_its_value_is_read(folder: ModuleType) -> None:
    things: Discovered[str] = Discovered(folder, "THING")
    assert (len(things), things["pear"]) == (3, "pear")
    assert "orchard.apple" not in sys.modules
    with pytest.raises(RuntimeError, match="imported"):
        things["broken"]


def test_an_unknown_name_is_not_imported(folder: ModuleType) -> None:
    with pytest.raises(KeyError):
        Discovered(folder, "THING")["base"]


def test_engines_are_the_files_that_declare_one() -> None:
    assert {"duckdb", "pandas"} <= set(ENGINES)
    assert "base" not in ENGINES
