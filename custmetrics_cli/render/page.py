"""A page: the content that a person reads, before it is drawn for a terminal, a plain file or markdown.

Cells and lines hold raw text, data included. The drawing escapes it for its output.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

SHADES = 5


class Line(NamedTuple):
    """A line of text. Its leading spaces are its indent."""

    text: str = ""
    strong: bool = False


class Header(NamedTuple):
    """The header of a column, and the style of the column."""

    name: str
    right: bool = False
    strong: bool = False


class Table(NamedTuple):
    """Rows of cells: in a box with a header or, if not boxed, as lines with aligned cells."""

    headers: tuple[Header, ...]
    rows: Sequence[tuple[str, ...]]
    boxed: bool = True
    key_columns: int = 0  # columns repeated on each piece of a table that is too wide; 0: it is not cut into pieces
    shading: Sequence[tuple[int, ...]] = ()  # by row and column, from 0 (none) to SHADES; it repeats what the cell shows
    short: Table | None = None  # the same table in fewer words, for a narrow terminal


Page = list[Line | Table]


def aligned(rows: Sequence[tuple[str, ...]], right: frozenset[int] = frozenset()) -> Page:
    """Return lines with aligned cells, without empty columns. right: the columns aligned to the right."""
    filled = [at for at in range(len(rows[0]) if rows else 0) if any(row[at] for row in rows)]
    headers = tuple(Header("", right=at in right) for at in filled)
    return [Table(headers, [tuple(row[at] for at in filled) for row in rows], boxed=False)] if rows else []
