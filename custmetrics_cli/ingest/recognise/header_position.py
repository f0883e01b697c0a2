"""What shows that a header is not where the rows begin: rows above it, or on its own line."""

from __future__ import annotations

import re

from custmetrics_cli.core.errors import Place, Problem
from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate
from custmetrics_cli.ingest.recognise.head import Head, records
from custmetrics_cli.ingest.recognise.layout import can_read, data_line
from custmetrics_cli.ingest.recognise.sections import Section
from custmetrics_cli.ingest.recognise.unrecognised import EXCERPT

DATE = r"\d{4}-\d\d?-\d\d?|\d\d?([./])\d\d?\1\d{2,4}"


def check_header_position(head: Head, block: Section, path: str, said: bool) -> Problem | None:
    """said: the user named the line of the header, and what stands above it is none of the table's."""
    chosen = block.candidate
    above = 0 if said else _first_row_above(head, block)
    if above:
        message = f"a row of the table stands here, above the header on line {chosen.line}: it would not count"
        hint = f"put the header first; if this is no row, pass --header-row {chosen.line}"
        return Problem("E315", message, Place(path, above), hint, head.lines[above - 1].strip()[:EXCERPT])
    if data_line(head, chosen)[0] > len(head.lines) and any(re.search(DATE, name) for name in chosen.header):
        message = "the header holds dates, and no row follows: the rows stand on its line"
        hint = "export the file anew, with a line end after each row"
        return Problem("E316", message, Place(path, chosen.line), hint, head.lines[chosen.line - 1].strip()[:EXCERPT])
    return None


def _first_row_above(head: Head, block: Section) -> int:
    """The line of the first record above the header that has all that a row needs, in its place; 0 = there is none."""
    chosen: HeaderCandidate = block.candidate
    above = head._replace(lines=head.lines[: chosen.line - 1])
    needed = [(chosen.match.columns[column.name], column) for column in chosen.match.table.required]
    for line, cells in records(above, block.first, chosen.delimiter, chosen.quote):
        if len(cells) == len(chosen.header) and all(can_read(column, cells[at].strip(), chosen.match.preset) for at, column in needed):
            return line
    return 0
