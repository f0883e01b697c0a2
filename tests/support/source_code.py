"""The program's source code, parsed, for the tests of its structure."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = "custmetrics_cli"
NOT_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER, tokenize.ENCODING}


@dataclass(frozen=True)
class Import:
    """One imported name. `lazy`: inside a function; `typing`: only for the type checker."""

    name: str
    line: int
    lazy: bool
    typing: bool


@dataclass(frozen=True)
class Module:
    path: Path

    @cached_property
    def name(self) -> str:
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def folder(self) -> str:
        """The file or folder right below the package."""
        return self.name.partition(".")[2].partition(".")[0]

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    @cached_property
    def code_lines(self) -> set[int]:
        """The lines that contain code: no blanks, comments or docstrings."""
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        held = {line for t in tokens if t.type not in NOT_CODE for line in range(t.start[0], t.end[0] + 1)}
        return held - {line for node in docstrings(self.tree) for line in range(node.lineno, (node.end_lineno or 0) + 1)}

    @cached_property
    def imports(self) -> list[Import]:
        return list(imports(self.tree, self.name, self.path.name == "__init__.py"))

    def lines(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
        """Return how many lines a function has, from its `def` to its end."""
        return (function.end_lineno or 0) - function.lineno + 1

    def length(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
        """Return how many lines of code a function has."""
        return len(self.code_lines & set(range(function.lineno, (function.end_lineno or 0) + 1)))

    def at(self, line: int) -> str:
        return f"{self.path.relative_to(ROOT)}:{line}"


def docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str()) as constant):
                yield constant


def imports(node: ast.AST, module: str, package: bool, lazy: bool = False, typing: bool = False) -> Iterator[Import]:
    """Yield every imported name below a node, in full. `from a import b` gives a.b, a module or a name in one."""
    match node:
        case ast.Import(names=names):
            yield from (Import(alias.name, node.lineno, lazy, typing) for alias in names)
        case ast.ImportFrom(module=origin, names=names, level=level):
            base = ".".join([*module.split(".")[: len(module.split(".")) - level + package], *filter(None, [origin])]) if level else origin
            yield from (Import(f"{base}.{alias.name}", node.lineno, lazy, typing) for alias in names)
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            for child in ast.iter_child_nodes(node):
                yield from imports(child, module, package, lazy, True)
        case _:
            inside = lazy or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            for child in ast.iter_child_nodes(node):
                yield from imports(child, module, package, inside, typing)


MODULES = [Module(path) for path in sorted((ROOT / PACKAGE).rglob("*.py"))]
