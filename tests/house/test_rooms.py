"""What only some rooms may do, and how large things may grow."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from statistics import median

from tests.house.source import MODULES, Module

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


def test_a_code_is_declared_once() -> None:
    """A code stands beside what raises it; a second place would be a second meaning."""
    declared = [(code, place) for module in MODULES for code, place in codes(module)]
    times = Counter(code for code, _ in declared)
    assert [f"{code} {place}" for code, place in sorted(declared) if times[code] > 1] == []


def codes(module: Module) -> Iterator[tuple[str, str]]:
    """The codes given to a call (a Problem, a check, a kind of column, a warning), and where."""
    for call in (node for node in ast.walk(module.tree) if isinstance(node, ast.Call)):
        for given in [*call.args, *(keyword.value for keyword in call.keywords)]:
            match given:
                case ast.Constant(value=str(code)) if re.fullmatch(r"[EW]\d{3}", code):
                    yield code, module.at(given.lineno)
