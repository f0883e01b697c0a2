"""Backslashes before quotes, delimiters and line ends, as databases write them, where CSV doubles quotes; and \\N for nothing."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.sources.cells import reader

if TYPE_CHECKING:
    from custmetrics_cli.sources.candidates import Candidate
    from custmetrics_cli.sources.head import Head

BACKSLASH = "\\"
NOTE = "a backslash says that the next sign is meant as it is"


def found(head: Head, line: int, chosen: Candidate) -> str:
    """The backslash, if the lines from this one on are records below the header with it, and are not without it."""
    lines = head.lines[line - 1 : -1 if head.cut else None]
    used = any(BACKSLASH + mark in text for text in lines for mark in (chosen.delimiter, chosen.quote))
    return BACKSLASH if used and not _fits(lines, chosen, None) and _fits(lines, chosen, BACKSLASH) else ""


def emptied(lines: Iterator[str], delimiter: str) -> Iterator[str]:
    """Lines in which a cell that is \\N is empty."""
    null = re.compile(rf"(?:(?<={re.escape(delimiter)})|(?<![\s\S]))\\N(?={re.escape(delimiter)}|[\r\n]|$)")
    return (null.sub("", line) for line in lines)


def _fits(lines: Sequence[str], chosen: Candidate, escape: str | None) -> bool:
    """Whether all records can be read, and none has more cells than there are names."""
    width = len(chosen.header)
    try:
        rows = reader(iter(lines), delimiter=chosen.delimiter, quotechar=chosen.quote, escapechar=escape, strict=True)
        return all(len(row) <= width or not any(row[width:]) for row in rows)
    except csv.Error:
        return False
