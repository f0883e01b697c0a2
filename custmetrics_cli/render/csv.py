"""CSV: one flat row per result, or a listing's rows. A cell is quoted only where it must be."""

from __future__ import annotations

import re

from custmetrics_cli.render._format import Format
from custmetrics_cli.render._separated import answer_text, listing_text

MUST = re.compile('[,"\r\n]')


def quoted(cell: str) -> str:
    """
    >>> quoted("one, two"), quoted("plain")
    ('"one, two"', 'plain')
    """
    return '"' + cell.replace('"', '""') + '"' if MUST.search(cell) else cell


FORMAT = Format(
    "csv",
    (".csv",),
    lambda answer, screen: answer_text(answer, ",", quoted, screen),
    lambda listing, screen: listing_text(listing, ",", quoted, screen),
)
