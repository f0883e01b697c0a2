"""What a record is before its cells are read: a row, something that stands besides the rows, or no row of this table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from custmetrics_cli.columns._texts import quoted
from custmetrics_cli.columns.text import BLANKS
from custmetrics_cli.ingest.check.noise_rows import BLANK, Readable, classify_noise
from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.ingest.parse.records import Record

END_OF_FILE = "\x1a"  # an old mark at the end of text files


class BadRecord(NamedTuple):
    """Why a record is no row. column: the cell it shows at, from 1; 0 = none of them."""

    code: str
    column: int
    message: str
    hint: str


def classify(record: Record, layout: Layout, required: Mapping[int, Readable]) -> str | BadRecord:
    """'' for a row, the reason why it is set aside, or what is wrong. required: which cells are needed, and what can be read there."""
    if record.code:
        return BadRecord(record.code, 0, record.message, "correct the quotes of this line, or set it aside with --skip-bad-rows")
    cells = [cell.strip(BLANKS + END_OF_FILE) for cell in record.cells]
    if not any(cells):
        return BLANK
    return classify_noise(cells, layout, required, record.line == layout.data_line) or _width(cells, layout)


def truncated_row(at: int, text: str) -> BadRecord:
    """The last row of a file that ends within it. at: position of its last cell."""
    hint = "fetch the file anew; if it is whole, end its last line; or set the row aside with --skip-bad-rows"
    what = f"{quoted(text)} is only the beginning of what the column holds" if text else "a quoted cell is missing"
    return BadRecord("E515", at + 1, f"the file seems to be cut off here: it does not end the line, and {what}", hint)


def _width(cells: Sequence[str], layout: Layout) -> str | BadRecord:
    """As many cells as headings; further empty cells, and cells missing under headings without a name, do not matter."""
    width = len(layout.header)
    beyond = next((at for at in range(width, len(cells)) if cells[at]), None)
    if beyond is not None:
        hint = f"quote the cell that holds a {layout.delimiter!r}, or set the row aside with --skip-bad-rows"
        return BadRecord("E502", beyond + 1, f"{len(cells)} cells stand under {width} headings", hint)
    if any(layout.header[len(cells) :]):
        hint = "the row may have been cut off; complete it, or set it aside with --skip-bad-rows"
        return BadRecord("E503", 0, f"{len(cells)} cell{'s' * (len(cells) > 1)} under {width} headings: the row is too short", hint)
    return ""
