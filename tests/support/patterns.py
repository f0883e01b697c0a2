"""Every regular expression of the program, found in its source, and texts that make a pattern that backtracks slow."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from tests.support.source_code import MODULES, Module

CALLS = {"match", "fullmatch", "search", "sub", "split", "findall", "finditer"}
LENGTH = 10_000
COMMON = " 0a.-"
ENDS = ("\x00", "!", "a")
CLASSES = {"CATEGORY_DIGIT": "0", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a_0", "CATEGORY_NOT_DIGIT": "a ", "CATEGORY_NOT_SPACE": "a0"}
MOST = 40  # characters tried of a pattern


class Used(NamedTuple):
    """A pattern and the way in which it is used."""

    name: str
    pattern: re.Pattern[Any]
    call: str


def used_patterns() -> list[Used]:
    """Return every pattern that the source compiles or passes to a function of `re`."""
    modules = [module for module in MODULES if not module.name.endswith("__main__")]
    found = {(each.pattern.pattern, each.pattern.flags, each.call): each for module in modules for each in _of_module(module)}
    return [*found.values()]


def _of_module(module: Module) -> Iterator[Used]:
    imported = import_module(module.name)
    for name, value in vars(imported).items():
        for number, pattern in enumerate(_patterns(value)):
            for call in _calls(module, name) or ("match",):
                yield Used(f"{module.name}.{name}[{number}]", pattern, call)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and ast.unparse(node.func)[3:] in CALLS:
            yield from _direct(module, node, vars(imported))


def _patterns(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _patterns(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _patterns(each)


def _calls(module: Module, name: str) -> set[str]:
    """Return the methods that the module calls on a pattern."""
    attributes = [node for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)]
    return {node.attr for node in attributes if node.attr in CALLS and name == ast.unparse(node.value)}


def _direct(module: Module, node: ast.Call, names: dict[str, Any]) -> Iterator[Used]:
    """Yield the pattern of a call such as re.sub(TEXT, ...)."""
    texts: list[Any] = []
    match node.args[0]:
        case ast.Constant(value=text):
            texts = [text]
        case ast.Name(id=name) if name in names:
            texts = [names[name]]
        case ast.Name(id="form"):  # a loop over forms
            texts = [each for forms in ("FORMS", "SIMILAR") for each in names.get(forms, ())]
        case ast.Subscript(value=ast.Name(id=name)):
            texts = [*names[name].values()]
    flags = re.DOTALL if "DOTALL" in ast.unparse(node) else 0
    for text in texts:
        if isinstance(text, str | bytes):
            yield Used(f"{module.at(node.lineno)} {text!r:.40}", re.compile(text, flags), ast.unparse(node.func)[3:])


def hostile_texts(pattern: re.Pattern[Any], length: int = LENGTH) -> Iterator[Any]:
    """Yield long texts of the characters that the pattern repeats, with an end that does not match."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    own = dict.fromkeys(_characters(parser.parse(text, flags)))
    letters = [*own][:MOST] or [*COMMON]
    pairs = [a + b for a, b in product(letters[:5], letters[:5]) if a != b]
    cases = [*product((*letters, *COMMON), ("", letters[0]), ENDS[:2]), *product(pairs, ("",), ENDS)]
    for unit, start, end in dict.fromkeys(cases):
        hostile = start + (unit * length)[: length - 2] + end
        yield hostile if isinstance(pattern.pattern, str) else hostile.encode("utf-8")[:length]


def _characters(parsed: Any) -> Iterator[str]:
    """Yield characters that the parts of a pattern match."""
    for code, value in parsed:
        match code:
            case codes.LITERAL:
                yield chr(value)
            case codes.NOT_LITERAL | codes.ANY:
                yield "a"
            case codes.IN:
                yield from _of_class(value)
            case codes.BRANCH:
                for branch in value[1]:
                    yield from _characters(branch)
            case codes.MAX_REPEAT | codes.MIN_REPEAT | codes.POSSESSIVE_REPEAT:
                yield from _characters(value[2])
            case codes.SUBPATTERN:
                yield from _characters(value[3])
            case codes.ATOMIC_GROUP:
                yield from _characters(value)
            case codes.ASSERT | codes.ASSERT_NOT:
                yield from _characters(value[1])


def _of_class(members: Any) -> Iterator[str]:
    if members[0][0] is codes.NEGATE:
        yield from (each for each in COMMON if re.match(r"[^" + "".join(map(_in_class, members[1:])) + "]", each))
        return
    for code, value in members:
        match code:
            case codes.LITERAL:
                yield chr(value)
            case codes.RANGE:
                yield chr(value[0])
            case codes.CATEGORY:
                yield from CLASSES.get(str(value), "a")


def _in_class(member: Any) -> str:
    code, value = member
    match code:
        case codes.LITERAL:
            return re.escape(chr(value))
        case codes.RANGE:
            return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s", "CATEGORY_WORD": r"\w", "CATEGORY_NOT_WORD": r"\W"}.get(str(value), r"\D")
