"""What only some rooms may do, and how large things may grow."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from statistics import median

from tests.support.source_code import MODULES, Module

LONGEST_FUNCTION, SHARE_OF_SHORT_FUNCTIONS = 25, 0.97
USUAL_FILE, LONGEST_FILE, SHARE_OF_SHORT_FILES = 200, 260, 0.95
SPEAKING = {"print", "input", "exit", "quit", "SystemExit"}
STREAMS = {"sys.exit", "os._exit", "os.abort", "sys.stdout", "sys.stderr", "typer.echo", "typer.Exit", "click.echo"}


def speech(module: Module) -> Iterator[str]:
    """Where a module prints or ends the program."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Name(id=name) if name in SPEAKING:
                yield f"{module.at(node.lineno)} {name}"
            case ast.Attribute() if ast.unparse(node) in STREAMS:
                yield f"{module.at(node.lineno)} {ast.unparse(node)}"


def test_only_the_command_line_prints_and_exits() -> None:
    assert [words for module in MODULES if module.room != "cli" for words in speech(module)] == []


def test_only_the_engine_collects() -> None:
    calls = ((m, node) for m in MODULES if m.room != "engine" for node in ast.walk(m.tree))
    assert [m.at(node.lineno) for m, node in calls if isinstance(node, ast.Attribute) and node.attr == "collect"] == []


def test_functions_are_short() -> None:
    lengths = {f"{module.at(f.lineno)} {f.name}": module.length(f) for module in MODULES for f in module.functions}
    long = {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION}
    assert len(long) <= (1 - SHARE_OF_SHORT_FUNCTIONS) * len(lengths), long
    assert median(lengths.values()) <= 6


def test_files_are_short() -> None:
    lengths = {module.at(1): len(module.text.splitlines()) for module in MODULES}
    long = {name: length for name, length in lengths.items() if length > USUAL_FILE}
    assert len(long) <= (1 - SHARE_OF_SHORT_FILES) * len(lengths), long
    assert max(lengths.values()) <= LONGEST_FILE, long
