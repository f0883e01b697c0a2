"""Scores of a survey: whole numbers from 0 on, and the scales they can be on. Which one a column is on the cells do not say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli.columns import ColumnFormat, ColumnKind, ParsedColumn
from custmetrics_cli.columns.parsing.texts import LONGEST, OneText, quoted
from custmetrics_cli.columns.parsing.texts import read_layouts as by_layout

if TYPE_CHECKING:
    import pyarrow as pa


class Scale(NamedTuple):
    """The lowest and the highest score that can be given."""

    low: int
    high: int


SCALES = {"0-10": Scale(0, 10), "1-10": Scale(1, 10), "1-7": Scale(1, 7), "1-5": Scale(1, 5)}
# What an answer says beside its score. It has no digits: in 9/10 or 4 - 5 either could be meant.
SAID = rf"\s*[-–—:.(]\s*[^\W\d_][^0-9]{{0,{LONGEST}}}"
WRITTEN = rf"(?P<whole>[0-9]{{1,3}})(?:[.,](?P<rest>[0-9]{{1,2}}))?(?:{SAID})?"


def read(texts: OneText, format: ColumnFormat) -> tuple[Any, Any] | None:
    match = re.fullmatch(WRITTEN, texts.text)
    if match is None:
        return None
    whole = texts.number(*match.span("whole"))
    rest = texts.number(*match.span("rest")) if match["rest"] else whole * 0
    return whole, rest == 0


def cell(text: str, format: ColumnFormat) -> int:
    """
    >>> cell("9", ColumnFormat()), cell("10.0", ColumnFormat()), cell("10 - Extremely likely", ColumnFormat())
    (9, 10, 10)
    >>> cell("9/10", ColumnFormat())
    Traceback (most recent call last):
    ValueError: '9/10' is not a whole number
    """
    found = read(OneText(text), format)
    if found is None or not found[1]:
        raise ValueError(f"{quoted(text)} is not a whole number")
    return int(found[0])


def column(texts: pa.StringArray, format: ColumnFormat) -> ParsedColumn:
    return by_layout(texts, lambda many: read(many, format), "int64")


SCORE = ColumnKind(
    "score", "E410", "a whole number on the scale of the survey", "9", cell, column, decode=lambda score: score if score >= 0 else None
)
