"""Split files that contain several tables one below the other, as reports do.

A section starts below a blank line, with its own header or a comment. One section is read; the others are named in a warning. Only a
file that fits into its head is split.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from custmetrics_cli.core.data.delimiters import DELIMITERS
from custmetrics_cli.core.errors import Place, Problem
from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate, HeaderSearch
from custmetrics_cli.ingest.recognise.header_lines import has_values, may_be_header

EMPTY = " \r\n\"'" + "".join(DELIMITERS)


class Section(NamedTuple):
    """The lines of one table, counted from 1, and the best reading of its header."""

    first: int
    last: int  # included
    candidate: HeaderCandidate

    def contains(self, line: int) -> bool:
        return self.first <= line <= self.last


def find_sections(search: HeaderSearch) -> list[Section]:
    """Return the sections of a file in order; [] if it has no header.

    If the user gives the line of a header, only the section that contains it is read with that header.
    """
    free = replace(search, settings=search.settings._replace(header_row=0))
    row = search.settings.header_row
    if row and not search.candidates():
        return []
    starts = [1, *_section_starts(free)]
    ranges = list(zip(starts, [*(start - 1 for start in starts[1:]), len(search.head.lines)], strict=True))
    readings = [(first, last, (search if first <= row <= last else free).candidates(first, last)) for first, last in ranges]
    sections = [Section(first, last, max(found, key=lambda each: each.rank)) for first, last, found in readings if found]
    return _join_repeated(sections)


def _join_repeated(sections: list[Section]) -> list[Section]:
    """Join sections with the same header: they are one table."""
    joined: list[Section] = []
    for section in sections:
        if joined and joined[-1].candidate.is_recognised and joined[-1].candidate.header == section.candidate.header:
            joined[-1] = joined[-1]._replace(last=section.last)
        else:
            joined.append(section)
    return joined


def choose_section(sections: list[Section], wanted: Collection[str], header_row: int) -> Section:
    """Return the section to read.

    Prefer the section with the user's header row, then the first of a wanted table, then the first recognised one.
    """
    given = [section for section in sections if section.contains(header_row)]
    known = [section for section in sections if section.candidate.is_recognised]
    of_wanted = [section for section in known if section.candidate.match.table.name in wanted]
    return (given or of_wanted or known or [max(sections, key=lambda section: section.candidate.rank)])[0]


def describe_others(section: Section, others: Sequence[Section]) -> tuple[str, ...]:
    """Return one sentence for each other section, which is not read."""
    return tuple(_describe(other) for other in others if other.candidate.is_recognised or other.first > section.last)


def _describe(other: Section) -> str:
    if other.candidate.is_recognised:
        return f"the table {other.candidate.match.table.name} on line {other.candidate.line} is not read"
    return f"the lines from {other.first} on are not a known table and are not read"


def check_duplicate_table(section: Section, others: Sequence[Section], path: str) -> Problem | None:
    """Return E317 if a file contains the same table twice: neither is the obvious one."""
    table = section.candidate.match.table
    known = [other for other in others if other.candidate.is_recognised]
    again = next((other for other in known if other.candidate.match.table is table), None)
    if again is None:
        return None
    first, second = section.candidate.line, again.candidate.line
    message = f"contains two tables of {table.name}, with headers on line {first} and line {second}"
    return Problem("E317", message, Place(path, second), f"split the file, or read the first with --header-row {first}")


def _section_starts(search: HeaderSearch) -> Iterator[int]:
    """Yield the lines on which further sections start."""
    if search.head.cut:
        return
    after_blank = in_quotes = has_rows = False
    header = 0
    for line, text in enumerate(search.head.lines, 1):
        if after_blank and line > header and text.strip(EMPTY) and (found := _section_header(search, line, has_rows)):
            header, has_rows = found, False
            yield line
        has_rows = has_rows or has_values(text)
        was_in_quotes, in_quotes = in_quotes, in_quotes ^ (text.count(search.settings.quote or '"') % 2 == 1)
        after_blank = not (was_in_quotes or in_quotes or text.strip(EMPTY))


def _section_header(search: HeaderSearch, line: int, has_rows: bool) -> int:
    """Return the line of the header of a section that starts on a line, below comments; 0 if none starts there.

    A section of an unknown table starts only below rows and a comment. A known one may also have a title above its header. A line
    with a value is not a header, so rows below a comment belong to the table above.
    """
    first = _next_line(search, line)
    if first and may_be_header(search.head.lines[first - 1]):
        return first if _is_known(search, first) or (has_rows and first != line) else 0
    below = _next_line(search, first + 1) if first and not has_values(search.head.lines[first - 1]) else 0
    return below if below and may_be_header(search.head.lines[below - 1]) and _is_known(search, below) else 0


def _next_line(search: HeaderSearch, line: int) -> int:
    """Return the next line, from a line on, that is neither empty nor a comment; 0 for none."""
    lines = search.head.lines
    below = range(line, len(lines) + 1)
    return next((at for at in below if lines[at - 1].strip(EMPTY) and not lines[at - 1].startswith("#")), 0)


def _is_known(search: HeaderSearch, line: int) -> bool:
    return any(candidate.is_recognised for candidate in search.candidates(line, line))
