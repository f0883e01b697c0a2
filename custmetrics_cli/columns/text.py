"""Text: who it is (ID) and what it says (WORD). Kept unchanged: 000123 and NA are ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.columns import ColumnFormat, ColumnKind, ParsedColumn

if TYPE_CHECKING:
    import pyarrow as pa


def cell(text: str, format: ColumnFormat) -> str:
    """
    >>> cell("000123", ColumnFormat())
    '000123'
    """
    return text


def column(texts: pa.StringArray, format: ColumnFormat) -> ParsedColumn:
    import numpy as np

    return ParsedColumn(texts.to_numpy(zero_copy_only=False), np.ones(len(texts), bool))


ID = ColumnKind("id", "", "text, unchanged", "000123", cell, column)
WORD = ColumnKind("word", "", "text, unchanged but for the spaces around it", "pro", cell, column, is_text=True)
