"""Detect a file that was truncated inside the last cell of its last row: `2022-05-2` may have been `2022-05-20`.

Only a file that does not end its last line can be truncated so. Many complete files do not end it either, so the cell must also look
like the start of the column's other cells, none of which looks like the start of another.
Two cases look like a complete file: a cut at the end of a row, where the cells of the column differ in length; and a cut that leaves
the last cell empty (there is a warning for it).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from custmetrics_cli.columns import ColumnKind
from custmetrics_cli.columns.text import BLANKS, ID, WORD
from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.ingest.parse.csv_slices import CsvPart, data_offset
from custmetrics_cli.ingest.parse.line_numbers import count_line_ends_between
from custmetrics_cli.ingest.parse.records import Record, parse_records

DECIMALS = re.compile(r"-?[0-9][0-9 ,.'\u00a0\u202f]{0,40}[.,]([0-9]{1,6})")
NUMBER_START = re.compile(r"-?[0-9][0-9 ,.'\u00a0\u202f]{0,50}")
ENOUGH = 3  # other cells that show the common form of a column
TAIL = 1 << 18  # bytes at the end of a file that are looked at


class Truncation(NamedTuple):
    """The last row of a file that does not end its last line."""

    line: int
    at: int  # position of its last cell
    text: str  # of that cell
    is_certain: bool  # False: the cell is empty, and may be complete


def detect_truncation(layout: Layout, part: CsvPart) -> Truncation | None:
    """Return the last row if it is or may be truncated; None where it is complete, or nobody reads its last cell."""
    offset, text = _tail(part)
    if part.last_line or not text or text.endswith(("\n", "\r")):
        return None
    *others, last = [*parse_records(io.StringIO(text, newline=""), 1, part)] or [Record(0, [])]
    at = len(last.cells) - 1
    if any(record.code for record in (*others, last)) or at not in part.positions.values() or not _is_row(last, layout):
        return None
    cell, other_cells = _cell(last, at), [_cell(record, at) for record in others if len(record.cells) > at]
    filled = [*filter(None, other_cells)]
    is_certain = _lacks_quote(text, part.quote) or _is_start(cell, filled, _shape(layout, at)) or _lacks_decimals(cell, filled)
    if cell and not is_certain:
        return None
    line = part.first_line + count_line_ends_between(part, data_offset(part), offset) + last.line - 1
    return Truncation(line, at, cell, is_certain)


def _tail(part: CsvPart) -> tuple[int, str]:
    """Return the offset and the text of the last lines of the file; '' where they are not text."""
    begin = data_offset(part)
    with part.path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(begin, size - TAIL))
        data = file.read()
    if size - TAIL > begin:
        data = data[data.find(b"\n") + 1 :]
    try:
        return size - len(data), data.decode()
    except UnicodeDecodeError:
        return size, ""


def _cell(record: Record, at: int) -> str:
    return record.cells[at].strip(BLANKS)


def _is_row(record: Record, layout: Layout) -> bool:
    """Return whether a record has all cells, and all required ones are filled. Only the last may be empty."""
    required = [layout.columns[column.name] for column in layout.table.columns if column.never_empty and column.name in layout.columns]
    if any(layout.header[len(record.cells) :]):
        return False
    return all(at >= len(record.cells) - 1 or _cell(record, at) for at in required) and any(cell.strip(BLANKS) for cell in record.cells)


def _lacks_quote(text: str, quote: str) -> bool:
    """Return whether every line but the last ends with a quote."""
    *lines, last = (line.rstrip("\r\n") for line in io.StringIO(text))
    return bool(lines) and all(line.endswith(quote) for line in lines) and not last.endswith(quote)


def _lacks_decimals(text: str, others: Sequence[str]) -> bool:
    """Return whether a number lacks decimals that all others have.

    >>> _lacks_decimals("123456", ["1.50", "20.00", "300.25"]), _lacks_decimals("123456", ["1.50", "20", "300.25"])
    (True, False)
    """
    counts = {len(match[1]) if (match := DECIMALS.fullmatch(other)) else 0 for other in others}
    if len(others) < ENOUGH or len(counts) != 1 or not (usual := counts.pop()) or not NUMBER_START.fullmatch(text):
        return False
    match = DECIMALS.fullmatch(text)
    return not match or len(match[1]) < usual


def _shape(layout: Layout, at: int) -> Callable[[str], str]:
    """Return a function from a cell to its shape: words are unchanged, in ids each digit is 9, elsewhere each letter is also a."""
    kinds: dict[int, ColumnKind] = {position: layout.table.by_name[name].kind for name, position in layout.columns.items()}
    kind = kinds.get(at, WORD)
    if kind is WORD or kind.is_text:
        return str
    return lambda text: re.sub(r"\d", "9", text if kind is ID else re.sub(r"[^\W\d_]", "a", text))


def _is_start(text: str, others: Sequence[str], shape: Callable[[str], str]) -> bool:
    """Return whether a text has the shape of the start of another, and no shape of the others is the start of another one."""
    own, shapes = shape(text), sorted({shape(other) for other in others})
    if not text or own in shapes or any(longer.startswith(shorter) for shorter, longer in pairwise(shapes)):
        return False
    return any(other.startswith(own) for other in shapes)
