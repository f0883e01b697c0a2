"""CSV: flat rows. A cell is quoted only where it must be."""

from __future__ import annotations

import re

from custmetrics_cli.render._format import Format
from custmetrics_cli.render._separated import Separated

MUST = re.compile('[,"\r\n]')


def quoted(cell: str) -> str:
    """
    >>> quoted("one, two"), quoted("plain")
    ('"one, two"', 'plain')
    """
    return '"' + cell.replace('"', '""') + '"' if MUST.search(cell) else cell


CSV = Separated(",", quoted, blank='""')
FORMAT = Format((".csv",), CSV.write)
