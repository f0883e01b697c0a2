"""Find out whether the cells of a score column are words, and which of the words are unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from custmetrics_cli.columns.parsing.answers.words import class_number
from custmetrics_cli.columns.parsing.blank_words import drop_blank_word
from custmetrics_cli.columns.score import SCORE
from custmetrics_cli.core.errors import Choice, Place, Problem, quote_for_shell
from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.tables.answers.facts import Fact
from custmetrics_cli.tables.answers.words import WORD_SCALE

SHOWN = 5  # words in a message
NUMERICAL = "numbers"  # the preset's text about exporting numbers instead of words


class Words(NamedTuple):
    """The facts in the words of a column; nothing if its cells are mostly numbers."""

    scale: Fact | None = None
    best: Fact | None = None
    unknown: tuple[str, ...] = ()


def read_words(cells: Iterable[str], positive: Sequence[str]) -> Words:
    """Return the facts in the distinct cells of a column. positive: the positive answers that the user names.

    >>> read_words(["Great", "Okay", "Splendid", ""], []).unknown, read_words(["9", "10 - Extremely likely"], []).scale
    (('Splendid',), None)
    """
    filled = [cell for cell in cells if drop_blank_word(cell)]
    words = [cell for cell in filled if not any(map(str.isdigit, cell)) and any(map(str.isalpha, cell))]
    if len(words) * 2 <= len(filled):
        return Words()
    unknown = tuple(word for word in words if class_number(word, tuple(positive)) is None)
    return Words(Fact(WORD_SCALE, "words"), Fact("high", "words"), unknown)


def unknown_words_problem(layout: Layout, path: str) -> Problem | None:
    """Return one problem that names all unknown answers of a column of words."""
    unknown, rule = layout.answers.unknown_words, layout.table.questions
    if rule is None or not unknown:
        return None
    shown = ", ".join(map(repr, unknown[:SHOWN])) + (", …" if len(unknown) > SHOWN else "")
    choices = tuple(Choice("positive", word) for word in unknown)
    by_hand = f"for each answer that is positive pass --positive, such as --positive {quote_for_shell(unknown[0])}; the others are not"
    preset = layout.preset.lacks.get(NUMERICAL, "") if layout.preset else ""
    place = Place(path, layout.lines.header, layout.columns[rule.column] + 1)
    message = f"{rule.column}: answers in words that are not known: {shown}"
    return Problem(SCORE.code, message, place, f"{preset}; or {by_hand}" if preset else by_hand, choices=choices)
