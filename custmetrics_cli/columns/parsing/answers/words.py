"""Answers in words: "Very satisfied", «Скорее доволен», "Great". The words themselves are in lists.py.

Most answers are a strength and an opinion: "very" + "satisfied". The rest stand alone. Some words mean different things on different
scales: "good" is the second best of four answers, but the middle of "excellent, very good, good, fair, poor". See WORD_CLASSES.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import NamedTuple

from custmetrics_cli.columns.parsing.answers.lists import ALONE, NOT_AT_ALL, NOT_SO, OPINIONS
from custmetrics_cli.columns.parsing.words import simplify


class WordClass(NamedTuple):
    """Words of one meaning."""

    name: str
    level: int  # 1 (worst) to 5 (best)


WORD_CLASSES = (
    WordClass("worst", 1),
    WordClass("bad", 2),
    WordClass("not so", 2),  # the negative half of a scale without opposites: not so satisfied
    WordClass("middle", 3),
    WordClass("okay", 3),  # the best of two answers: okay, not okay
    WordClass("somewhat", 4),  # the middle of "extremely, very, somewhat, not so satisfied"
    WordClass("plain good", 4),  # the middle of "excellent, very good, good, fair, poor"
    WordClass("good", 4),
    WordClass("very good", 5),
    WordClass("very", 5),
    WordClass("best", 5),  # extremely, completely
)
NUMBERS = {each.name: number for number, each in enumerate(WORD_CLASSES)}


@cache
def known_words() -> dict[str, int]:
    """Return the number of the class of each known answer, by its simplified text."""
    words = dict(_combined())
    words |= {core(word): NUMBERS[name] for name, listed in ALONE.items() for word in _split(listed)}
    return words


def _combined() -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for at, (best, very, somewhat, positive, negative) in enumerate(OPINIONS):
        strengths = (("best", "worst", best), ("very", "worst", very), ("somewhat", "bad", somewhat))
        for good, bad, words in strengths:
            found += _pairs(words, positive, good) + _pairs(words, negative, bad)
        found += [(core(word), NUMBERS["good"]) for word in _split(positive)]
        found += [(core(word), NUMBERS["bad"]) for word in _split(negative)]
        for name, listed in (("worst", NOT_AT_ALL), ("not so", NOT_SO)):
            found += _pairs(listed[at], positive, name) if at < len(listed) else []
    return found


def _pairs(strengths: str, opinions: str, name: str) -> list[tuple[str, int]]:
    """Return each opinion with each strength, in both orders: "strongly agree"."""
    pairs = product(_split(strengths), _split(opinions))
    return [(core(text), NUMBERS[name]) for one, other in pairs for text in (f"{one} {other}", f"{other} {one}")]


def _split(listed: str) -> list[str]:
    return [word.strip() for word in listed.split(",")]


def class_number(text: str, positive: tuple[str, ...] = ()) -> int | None:
    """Return the number of the class of an answer. positive: all answers that are positive, if the user names them."""
    if positive:
        return NUMBERS["best" if core(text) in {core(word) for word in positive} else "worst"]
    return known_words().get(core(text))


def word_class(text: str) -> WordClass | None:
    """Return the class of an answer; None for an unknown one.

    >>> [word_class(text).level for text in ("Very satisfied", "Скорее доволен", "Somewhat dissatisfied", "OK", "Not at all likely")]
    [5, 4, 2, 3, 1]
    """
    number = class_number(text)
    return None if number is None else WORD_CLASSES[number]


def core(text: str) -> str:
    """Return an answer without smileys, signs and its last bracket."""
    return simplify("".join(c for c in text if c.isalnum() or c in " -_'’/()").replace("’", "'")).strip("()/'")
