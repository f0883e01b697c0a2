"""Only some folders may print or collect, and nothing may grow too large."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from statistics import median

from tests.support.source_code import MODULES, Module

LONGEST_FUNCTION = 40  # lines, with its docstring
USUAL_FUNCTION, SHARE_OF_SHORT_FUNCTIONS = 25, 0.97  # lines of code
LONGEST_FILE, MOST_FILES = 200, 15  # lines of a file; files beside the sub-folders of a folder
PRINTING = {"print", "input", "exit", "quit", "SystemExit"}
STREAMS = {"sys.exit", "os._exit", "os.abort", "sys.stdout", "sys.stderr", "typer.echo", "typer.Exit", "click.echo"}


def printing(module: Module) -> Iterator[str]:
    """Yield each place where a module prints or ends the program."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) if name in PRINTING:
                yield f"{module.at(node.lineno)} {name}"
            case ast.Attribute() if ast.unparse(node) in STREAMS:
                yield f"{module.at(node.lineno)} {ast.unparse(node)}"


def test_only_the_command_line_prints_and_exits() -> None:
    assert [place for module in MODULES if module.folder != "cli" for place in printing(module)] == []


def test_only_engines_collect() -> None:
    calls = ((module, node) for module in MODULES if module.folder != "engines" for node in ast.walk(module.tree))
    assert [module.at(node.lineno) for module, node in calls if isinstance(node, ast.Attribute) and node.attr == "collect"] == []


def test_functions_are_short() -> None:
    functions = [(module, each) for module in MODULES for each in module.functions]
    long = [f"{module.at(each.lineno)} {each.name}" for module, each in functions if module.lines(each) > LONGEST_FUNCTION]
    assert long == []
    lengths = [module.length(each) for module, each in functions]
    assert sum(length <= USUAL_FUNCTION for length in lengths) >= SHARE_OF_SHORT_FUNCTIONS * len(lengths)
    assert median(lengths) <= 6


def test_files_are_short() -> None:
    assert {module.at(1): n for module in MODULES if (n := len(module.text.splitlines())) > LONGEST_FILE} == {}


def test_folders_are_small() -> None:
    files = Counter(module.path.parent for module in MODULES)
    assert {folder.name: count for folder, count in files.items() if count > MOST_FILES} == {}
