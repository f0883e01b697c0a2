"""Imports go down only: from the command line to the core, and inside each folder from its last step to its first.

Every import counts: at the top of a file, inside a function, and for the type checker only.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from graphlib import TopologicalSorter

import pytest

from tests.support.source_code import MODULES, PACKAGE, Import, Module

# Each line may import the lines above it. What stands on one line may not import each other.
LAYERS = (
    ("__init__",),
    ("stats",),
    ("core",),
    ("columns",),
    ("tables",),
    ("presets", "profiles"),
    ("engines",),
    ("ingest",),
    ("metrics", "compute", "render"),
    ("report",),
    ("cli",),
    ("__main__",),
)
SUBJECTS = ("purchases", "surveys", "activity", "trials", "cohorts")
# The same rule inside a folder, for its files and sub-folders. A folder that is not named here has no order, only no cycle.
INSIDE = {
    "ingest": (
        ("typed_rows",),
        ("model", "settings"),
        ("open",),
        ("parse",),
        ("recognise",),
        ("check",),
        ("observations", "currency"),
        ("repair",),
    ),
    "metrics": (
        ("shared",),
        ("customers",),
        ("revenue",),
        ("purchases", "surveys", "activity", "trials", "cohorts"),
        ("survival",),
        ("value",),
        ("economics", "combined", "lifecycle", "forecast", "health"),
    ),
    "cli": (("usage",), ("options",), ("terminal",), ("commands",), ("app",), ("run",)),
    "compute": (("split", "money"),),
    "render": (
        ("text", "numbers", "output", "page"),
        ("document",),
        ("data", "parts", "draw"),
        ("problems",),
        ("documents", "format"),
        ("formats",),
    ),
}
NOT_TOGETHER = {"metrics": {"ingest"}, "render": {"metrics", "compute", "ingest"}, "compute": {"metrics", "render"}}
FRAMES = {"pandas", "pyarrow", "duckdb", "pyspark", "polars"}
HEAVY = {"pandas", "pyarrow", "duckdb", "numpy", "narwhals"}
MAY_IMPORT_FRAMES = {"engines", "ingest"}


def part(name: str, folder: str = "") -> str:
    """Return the file or sub-folder below a folder of the package that a dotted name belongs to; '' if it does not.

    >>> part("custmetrics_cli.ingest.open.find"), part("custmetrics_cli.ingest.open.find", "ingest"), part("json")
    ('ingest', 'open', '')
    """
    prefix = f"{PACKAGE}.{folder}." if folder else f"{PACKAGE}."
    return name.removeprefix(prefix).partition(".")[0] if name.startswith(prefix) else ""


def imports(wrong: Callable[[Module, Import], bool]) -> list[str]:
    """Return every import that a rule finds wrong, with its place."""
    return [f"{module.at(each.line)} imports {each.name}" for module in MODULES for each in module.imports if wrong(module, each)]


def upward(layers: tuple[tuple[str, ...], ...], folder: str = "") -> Iterator[str]:
    """Yield each import that goes up, or sideways on one line."""
    level = {name: number for number, names in enumerate(layers) for name in names}
    for module in MODULES:
        source = part(module.name, folder) or ("__init__" if not folder and module.name == PACKAGE else "")
        for each in module.imports:
            target = part(each.name, folder)
            if source in level and target in level and source != target and level[target] >= level[source]:
                yield f"{module.at(each.line)} imports {each.name}"


def test_every_folder_has_a_layer() -> None:
    assert {part(module.name) for module in MODULES} - {""} <= {name for names in LAYERS for name in names}


def test_imports_go_down_only() -> None:
    assert list(upward(LAYERS)) == []


@pytest.mark.parametrize("folder", INSIDE)
def test_imports_inside_a_folder_go_down_only(folder: str) -> None:
    names = {part(module.name, folder) for module in MODULES} - {""}
    assert {name for line in INSIDE[folder] for name in line} <= names, "a folder or file of the rule is gone"
    assert list(upward(INSIDE[folder], folder)) == []


def test_folders_that_must_not_know_each_other_do_not() -> None:
    assert imports(lambda module, each: part(each.name) in NOT_TOGETHER.get(part(module.name), ())) == []


def test_there_is_no_cycle() -> None:
    names = {module.name for module in MODULES}
    graph = {module.name: {loaded(each.name, names) for each in module.imports} & names - {module.name} for module in MODULES}
    assert list(TopologicalSorter(graph).static_order())  # raises CycleError, which names the cycle


def loaded(name: str, names: set[str]) -> str:
    """Return the module that an imported name loads: itself, or the one that declares it."""
    return name if name in names else name.rpartition(".")[0]


def test_only_engines_and_ingest_import_dataframe_libraries() -> None:
    """Column kinds may too, but only inside the functions that read columns."""

    def wrong(module: Module, each: Import) -> bool:
        folder = part(module.name)
        late = each.lazy or each.typing
        return library(each) in FRAMES and folder not in MAY_IMPORT_FRAMES and not (late and folder in {"columns", "stats"})

    assert imports(wrong) == []


def test_declarations_load_no_heavy_library() -> None:
    """Files that --help reads import numpy, narwhals and dataframes only when they compute."""

    def wrong(module: Module, each: Import) -> bool:
        declares = part(module.name) in {"core", "columns", "tables", "stats", "presets", "render", "report", "cli"}
        return library(each) in HEAVY and declares and not (each.lazy or each.typing)

    assert imports(wrong) == []


def library(each: Import) -> str:
    return each.name.partition(".")[0]


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
