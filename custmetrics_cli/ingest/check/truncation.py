"""Whether a file was cut off within the last cell of its last row: every cell is there, but `2022-05-2` may have been `2022-05-20`.

Only a file that does not end its last line can be. Many whole files do not, so more must speak for it: the cell looks like the
beginning of the column's other cells, which never begin like one another. What then still cannot be told from a whole file is a cut
at the end of a row, in a column whose cells differ in length anyway, and one that leaves the last cell empty (which is warned of).
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

TAIL = 1 << 18  # bytes at the end of a file that are looked at


class Truncation(NamedTuple):
    """The last row of a file that does not end its last line."""

    line: int
    at: int  # position of its last cell
    text: str  # of that cell
    is_certain: bool  # it is not a whole cell; else it is empty, and may be


def detect_truncation(layout: Layout, part: CsvPart) -> Truncation | None:
    """None: the last row is whole, or nobody reads its last cell."""
    offset, text = _tail(part)
    if part.last_line or not text or text.endswith(("\n", "\r")):
        return None
    *others, last = [*parse_records(io.StringIO(text, newline=""), 1, part)] or [Record(0, [])]
    at = len(last.cells) - 1
    if any(record.code for record in (*others, last)) or at not in part.positions.values() or not _is_row(last, layout):
        return None
    cell, known = _cell(last, at), [_cell(record, at) for record in others if len(record.cells) > at]
    sure = _unquoted(text, part.quote) or _begins(cell, [*filter(None, known)], _form(layout, at))
    if cell and not sure:
        return None
    return Truncation(part.first_line + count_line_ends_between(part, data_offset(part), offset) + last.line - 1, at, cell, sure)


def _tail(part: CsvPart) -> tuple[int, str]:
    """The last lines of the file, and the byte at which the first of them starts; '' where they are no text."""
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
    """Whether it has all cells, and in them what a row needs, but perhaps for the last cell."""
    needed = [layout.columns[column.name] for column in layout.table.columns if column.never_empty and column.name in layout.columns]
    if any(layout.header[len(record.cells) :]):
        return False
    return all(at >= len(record.cells) - 1 or _cell(record, at) for at in needed) and any(cell.strip(BLANKS) for cell in record.cells)


def _unquoted(text: str, quote: str) -> bool:
    """Every line ends with a quote but the last one."""
    *lines, last = (line.rstrip("\r\n") for line in io.StringIO(text))
    return bool(lines) and all(line.endswith(quote) for line in lines) and not last.endswith(quote)


def _form(layout: Layout, at: int) -> Callable[[str], str]:
    """What cells of the column have in common: words are what they are, ids have digits, all else digits and letters."""
    kinds: dict[int, ColumnKind] = {place: layout.table.by_name[name].kind for name, place in layout.columns.items()}
    kind = kinds.get(at, WORD)
    if kind is WORD or kind.is_text:
        return str
    return lambda text: re.sub(r"\d", "9", text if kind is ID else re.sub(r"[^\W\d_]", "a", text))


def _begins(text: str, others: Sequence[str], form: Callable[[str], str]) -> bool:
    """Whether a text is the beginning of what the others are, none of which is the beginning of another."""
    mine, forms = form(text), sorted({form(other) for other in others})
    if not text or mine in forms or any(longer.startswith(shorter) for shorter, longer in pairwise(forms)):
        return False
    return any(other.startswith(mine) for other in forms)
