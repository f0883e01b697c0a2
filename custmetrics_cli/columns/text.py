"""Text, kept as it is: ids (ID) and words (WORD). 000123 and NA are ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.columns import ColumnFormat, ColumnKind, ParsedColumn
from custmetrics_cli.columns.parsing.blank_words import BLANKS

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["BLANKS", "ID", "WORD", "TextReader"]


class TextReader:
    """Return texts as they are.

    >>> ID.read_cell("000123", ColumnFormat())
    '000123'
    """

    def cell(self, text: str, format: ColumnFormat) -> str:
        return text

    def column(self, texts: pa.StringArray, format: ColumnFormat) -> ParsedColumn:
        import numpy as np

        return ParsedColumn(texts.to_numpy(zero_copy_only=False), np.ones(len(texts), bool))


ID = ColumnKind("id", "", "text, unchanged", "000123", TextReader())
WORD = ColumnKind("word", "", "text, without spaces around it", "pro", TextReader(), is_text=True)
