"""Counts: positive whole numbers. 3.0 is 3, as spreadsheets and scripts write it; 3.5 and 0 are no count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns import ColumnFormat, ColumnKind, ParsedColumn
from custmetrics_cli.columns.parsing.texts import OneText, quoted
from custmetrics_cli.columns.parsing.texts import read_layouts as by_layout

if TYPE_CHECKING:
    import pyarrow as pa

WRITTEN = r"(?P<whole>[0-9]{1,9})(?:[.,](?P<rest>[0-9]{1,2}))?"


def read(texts: OneText, format: ColumnFormat) -> tuple[Any, Any] | None:
    match = re.fullmatch(WRITTEN, texts.text)
    if match is None:
        return None
    whole = texts.number(*match.span("whole"))
    rest = texts.number(*match.span("rest")) if match["rest"] else whole * 0
    return whole, (whole >= 1) & (rest == 0)


def cell(text: str, format: ColumnFormat) -> int:
    """
    >>> cell("3", ColumnFormat())
    3
    >>> cell("0", ColumnFormat())
    Traceback (most recent call last):
    ValueError: '0' is not a positive whole number
    """
    found = read(OneText(text), format)
    if found is None or not found[1]:
        raise ValueError(f"{quoted(text)} is not a positive whole number")
    return int(found[0])


def column(texts: pa.StringArray, format: ColumnFormat) -> ParsedColumn:
    return by_layout(texts, lambda many: read(many, format), "int64")


COUNT = ColumnKind("count", "E403", "a positive whole number", "3", cell, column)
