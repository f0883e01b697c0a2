"""CSV: flat rows. A cell is quoted only where it must be."""

from __future__ import annotations

import re

from custmetrics_cli.render.draw.separated import Separated
from custmetrics_cli.render.format import Format

MUST = re.compile('[,"\r\n]')


def quoted(cell: str) -> str:
    """
    >>> quoted("one, two"), quoted("plain")
    ('"one, two"', 'plain')
    """
    return '"' + cell.replace('"', '""') + '"' if MUST.search(cell) else cell


CSV = Separated(",", quoted, blank='""')
FORMAT = Format((".csv",), CSV.write)
