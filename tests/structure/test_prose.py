"""Every sentence a person reads is plain English: docstrings, comments, messages, help, README and guide.

The rules are few and mechanical. They find the markers of inverted sentences and the words that have a standard word instead.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.support.source_code import MODULES, ROOT, Module

MARKERS = {
    "name the thing": r"\bwho(?:ever|m)\b|\bwhatever\b|\bwhichever\b|\bthat which\b|\bwhose is\b|\b(?:is|are) who\b|\bwho (?:came|comes)\b",
    "write 'is not a'": r"(?<!there )\b(?:is|are|was|were) no (?!longer\b|more\b|less\b|later\b|earlier\b)\w",
    "subject first": r"(?-i:(?:^|[.;:] )Of (?!course\b)\w+)",
    "skipped": r"\bset(?:s|ting)? (?:\w+ )?aside\b",
    "detected, read as": r"\bfound out\b|\btaken for\b|\btaken as\b",
    "internal error": r"\bfaults? of ours\b",
    "overrides": r"\bgo(?:es)? before\b",
    "given by the user": r"\bsaid by (?:hand|the user)\b|\bmust be said\b|\bis said\b",
    "not enough data": r"\bnothing is known\b",
    "significant": r"\btold from chance\b",
    "header": r"\bheadings?\b",
    "exchange rates": r"\brates of exchange\b",
    "customer": r"\bwho (?:was|is|are|were) there\b",
    "what the cells are": r"\b(?:cells?|files?|columns?|rows?|headers?) (?:says?|tells?|knows?|stands?)\b",
    "stand": r"\bstands? (?:in|for|beside|at|on|before|above)\b|\bstood in\b",
}
OPENINGS = re.compile(r"(?:What|Which|Whether|Where|How|Of|Who|Whose)\b")
ALLOWED: frozenset[str] = frozenset()  # "path:line" of sentences that break a rule for a reason: it only shrinks
GUIDES = [ROOT / "README.md", *sorted((ROOT / "custmetrics_cli" / "guide").glob("*.md"))]
MESSAGES = sorted((ROOT / "tests" / "errors").glob("*/expected"))


class Sentence(NamedTuple):
    place: str
    text: str


def docstrings(module: Module) -> Iterator[tuple[int, str]]:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(module.tree):
        if isinstance(node, kinds) and (text := ast.get_docstring(node)):
            yield node.body[0].lineno, text


def comments(module: Module) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
        if token.type == tokenize.COMMENT and not re.match(r"# (?:type|noqa|pragma):?", token.string):
            yield token.start[0], token.string.lstrip("# ")


def messages(module: Module) -> Iterator[tuple[int, str]]:
    """Yield the texts in the code that read as sentences: two words or more."""
    held = {node for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}
    skip = {id(node.value) for node in held}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skip and node.value.count(" ") >= 2:
            yield node.lineno, node.value


def prose(text: str) -> str:
    """Return a text without its examples, code and commands."""
    text = re.sub(r"^\s*(?:>>>|\.\.\.).*(?:\n(?!\s*$).*)*", "", text, flags=re.MULTILINE)
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return re.sub(r"`[^`\n]*`|\"[^\"\n]*\"|'[^'\n]*'(?!\w)", "…", text)


def sentences() -> Iterator[Sentence]:
    for module in MODULES:
        for read in (docstrings, comments, messages):
            yield from (Sentence(module.at(line), prose(text)) for line, text in read(module))
    for path in [*GUIDES, *MESSAGES]:
        yield Sentence(str(path.relative_to(ROOT)), prose(path.read_text(encoding="utf-8")))


SENTENCES = list(sentences())


@pytest.mark.parametrize("rule", MARKERS)
def test_no_sentence_has_the_marker_of_an_inverted_one(rule: str) -> None:
    found = [
        (each.place, hit[0].strip()) for each in SENTENCES for hit in re.finditer(MARKERS[rule], each.text, re.IGNORECASE | re.MULTILINE)
    ]
    assert [hit for hit in found if hit[0] not in ALLOWED] == []


def test_docstrings_begin_with_a_verb_or_a_noun() -> None:
    assert [module.at(line) for module in MODULES for line, text in docstrings(module) if OPENINGS.match(text)] == []


def test_the_guard_finds_what_it_looks_for() -> None:
    examples = ("whoever comes", "this is no table", "Of rows that end", "rows are set aside", "taken for costs", "a fault of ours")
    assert all(any(re.search(marker, text, re.IGNORECASE) for marker in MARKERS.values()) for text in examples)
    assert OPENINGS.match("What a row is")
    assert not OPENINGS.match("Return the row")
