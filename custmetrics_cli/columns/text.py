"""Text, kept as it is: ids (ID) and words (WORD). 000123 and NA are ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.columns import ColumnFormat, ColumnKind, ParsedColumn

if TYPE_CHECKING:
    import pyarrow as pa

BLANKS = (  # characters stripped around a cell
    " \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)


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
