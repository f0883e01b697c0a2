"""What a record is before its cells are read: a row, a blank line, a line of totals, or no row of this table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from custmetrics_cli.sources._nouns import Shape
from custmetrics_cli.sources.records import Record
from custmetrics_cli.sources.typed import BLANKS

NUMBER = re.compile(r"\D*\d{1,3}([ .,'\u00a0\u202f]?\d{3})*([.,]\d+)?\D*")
TOTAL = re.compile(
    r"(grand |sub[- ]?)?totals?\b|(под)?итог[ои]?\b|всего\b|разом\b|усього\b|confidential information|copyright", re.IGNORECASE
)
Readable = Callable[[str], bool]
END_OF_FILE = "\x1a"  # an old mark at the end of text files
BLANK, TOTALS = "blank row", "total row"


class Misfit(NamedTuple):
    """Why a record is no row. column: the cell it shows at, from 1; 0 = none of them."""

    code: str
    column: int
    message: str
    hint: str


def sort(record: Record, shape: Shape, required: Mapping[int, Readable]) -> str | Misfit:
    """'' for a row, the reason why it is set aside, or what is wrong. required: which cells are needed, and what can be read there."""
    if record.code:
        return Misfit(record.code, 0, record.message, "correct the quotes of this line, or set it aside with --skip-bad-rows")
    cells = [cell.strip(BLANKS + END_OF_FILE) for cell in record.cells]
    first = next((at for at, cell in enumerate(cells) if cell), None)
    if first is None:
        return BLANK
    return TOTALS if _is_total(cells, first, required) else _width(cells, shape)


def _is_total(cells: Sequence[str], first: int, required: Mapping[int, Readable]) -> bool:
    """A word for it comes first: in a cell that a row needs and that cannot hold a word, or where a cell that a row needs is empty or
    holds a number; or anything that cannot be read, where that word stands alone.

    So a customer called Total Ltd whose date is mistyped is not taken for one.
    """
    word = TOTAL.match(cells[first])
    if not word:
        return False
    alone = not any(map(str.isalpha, cells[first][word.end() :]))
    needed = [(cells[at] if at < len(cells) else "", at == first or alone, readable) for at, readable in required.items()]
    return any(not text or ((sure or NUMBER.fullmatch(text)) and not readable(text)) for text, sure, readable in needed)


def _width(cells: Sequence[str], shape: Shape) -> str | Misfit:
    """As many cells as headings; further empty cells, and cells missing under headings without a name, do not matter."""
    width = len(shape.header)
    beyond = next((at for at in range(width, len(cells)) if cells[at]), None)
    if beyond is not None:
        hint = f"quote the cell that holds a {shape.delimiter!r}, or set the row aside with --skip-bad-rows"
        return Misfit("E502", beyond + 1, f"{len(cells)} cells stand under {width} headings", hint)
    if any(shape.header[len(cells) :]):
        hint = "the row may have been cut off; complete it, or set it aside with --skip-bad-rows"
        return Misfit("E503", 0, f"{len(cells)} cell{'s' * (len(cells) > 1)} under {width} headings: the row is too short", hint)
    return ""
