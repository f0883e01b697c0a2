"""Find the first row below the header, and refuse files with rows above or on the header line."""

from __future__ import annotations

import re

from custmetrics_cli.columns import ColumnFormat
from custmetrics_cli.columns.parsing.blank_words import drop_blank_word
from custmetrics_cli.columns.parsing.dates import ORDERS
from custmetrics_cli.core.errors import Place, Problem
from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate
from custmetrics_cli.ingest.recognise.head import Head, records
from custmetrics_cli.ingest.recognise.sections import Section
from custmetrics_cli.presets._preset import Preset
from custmetrics_cli.tables.shared.column import Column

DATE = r"\d{4}-\d\d?-\d\d?|\d\d?([./])\d\d?\1\d{2,4}"


def find_first_row(head: Head, candidate: HeaderCandidate) -> tuple[int, int]:
    """Return the line of the first row, and the number of further header lines. Blank lines and comments are skipped."""
    most = candidate.match.preset.rows - 1 if candidate.match.preset else 0
    below, header_lines = records(head, candidate.line, candidate.delimiter, candidate.quote), 0
    next(below)
    for line, cells in below:
        is_blank = not any(cell.strip() for cell in cells) and len(cells) < 2
        is_comment = len(cells) == 1 < len(candidate.header) and cells[0].startswith("#")
        if not is_blank and not is_comment:
            if header_lines == most or _is_row(cells, candidate):
                return line, header_lines
            header_lines += 1
    return len(head.lines) + 1, header_lines


def _is_row(cells: list[str], candidate: HeaderCandidate) -> bool:
    """Return whether a cell is a date, number or score in its column. A header line has none."""
    match = candidate.match
    texts = [(match.table.by_name[name], cells[at].strip()) for name, at in match.columns.items() if at < len(cells)]
    return any(can_read(column, text, match.preset) for column, text in texts if column.kind.can_fail and any(map(str.isdigit, text)))


def can_read(column: Column, text: str, preset: Preset | None = None) -> bool:
    """Return whether a cell can be read in any date order and is not empty."""
    if not (drop_blank_word(text) if column.kind.can_fail else text):
        return False
    epoch = preset is not None and preset.epoch
    for order in ("", *ORDERS):
        try:
            return column.kind.read_cell(text, ColumnFormat(order=order, epoch=epoch, months=column.whole_months)) is not None
        except ValueError:
            continue
    return False


def check_header_position(head: Head, section: Section, path: str, header_row: int) -> Problem | None:
    """Return E315 for a row above the header, E316 for a header line that contains the rows.

    With --header-row the lines above the header are ignored.
    """
    candidate = section.candidate
    above = 0 if header_row else _row_above(head, section)
    if above:
        message = f"this row is above the header on line {candidate.line} and would not be counted"
        hint = f"move the header to the top, or ignore this line with --header-row {candidate.line}"
        return Problem("E315", message, Place(path, above), hint, head.excerpt(above))
    has_no_rows = find_first_row(head, candidate)[0] > len(head.lines)
    if has_no_rows and any(re.search(DATE, name) for name in candidate.header):
        message = "the header line also contains the data: line breaks are missing"
        hint = "export the file again, with a line break after each row"
        return Problem("E316", message, Place(path, candidate.line), hint, head.excerpt(candidate.line))
    return None


def _row_above(head: Head, section: Section) -> int:
    """Return the line of the first record above the header with a valid value in each required column; 0 if there is none."""
    candidate = section.candidate
    above = head._replace(lines=head.lines[: candidate.line - 1])
    columns = candidate.match.columns
    required = [(columns[column.name], column) for column in candidate.match.table.required if column.name in columns]
    for line, cells in records(above, section.first, candidate.delimiter, candidate.quote):
        if len(cells) == len(candidate.header) and all(
            can_read(column, cells[at].strip(), candidate.match.preset) for at, column in required
        ):
            return line
    return 0
