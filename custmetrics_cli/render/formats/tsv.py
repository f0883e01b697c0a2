"""TSV: flat rows without quotes. A tab or line break in a cell becomes a space."""

from __future__ import annotations

import re

from custmetrics_cli.render.data.separated import Separated, row_count
from custmetrics_cli.render.format import Format

BREAKS = re.compile("\r\n|[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def flattened(cell: str) -> str:
    r"""Return the cell without tabs and line breaks.

    >>> flattened("two\r\nlines")
    'two lines'
    """
    return BREAKS.sub(" ", cell)


TSV = Separated("\t", flattened)
FORMAT = Format((".tsv", ".tab"), TSV.write, rows=row_count)
