"""Who may import whom: down the floors only, no circles, heavy libraries where they belong and late."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from graphlib import TopologicalSorter

import pytest

from tests.support.source_code import MODULES, PACKAGE, Import, Module

FLOORS = {
    6: {"cli", "__main__"},
    5: {"report"},
    4: {"metrics", "compute", "render"},
    3: {
        *("metric", "rows", "formula", "option_values", "whatif", "intervals", "bootstrap", "cells"),
        *("result", "inspected", "changes", "sources"),
    },
    2: {"tables", "presets"},
    1: {"columns", "period", "engine", "errors"},
}
FLOOR = {"": 0} | {room: floor for floor, rooms in FLOORS.items() for room in rooms}
FLOOR |= {module.room: 1 for module in MODULES if module.room.startswith("_") and module.room not in FLOOR}  # parts of the ground floor
STRANGERS = {  # rooms on one floor that must not know each other
    "metrics": {"compute", "render", "sources"},
    "compute": {"metrics", "render"},
    "render": {"metrics", "compute", "sources"},
}
ENGINES = {"pandas", "pyarrow", "duckdb", "pyspark", "polars"}
HEAVY = {"pandas", "pyarrow", "duckdb", "numpy", "narwhals"}
HOSTS = {"sources", "engine"}


def room(name: str) -> str:
    """The room an imported name belongs to: '' for the package itself and for what is not ours."""
    parts = name.split(".")
    return parts[1] if parts[0] == PACKAGE and len(parts) > 1 and not parts[1].startswith("__") else ""


def found(wrong: Callable[[Module, Import], bool]) -> list[str]:
    """Every import, at run time, that a rule finds wrong."""
    return [f"{m.at(i.line)} imports {i.name}" for m in MODULES for i in m.imports if not i.typing and wrong(m, i)]


def test_every_room_stands_on_a_floor() -> None:
    assert {module.room for module in MODULES} - {""} <= set(FLOOR), "say in FLOORS whom the new room may import"


def test_imports_go_down_only() -> None:
    assert found(lambda module, i: FLOOR.get(room(i.name), 0) > FLOOR[module.room]) == []


def test_neighbours_that_must_not_know_each_other_do_not() -> None:
    assert found(lambda module, i: room(i.name) in STRANGERS.get(module.room, ())) == []


def test_there_is_no_circle() -> None:
    names = {module.name for module in MODULES}
    graph = {m.name: {target(i.name, names) for i in m.imports if room(i.name) and not i.lazy and not i.typing} - {m.name} for m in MODULES}
    assert list(TopologicalSorter(graph).static_order())  # raises CycleError, which names the circle


def target(name: str, names: set[str]) -> str:
    """The module that is loaded for an imported name: itself, or the one it stands in."""
    return name if name in names else name.rpartition(".")[0]


def test_only_hosts_import_engines() -> None:
    """The kinds of column may too, inside the functions that read."""
    allowed = {module.room: module.room in HOSTS or module.room == "columns" for module in MODULES}
    assert found(lambda module, i: library(i) in ENGINES and not (allowed[module.room] and (i.lazy or module.room in HOSTS))) == []


def test_declarations_load_no_heavy_library() -> None:
    """What is read for --help imports what it computes with when it computes."""
    assert found(lambda module, i: library(i) in HEAVY and not i.lazy and module.room not in HOSTS | {"compute", "metrics"}) == []


def library(i: Import) -> str:
    return i.name.partition(".")[0]


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["churn", "--help"], ["list"], ["schema"]], ids=" ".join)
def test_help_loads_no_heavy_library(arguments: list[str]) -> None:
    script = f"""
import sys
sys.argv = ["custmetrics", *{arguments!r}]
from custmetrics_cli.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print(*sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.split()) == (0, [])
    assert done.stdout
