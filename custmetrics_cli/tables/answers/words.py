"""Answers in words as scores from 1 to 5, and columns whose words can mean different things."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from custmetrics_cli.columns.parsing.answers.words import WORD_CLASSES
from custmetrics_cli.columns.score import WORDS
from custmetrics_cli.core.errors import Problem

if TYPE_CHECKING:
    from custmetrics_cli.tables.shared.rules import Array, Arrays

WORD_SCALE = "1-5"  # the scale of the levels of words
UNCLEAR_WORDS = "E345"
NAME_THEM = 'name every positive answer, such as --positive "Very satisfied"'
# Classes that mean something else together: the first one is then not positive, or the middle of the scale.
CONFLICTS = (
    ({"somewhat", "very", "best"}, "'somewhat' may be the middle of the scale"),
    ({"somewhat", "not so"}, "'somewhat' may be the middle of the scale"),
    ({"plain good", "very good"}, "'good' may be the middle of the scale"),
)


def word_of(row: Arrays) -> Array:
    """Return 1 and the number of the class of each answer in words; 0 for a number."""
    import numpy as np

    found: Array = np.where(row["score"] >= WORDS, row["score"] - WORDS + 1, 0)
    return found


def as_level(row: Arrays) -> Array:
    """Return the scores, with the level of each answer in words."""
    import numpy as np

    levels = np.array([0, *(each.level for each in WORD_CLASSES)], np.int64)
    found: Array = np.where(row["score"] >= WORDS, levels[np.clip(word_of(row), 0, len(WORD_CLASSES))], row["score"])
    return found


def check_words(survey: str, words: Mapping[int, int], numbers: int, scale: str) -> Problem | None:
    """Return E345 for words that do not show what is positive. words: answers by word_of(); numbers: the answers that are numbers."""
    classes = [WORD_CLASSES[word - 1] for word in words]
    if numbers:
        return _unclear(f"{sum(words.values())} answers are words and {numbers} are numbers", "write all answers in one way")
    if scale != WORD_SCALE:
        return _unclear(f"answers in words are read as 1 to 5, not as {scale or 'the usual scale'}", f"pass --scale {WORD_SCALE}")
    if survey == "ces" and len({each.level for each in classes}) < len(classes):
        return _unclear("these words have no average: two of them mean the same", "pass --definition top with numbers, or compute csat")
    return _check_classes({each.name for each in classes}, max(each.level for each in classes))


def _check_classes(names: Collection[str], best: int) -> Problem | None:
    for together, doubt in CONFLICTS:
        if together <= {*names}:
            return _unclear(f"it is not clear which words are positive: {doubt}", NAME_THEM)
    if "okay" in names and best == 3:
        return _unclear("it is not clear which words are positive: 'okay' is the best of them", NAME_THEM)
    return None


def _unclear(message: str, hint: str) -> Problem:
    return Problem(UNCLEAR_WORDS, message, hint=hint)
