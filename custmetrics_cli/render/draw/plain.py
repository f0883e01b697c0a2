"""A page drawn: plainly, as wide as it needs, or by Rich where there is a width to keep or colour to show.

Both draw the same characters when the width suffices. Rich takes seconds for ten thousand rows: long sheets are drawn plainly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.render.numbers import safe
from custmetrics_cli.render.page import Page, Table

if TYPE_CHECKING:
    from custmetrics_cli.render.screen import Output

LONG = 2_000  # rows


class Box(NamedTuple):
    """The strokes of a box: left, line, crossing and right of each rule; the bar between cells."""

    top: str
    head: str
    bottom: str
    bar: str


ROUND = Box("╭─┬╮", "├─┼┤", "╰─┴╯", "│")
ASCII = Box("+-++", "+-++", "+-++", "|")


def draw_plain(page: Page, output: Output) -> str:
    """Text of the page, ending with a newline; nothing in it can act on a terminal."""
    rich = (output.width or output.color) and all(len(piece.rows) <= LONG for piece in page if isinstance(piece, Table))
    if not rich:
        return _plain(page, output)
    from custmetrics_cli.render.draw.terminal import draw_rich

    return draw_rich(page, output)


def _plain(page: Page, output: Output) -> str:
    lines = [line for piece in page for line in (_sheet(piece, output) if isinstance(piece, Table) else [safe(piece.text)])]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _sheet(table: Table, output: Output) -> Iterable[str]:
    from rich.cells import cell_len

    cells = [[safe(cell) for cell in row] for row in table.rows]
    heads = [safe(head.name) for head in table.heads]
    widths = [max(map(cell_len, column)) for column in zip(heads, *cells, strict=True)]
    rights = [head.right for head in table.heads]

    def filled(row: Sequence[str]) -> list[str]:
        pads = [" " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]
        return [pad + cell if right else cell + pad for cell, pad, right in zip(row, pads, rights, strict=True)]

    if not table.boxed:
        return ["  ".join(filled(row)) for row in cells]
    return _boxed(filled(heads), [filled(row) for row in cells], widths, ASCII if output.ascii else ROUND)


def _boxed(heads: list[str], rows: list[list[str]], widths: list[int], box: Box) -> list[str]:
    def rule(strokes: str) -> str:
        left, line, cross, right = tuple(strokes)
        return left + cross.join(line * (width + 2) for width in widths) + right

    def cells(row: list[str]) -> str:
        return f"{box.bar} {f' {box.bar} '.join(row)} {box.bar}"

    return [rule(box.top), cells(heads), rule(box.head), *map(cells, rows), rule(box.bottom)]
