"""Detect files that escape quotes, delimiters and line ends with a backslash, as database dumps do, and write \\N for no value."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.ingest.open.csv_reader import reader

if TYPE_CHECKING:
    from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate
    from custmetrics_cli.ingest.recognise.head import Head

BACKSLASH = "\\"
NOTE = "a backslash escapes the next character"


def detect_escape(head: Head, line: int, candidate: HeaderCandidate) -> str:
    """Return the backslash if the records from this line on can be read only with it, else ''."""
    lines = head.lines[line - 1 : -1 if head.cut else None]
    is_used = any(BACKSLASH + mark in text for text in lines for mark in (candidate.delimiter, candidate.quote))
    only_with = is_used and not _fits(lines, candidate, None) and _fits(lines, candidate, BACKSLASH)
    return BACKSLASH if only_with else ""


def _fits(lines: Sequence[str], candidate: HeaderCandidate, escape: str | None) -> bool:
    """Return whether all records can be read and none has more cells than the header."""
    width = len(candidate.header)
    try:
        rows = reader(
            iter(lines), delimiter=candidate.delimiter, quotechar=candidate.quote, escapechar=escape, skipinitialspace=True, strict=True
        )
        return all(len(row) <= width or not any(row[width:]) for row in rows)
    except csv.Error:
        return False
