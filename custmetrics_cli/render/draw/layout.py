"""Fit a table into the width of a terminal. Nothing is cut and no figure is broken.

In this order: as it is; in short; in pieces that repeat the key columns; folded between words; each row as lines of
header and cell; each row as one line of text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from custmetrics_cli.render.draw.wrap import width_of
from custmetrics_cli.render.page import Header, Table
from custmetrics_cli.render.text import safe

SHORTEST_FOLD = 12  # a column of text is not folded below this width, unless its longest word is shorter


class Sheet(NamedTuple):
    """A table, or a piece of one, with the width of each column. Its texts are safe."""

    table: Table
    widths: list[int]


class _Sizes(NamedTuple):
    """The width of a column, and the smallest width that it can be folded to."""

    natural: int
    least: int


def fit(table: Table, width: int | None) -> list[Sheet]:
    """Return the sheets to draw, one below the other. width: columns of the terminal; None or 0: as wide as needed."""
    table = _safe(table)
    natural = _natural(table)
    if not width or sum(natural) <= _room(table, width):
        return [Sheet(table, natural)]
    if table.short:
        return fit(table.short, width)
    upright = _upright(table) if table.boxed else table
    return _folded(table, width) or _squeezed(upright, width) or [_joined(upright, width)]


def _safe(table: Table) -> Table:
    headers = tuple(header._replace(name=safe(header.name)) for header in table.headers)
    return table._replace(headers=headers, rows=[tuple(map(safe, row)) for row in table.rows])


def _natural(table: Table) -> list[int]:
    """Return the width of each column if nothing is folded."""
    columns = zip(*table.rows, strict=True) if table.rows else ((),) * len(table.headers)
    return [max(map(width_of, (header.name, *cells))) for header, cells in zip(table.headers, columns, strict=True)]


def _room(table: Table, width: int) -> int:
    """Return the width that the borders and gaps leave for the cells."""
    return width - (3 * len(table.headers) + 1 if table.boxed else 2 * (len(table.headers) - 1))


def _sizes(table: Table) -> list[_Sizes]:
    columns = zip(*table.rows, strict=True) if table.rows else ((),) * len(table.headers)
    return [_Sizes(*size) for size in zip(_natural(table), map(_least, table.headers, columns), strict=True)]


def _least(header: Header, cells: Sequence[str]) -> int:
    """Return the width of the longest word. Figures are never folded: of these the longest cell counts."""
    unbroken = cells if header.right else [word for cell in cells for word in cell.split(" ")]
    return max(map(width_of, (*unbroken, *header.name.split(" "))))


def _folded(table: Table, width: int) -> list[Sheet]:
    """Return the table in pieces, or in one with folded cells. Empty if a word or a figure would have to be broken."""
    sizes = _sizes(table)
    pieces = list(_pieces(table, sizes, width))
    widths = [_narrow([sizes[at] for at in piece], _room(_columns(table, piece), width)) for piece in pieces]
    if not all(widths):
        return []
    keys = [min(column) for column in zip(*(each[: table.key_columns] for each in widths), strict=True)]
    return [Sheet(_columns(table, piece), keys + each[table.key_columns :]) for piece, each in zip(pieces, widths, strict=True)]


def _pieces(table: Table, sizes: Sequence[_Sizes], width: int) -> Iterator[list[int]]:
    """Yield the columns of each piece: the key columns, and as many others as fit, at least one."""
    keys = list(range(table.key_columns))
    if not keys:
        yield list(range(len(sizes)))
        return
    piece = list(keys)
    for at in range(table.key_columns, len(sizes)):
        wider = [*piece, at]
        if len(piece) > len(keys) and sum(sizes[column].least for column in wider) > _room(_columns(table, wider), width):
            yield piece
            wider = [*keys, at]
        piece = wider
    yield piece


def _columns(table: Table, kept: Sequence[int]) -> Table:
    """Return the table with these columns only."""
    if len(kept) == len(table.headers):
        return table
    rows = [tuple(row[at] for at in kept) for row in table.rows]
    shading = [tuple(row[at] for at in kept) for row in table.shading]
    return table._replace(headers=tuple(table.headers[at] for at in kept), rows=rows, shading=shading)


def _narrow(sizes: Sequence[_Sizes], room: int) -> list[int]:
    """Return widths that fit into the room, the widest column narrowed first. Empty if there are none."""
    widths = [size.natural for size in sizes]
    if sum(size.least for size in sizes) > room:
        return []
    for _ in range(sum(widths) - room):
        widest = max((at for at in range(len(widths)) if widths[at] > sizes[at].least), key=lambda at: widths[at])
        widths[widest] -= 1
    return widths


def _upright(table: Table) -> Table:
    """Return each row as lines of header and cell, without empty cells, and an empty line between rows."""
    names = [header.name for header in table.headers]
    lines = [line for row in table.rows for line in [("", ""), *((name, cell) for name, cell in zip(names, row, strict=True) if cell)]]
    return Table((Header(""), Header("")), lines[1:], boxed=False)


def _squeezed(table: Table, width: int) -> list[Sheet]:
    """Return the table with folded cells, where long words may be broken. Empty if figures or most words would be."""
    sizes = [
        _Sizes(size.natural, size.least if header.right else min(size.least, SHORTEST_FOLD))
        for header, size in zip(table.headers, _sizes(table), strict=True)
    ]
    widths = _narrow(sizes, _room(table, width))
    return [Sheet(table, widths)] if widths else []


def _joined(table: Table, width: int) -> Sheet:
    """Return each row as one line of text, folded anywhere if it must be."""
    rows = [("  ".join(cell for cell in row if cell),) for row in table.rows]
    return Sheet(Table((Header(""),), rows, boxed=False), [width])
