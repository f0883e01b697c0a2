"""A page drawn: plainly, as wide as it needs, or by Rich where there is a width to keep or colour to show.

Both draw the same characters when the width suffices. Rich takes seconds for ten thousand rows: long sheets are drawn plainly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.render._page import Line, Page, Sheet
from custmetrics_cli.render.text import safe

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from custmetrics_cli.render._format import Screen

LONG = 2_000  # rows


class Box(NamedTuple):
    """The strokes of a box: left, line, crossing and right of each rule; the bar between cells."""

    top: str
    head: str
    bottom: str
    bar: str


ROUND = Box("╭─┬╮", "├─┼┤", "╰─┴╯", "│")
ASCII = Box("+-++", "|-+|", "+-++", "|")


def drawn(page: Page, screen: Screen) -> str:
    """Text of the page, ending with a newline; nothing in it can act on a terminal."""
    rich = (screen.width or screen.color) and all(len(piece.rows) <= LONG for piece in page if isinstance(piece, Sheet))
    return _by_rich(page, screen) if rich else _plain(page, screen)


def _plain(page: Page, screen: Screen) -> str:
    lines = [line for piece in page for line in (_sheet(piece, screen) if isinstance(piece, Sheet) else [safe(piece.text)])]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _sheet(sheet: Sheet, screen: Screen) -> Iterable[str]:
    from rich.cells import cell_len

    cells = [[safe(cell) for cell in row] for row in sheet.rows]
    heads = [safe(head.name) for head in sheet.heads]
    widths = [max(map(cell_len, column)) for column in zip(heads, *cells, strict=True)]
    rights = [head.right for head in sheet.heads]

    def filled(row: Sequence[str]) -> list[str]:
        pads = [" " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]
        return [pad + cell if right else cell + pad for cell, pad, right in zip(row, pads, rights, strict=True)]

    if not sheet.boxed:
        return ["  ".join(filled(row)) for row in cells]
    return _boxed(filled(heads), [filled(row) for row in cells], widths, ASCII if screen.ascii else ROUND)


def _boxed(heads: list[str], rows: list[list[str]], widths: list[int], box: Box) -> list[str]:
    def rule(strokes: str) -> str:
        left, line, cross, right = tuple(strokes)
        return left + cross.join(line * (width + 2) for width in widths) + right

    def cells(row: list[str]) -> str:
        return f"{box.bar} {f' {box.bar} '.join(row)} {box.bar}"

    return [rule(box.top), cells(heads), rule(box.head), *map(cells, rows), rule(box.bottom)]


def _by_rich(page: Page, screen: Screen) -> str:
    from rich.text import Text

    console = _console(page, screen)
    with console.capture() as captured:
        for piece in page:
            if isinstance(piece, Line):
                console.print(Text(safe(piece.text), style="bold" if piece.strong else "", overflow="fold"))
            else:
                console.print(_table(piece, screen))
    text = captured.get()
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _console(page: Page, screen: Screen) -> Console:
    """Nothing is taken from the environment: the screen says it all."""
    from io import StringIO

    from rich.console import Console

    return Console(
        file=StringIO(),
        width=screen.width or 1_000_000,
        force_terminal=screen.color,
        color_system="standard" if screen.color else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )


def _table(sheet: Sheet, screen: Screen) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    style = (box.ASCII if screen.ascii else box.ROUNDED) if sheet.boxed else None
    table = Table(box=style, show_header=sheet.boxed, safe_box=False, border_style="dim", pad_edge=sheet.boxed, padding=(0, 1))
    for head in sheet.heads:
        table.add_column(
            Text(safe(head.name)), justify="right" if head.right else "left", style="bold" if head.strong else "", overflow="fold"
        )
    for row in sheet.rows:
        table.add_row(*(Text(safe(cell)) for cell in row))
    return table
