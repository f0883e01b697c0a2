"""Classify a record before its cells are read: a row, a record to skip, or a bad record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from custmetrics_cli.columns import quoted
from custmetrics_cli.columns.text import BLANKS
from custmetrics_cli.core.words import plural
from custmetrics_cli.ingest.check.noise_rows import BLANK, Readable, classify_noise
from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.ingest.parse.records import Record

END_OF_FILE = "\x1a"  # an old mark at the end of text files


class BadRecord(NamedTuple):
    """An error that keeps a record from being a row."""

    code: str
    column: int  # from 1; 0 = the whole record
    message: str
    hint: str


def classify(record: Record, layout: Layout, required: Mapping[int, Readable]) -> str | BadRecord:
    """Return '' for a row, the reason to skip a record, or its error. required: see classify_noise."""
    if record.code:
        return BadRecord(record.code, 0, record.message, "correct the quotes of this line, or skip it with --skip-bad-rows")
    cells = [cell.strip(BLANKS + END_OF_FILE) for cell in record.cells]
    if not any(cells):
        return BLANK
    return classify_noise(cells, layout, required, record.line == layout.lines.data) or _check_width(cells, layout)


def truncated_row(at: int, text: str) -> BadRecord:
    """Return the error of the last row of a file that ends inside it. at: the position of its last cell."""
    hint = "download the file again; if it is complete, end its last line, or skip the row with --skip-bad-rows"
    missing = f"{quoted(text)} is only the start of a value" if text else "a quoted cell is missing"
    return BadRecord("E515", at + 1, f"the file seems to be truncated here: it does not end the line, and {missing}", hint)


def _check_width(cells: Sequence[str], layout: Layout) -> str | BadRecord:
    """Compare the number of cells with the header. Extra empty cells, and missing cells of columns without a name, do not matter."""
    width = len(layout.header)
    first_extra = next((at for at in range(width, len(cells)) if cells[at]), None)
    if first_extra is not None:
        hint = f"quote the cell that contains a {layout.dialect.delimiter!r}, or skip the row with --skip-bad-rows"
        return BadRecord("E502", first_extra + 1, f"the row has {plural(len(cells), 'cell')}, but the header has {width}", hint)
    if any(layout.header[len(cells) :]):
        hint = "complete the row, which may have been truncated, or skip it with --skip-bad-rows"
        return BadRecord("E503", 0, f"the row has only {plural(len(cells), 'cell')}, but the header has {width}", hint)
    return ""
