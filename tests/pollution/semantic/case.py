"""A file whose meaning is written in another way, and the right answer."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.pollution.semantic.clean import Question
from tests.pollution.semantic.sheet import Sheet

EVIDENCE: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parents[2] / "recognition" / "headers.toml").read_text("utf-8"))


class Case(NamedTuple):
    """One question about polluted files."""

    name: str
    question: Question
    sheets: tuple[Sheet, ...]
    doubts: tuple[str, ...] = ()  # a warning about another number must contain one of them: a header, a cell or a code


def case(name: str, question: Question, *sheets: Sheet, doubts: Sequence[str] = ()) -> Case:
    return Case(name, question, sheets, tuple(doubts))


def own_headers(role: str, part: str = "", every: int = 1) -> list[str]:
    """Return headers that mean a role, from the evidence of real exports. every: each such one, to keep the suite small."""
    own = EVIDENCE[role]["own"]
    halves = own[part] if part else own
    return [header for half in ("dev", "test") for header in halves[half]][::every]


def cells_of(role: str, meaning: str) -> list[str]:
    """Return the words in cells that mean a value."""
    halves = EVIDENCE[role]["cells"]
    return [word for half in ("dev", "test") for word in halves[half][meaning]]
