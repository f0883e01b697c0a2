"""CSV: flat rows. A cell is quoted only if it must be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custmetrics_cli.render.data.separated import Separated, row_count
from custmetrics_cli.render.format import Format

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Document
    from custmetrics_cli.render.output import Output

SPECIAL = re.compile('[,"\r\n]')
SPECIAL_WITH_SEMICOLONS = re.compile('[;"\r\n]')
BYTE_ORDER_MARK = "\ufeff"


def quoted(cell: str) -> str:
    """Return the cell, in quotes if it needs them.

    >>> quoted("one, two"), quoted("plain")
    ('"one, two"', 'plain')
    """
    return _in_quotes(cell) if SPECIAL.search(cell) else cell


def _quoted_with_semicolons(cell: str) -> str:
    return _in_quotes(cell) if SPECIAL_WITH_SEMICOLONS.search(cell) else cell


def _in_quotes(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _write(document: Document, output: Output) -> str:
    """Return the rows. For Excel: a byte order mark, and semicolons between cells where the decimal mark is a comma."""
    separated = Separated(";", _quoted_with_semicolons, blank='""') if output.excel == "," else CSV
    return (BYTE_ORDER_MARK if output.excel else "") + separated.write(document, output)


CSV = Separated(",", quoted, blank='""')
FORMAT = Format((".csv",), _write, rows=row_count)
