"""Scores of a survey: whole numbers from 0. The cells do not show the scale; --scale or the usual one of the survey sets it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from custmetrics_cli.columns import LONGEST, ColumnFormat, ColumnKind, Reason
from custmetrics_cli.columns.parsing.answers.words import class_number
from custmetrics_cli.columns.parsing.readers import Check, LayoutReader, Parsed, Why
from custmetrics_cli.columns.parsing.texts import OneText


class Scale(NamedTuple):
    """The lowest and the highest score that a customer can give."""

    low: int
    high: int


SCALES = ("1-5", "1-7", "0-10", "1-10")  # the usual ones, the shortest first
HIGHEST = 100  # of any scale
SCALE = re.compile(r"\s*([01])\s*[-–—]\s*([0-9]{1,3})\s*")


@cache
def scale_of(name: str) -> Scale:
    """
    >>> scale_of("1-5")
    Scale(low=1, high=5)
    """
    low, high = name.split("-")
    return Scale(int(low), int(high))


def read_scale(text: str) -> str:
    """Return the name of a scale.

    >>> read_scale(" 1 – 5")
    '1-5'
    """
    found = SCALE.fullmatch(text)
    if found is None or not int(found[1]) < int(found[2]) <= HIGHEST:
        raise ValueError("is not a scale", "write its lowest and its highest score, such as 1-5")
    return f"{int(found[1])}-{int(found[2])}"


# The words of an answer after its score. They contain no digits: in 9/10 or 4 - 5 either number could be the score.
LABEL = rf"\s*[-–—:.(]\s*[^\W\d_][^0-9]{{0,{LONGEST}}}"
FORM = rf"(?P<whole>[0-9]{{1,3}})(?:[.,](?P<rest>[0-9]{{1,2}}))?(?:{LABEL})?"
WORDS = 900  # an answer in words is this and the number of its class
NOT_A_SCORE = Reason("is not a whole number")


def read(texts: OneText, format: ColumnFormat) -> Parsed | Why:
    """Read a score, with or without its label, or an answer in words.

    >>> [SCORE.read_cell(text, ColumnFormat()) for text in ("9", "10.0", "10 - Extremely likely")]
    [9, 10, 10]
    >>> SCORE.read_cell("9/10", ColumnFormat())
    Traceback (most recent call last):
    custmetrics_cli.columns.UnreadableCell: '9/10' is not a whole number
    """
    match = re.fullmatch(FORM, texts.text)
    if match is None:
        return _read_word(texts.text, format)
    whole, rest = texts.number(*match.span("whole")), texts.number(*match.span("rest"))
    return Parsed(whole, (Check((rest == 0) & (whole < WORDS), NOT_A_SCORE),))


def _read_word(text: str, format: ColumnFormat) -> Parsed | Why:
    """Read an answer in words as WORDS and the number of its class. Digits are unknown here, so a text with one is not read."""
    number = None if any(map(str.isdigit, text)) else class_number(text, format.positive)
    return NOT_A_SCORE if number is None else Parsed(WORDS + number)


def decode(score: int) -> int | None:
    return score if score >= 0 else None


SCORE = ColumnKind("score", "E410", "a whole number on the scale of the survey", "9", LayoutReader(read), decode=decode)
