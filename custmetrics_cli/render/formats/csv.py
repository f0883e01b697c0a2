"""CSV: flat rows. A cell is quoted only if it must be."""

from __future__ import annotations

import re

from custmetrics_cli.render.data.separated import Separated, row_count
from custmetrics_cli.render.format import Format

SPECIAL = re.compile('[,"\r\n]')


def quoted(cell: str) -> str:
    """Return the cell, in quotes if it needs them.

    >>> quoted("one, two"), quoted("plain")
    ('"one, two"', 'plain')
    """
    return '"' + cell.replace('"', '""') + '"' if SPECIAL.search(cell) else cell


CSV = Separated(",", quoted, blank='""')
FORMAT = Format((".csv",), CSV.write, rows=row_count)
