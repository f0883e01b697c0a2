"""Files that hold several tables one below the other, as reports do: each begins below a blank line with a header of its own or a comment.

Only files that are small enough to be looked at whole are taken for such; of the tables the one that is asked for is read, and the
others are named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from custmetrics_cli.core.errors import Place, Problem
from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate, HeaderSearch, has_values, may_be_header

EMPTY = " \t\r\n,;|\"'"


class Section(NamedTuple):
    """The lines of one table, from 1, the last included; and its header, read in the best way."""

    first: int
    last: int
    candidate: HeaderCandidate


def find_sections(trying: HeaderSearch) -> list[Section]:
    """Every part of the file that may be a table, in order; one where it is a single table. [] = there is no header.

    Where the user says on which line the header is, only the part that holds it is read so.
    """
    free = replace(trying, settings=trying.settings._replace(header_row=0))
    starts = [1, *_starts(free)]
    parts = list(zip(starts, [*(start - 1 for start in starts[1:]), len(trying.head.lines)], strict=True))
    said = trying.settings.header_row
    if said and not trying.candidates():
        return []
    tried = [(part, (trying if _holds(part, said) else free).candidates(*part)) for part in parts]
    return _joined([Section(*part, max(found, key=lambda one: one.rank)) for part, found in tried if found])


def _joined(found: list[Section]) -> list[Section]:
    """A part below the same header again is no other table."""
    joined: list[Section] = []
    for block in found:
        if joined and joined[-1].candidate.recognised and joined[-1].candidate.header == block.candidate.header:
            joined[-1] = joined[-1]._replace(last=block.last)
        else:
            joined.append(block)
    return joined


def choose_section(found: list[Section], wanted: Collection[str], said: int) -> Section:
    """The one to read: with the header that the user names, else recognised, of a table that is asked for, and the first of these."""
    named = [block for block in found if _holds((block.first, block.last), said)]
    known = [block for block in found if block.candidate.recognised]
    asked = [block for block in known if block.candidate.match.table.name in wanted]
    return (named or asked or known or [max(found, key=lambda block: block.candidate.rank)])[0]


def _holds(part: tuple[int, int], line: int) -> bool:
    return part[0] <= line <= part[1]


def other_sections(block: Section, found: Sequence[Section]) -> tuple[str, ...]:
    """What is said of the tables beside the one that is read."""
    return tuple(_said(other) for other in found if other is not block and (other.candidate.recognised or other.first > block.last))


def _said(other: Section) -> str:
    if other.candidate.recognised:
        return f"another table, {other.candidate.match.table.name}, starts on line {other.candidate.line} and is not read"
    return f"what stands from line {other.first} on is of no table known here, and is not read"


def duplicate_table(block: Section, found: Sequence[Section], path: str) -> Problem | None:
    """Two tables of one sort in a file: neither is the right one, where the user does not say which."""
    table = block.candidate.match.table
    again = [other for other in found if other is not block and other.candidate.recognised and other.candidate.match.table is table]
    if not again:
        return None
    first, second = block.candidate.line, again[0].candidate.line
    message = f"holds two tables of {table.name}: the headers are on line {first} and line {second}"
    return Problem("E317", message, Place(path, second), f"split the file, or say which it is: --header-row {first} reads the first")


def _starts(free: HeaderSearch) -> Iterator[int]:
    """The lines on which a further part begins."""
    if free.head.cut:
        return
    blank = within = False  # within: a quoted cell goes on
    header, rows = 0, False  # rows: some stand above
    for line, text in enumerate(free.head.lines, 1):
        if blank and line > header and text.strip(EMPTY) and (found := _header_of(free, line, rows)):
            header, rows = found, False
            yield line
        rows = rows or has_values(text)
        was, within = within, within ^ (text.count(free.settings.quote or '"') % 2 == 1)
        blank = not (was or within or text.strip(EMPTY))


def _header_of(free: HeaderSearch, line: int, rows: bool) -> int:
    """The line of the header of a part that begins here, with it or with comments above it; 0 = none does.

    Below rows and a comment it may be of no table known here. What holds a value is no header, so that rows below a comment stay rows of
    the table above it.
    """
    lines = free.head.lines
    first = next((at for at in range(line, len(lines) + 1) if lines[at - 1].strip(EMPTY) and not lines[at - 1].startswith("#")), 0)
    if not first or not may_be_header(lines[first - 1]):
        return 0
    known = any(one.recognised for one in free.candidates(first, first))
    return first if known or (rows and first != line) else 0
