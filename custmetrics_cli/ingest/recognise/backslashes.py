"""Backslashes before quotes, delimiters and line ends, as databases write them, where CSV doubles quotes; and \\N for nothing."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.ingest.open.csv_reader import reader

if TYPE_CHECKING:
    from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate
    from custmetrics_cli.ingest.recognise.head import Head

BACKSLASH = "\\"
NOTE = "a backslash says that the next sign is meant as it is"


def detect_escape(head: Head, line: int, chosen: HeaderCandidate) -> str:
    """The backslash, if the lines from this one on are records below the header with it, and are not without it."""
    lines = head.lines[line - 1 : -1 if head.cut else None]
    used = any(BACKSLASH + mark in text for text in lines for mark in (chosen.delimiter, chosen.quote))
    return BACKSLASH if used and not _fits(lines, chosen, None) and _fits(lines, chosen, BACKSLASH) else ""


def _fits(lines: Sequence[str], chosen: HeaderCandidate, escape: str | None) -> bool:
    """Whether all records can be read, and none has more cells than there are names."""
    width = len(chosen.header)
    try:
        rows = reader(iter(lines), delimiter=chosen.delimiter, quotechar=chosen.quote, escapechar=escape, strict=True)
        return all(len(row) <= width or not any(row[width:]) for row in rows)
    except csv.Error:
        return False
