"""Counts: positive whole numbers. 3.0 is 3, as spreadsheets and scripts write it. 3.5 and 0 are refused. A tally may be 0."""

from __future__ import annotations

import re

from custmetrics_cli.columns import ColumnFormat, ColumnKind, Reason
from custmetrics_cli.columns.parsing.readers import Check, LayoutReader, Parsed, Why
from custmetrics_cli.columns.parsing.texts import OneText

FORM = r"(?P<whole>[0-9]{1,9})(?:[.,](?P<rest>[0-9]{1,2}))?"
CODE = "E403"
NOT_A_COUNT, NOT_A_TALLY = Reason("is not a positive whole number"), Reason("is not a whole number")


def read(texts: OneText, format: ColumnFormat) -> Parsed | Why:
    """
    >>> COUNT.read_cell("3", ColumnFormat())
    3
    >>> COUNT.read_cell("0", ColumnFormat())
    Traceback (most recent call last):
    custmetrics_cli.columns.UnreadableCell: '0' is not a positive whole number
    """
    match = re.fullmatch(FORM, texts.text)
    if match is None:
        return NOT_A_COUNT
    whole, rest = texts.number(*match.span("whole")), texts.number(*match.span("rest"))
    return Parsed(whole, (Check((whole >= 1) & (rest == 0), NOT_A_COUNT),))


def read_tally(texts: OneText, format: ColumnFormat) -> Parsed | Why:
    """
    >>> TALLY.read_cell("0", ColumnFormat())
    0
    """
    match = re.fullmatch(FORM, texts.text)
    if match is None:
        return NOT_A_TALLY
    whole, rest = texts.number(*match.span("whole")), texts.number(*match.span("rest"))
    return Parsed(whole, (Check(rest == 0, NOT_A_TALLY),))


COUNT = ColumnKind("count", CODE, "a positive whole number", "3", LayoutReader(read))
TALLY = ColumnKind("tally", CODE, "a whole number, 0 or more", "3", LayoutReader(read_tally))
