"""TSV: as csv, without quotes; what would break a cell or a line is a space instead."""

from __future__ import annotations

import re

from custmetrics_cli.render._format import Format
from custmetrics_cli.render._separated import answer_text, listing_text

BREAKS = re.compile("\r\n|[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def flattened(cell: str) -> str:
    r"""
    >>> flattened("two\r\nlines")
    'two lines'
    """
    return BREAKS.sub(" ", cell)


FORMAT = Format(
    "tsv",
    (".tsv", ".tab"),
    lambda answer, screen: answer_text(answer, "\t", flattened, screen),
    lambda listing, screen: listing_text(listing, "\t", flattened, screen),
)
