"""A page drawn by Rich, for a terminal: in its width, in modest colours. Rich interprets nothing: cells come as plain Text.

A table too wide for the screen is folded between words; where even that would break a word or a figure, each row stands
as a few lines, a column on each. Nothing is cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from itertools import repeat
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from custmetrics_cli.render.numbers import safe
from custmetrics_cli.render.page import Heading, Line, Page, Table

if TYPE_CHECKING:
    from custmetrics_cli.render.screen import Output

WIDE = 1_000_000  # columns of a screen that has no width
# By shade. Letters have a colour of their own, so that they can be read whatever the screen's are.
STYLES = ("", *(f"color(16) on color({shade})" for shade in (189, 153, 111, 69)), "color(231) on color(26)")


def draw_rich(page: Page, output: Output) -> str:
    console = _console(output)
    with console.capture() as captured:
        for piece in page:
            for drawn in [_line(piece)] if isinstance(piece, Line) else _fitted(piece, output):
                console.print(drawn)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().removesuffix("\n").split("\n"))


def _console(output: Output) -> Console:
    """Nothing is taken from the environment: the screen says it all."""
    return Console(
        file=StringIO(),
        width=output.width or WIDE,
        force_terminal=output.color,
        color_system="256" if output.color else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )


def _line(line: Line) -> Padding | Text:
    """A line that is folded keeps its indent."""
    text = line.text.lstrip(" ")
    drawn = Text(safe(text), style="bold" if line.strong else "", overflow="fold")
    indent = len(line.text) - len(text)
    return Padding(drawn, (0, 0, 0, indent), expand=False) if indent else drawn


def _fitted(table: Table, output: Output) -> list[RichTable]:
    """The sheet, or its brief form; else pieces of it, each with some of its columns; else its rows one by one."""
    width = output.width or WIDE
    if table.short and sum(_natural(table)) > _room(table, width):
        table = table.short
    pieces = list(_pieces(table, width)) if table.key_columns and _widths(table, width) is None else [table]
    widths = [found for piece in pieces if (found := _widths(piece, width)) is not None]
    if len(widths) == len(pieces):
        stubs = [min(column) for column in zip(*(each[: table.key_columns] for each in widths), strict=True)]
        return [_table(piece, [*stubs, *each[table.key_columns :]], output) for piece, each in zip(pieces, widths, strict=True)]
    narrow = _upright(table) if table.boxed else table
    return [_table(narrow, _widths(narrow, width) or [None] * len(narrow.heads), output)]


def _pieces(table: Table, width: int) -> Iterator[Table]:
    """As many columns on each as its width takes, and at least one, after those that name the row."""
    at, end = table.key_columns, len(table.heads)
    while at < end:
        last = next((to for to in range(at + 2, end + 1) if _widths(_piece(table, at, to), width) is None), end + 1) - 1
        yield _piece(table, at, last)
        at = last


def _piece(table: Table, at: int, to: int) -> Table:
    """The columns that name the row, and those in [at, to)."""
    kept = [*range(table.key_columns), *range(at, to)]
    rows = [tuple(row[column] for column in kept) for row in table.rows]
    shades = [tuple(row[column] for column in kept) for row in table.shading]
    return table._replace(heads=tuple(table.heads[column] for column in kept), rows=rows, shading=shades)


def _widths(table: Table, width: int) -> list[int] | None:
    """The width of each column, the widest narrowed first; None where words or figures would have to be broken."""
    widths, room = _natural(table), _room(table, width)
    least = [_least(column, head) for column, head in zip(_columns(table), table.heads, strict=True)]
    if sum(least) > room:
        return None
    while sum(widths) > room:
        widest = max((at for at in range(len(widths)) if widths[at] > least[at]), key=lambda at: widths[at])
        widths[widest] -= 1
    return widths


def _columns(table: Table) -> list[list[str]]:
    """Heads and cells, column by column."""
    return [[safe(text) for text in column] for column in zip([head.name for head in table.heads], *table.rows, strict=True)]


def _natural(table: Table) -> list[int]:
    """The width of each column where nothing is folded."""
    return [max(map(cell_len, column)) for column in _columns(table)]


def _room(table: Table, width: int) -> int:
    """What the strokes between columns leave for them."""
    return width - (3 * len(table.heads) + 1 if table.boxed else 2 * (len(table.heads) - 1))


def _least(column: list[str], head: Heading) -> int:
    """The longest word; of figures, which are never folded, the longest cell."""
    cells = [cell if head.right else word for cell in column[1:] for word in cell.split(" ")]
    return max(cell_len(text) for text in [*cells, *column[0].split(" ")])


def _upright(table: Table) -> Table:
    """Each row as lines of head and cell, an empty line between rows; without cells that are empty."""
    names = [head.name for head in table.heads]
    rows = [line for row in table.rows for line in [("", ""), *((name, cell) for name, cell in zip(names, row, strict=True) if cell)]]
    return Table((Heading(""), Heading("")), rows[1:], boxed=False)


def _table(sheet: Table, widths: list[int] | list[None], output: Output) -> RichTable:
    strokes = (box.ASCII2 if output.ascii else box.ROUNDED) if sheet.boxed else None
    table = RichTable(box=strokes, show_header=sheet.boxed, safe_box=False, border_style="dim", pad_edge=sheet.boxed, padding=(0, 1))
    for head, width in zip(sheet.heads, widths, strict=True):
        style, side = "bold" if head.strong else "", "right" if head.right else "left"
        table.add_column(Text(safe(head.name)), justify=side, style=style, overflow="fold", width=width)  # type: ignore[arg-type]
    shades = [*sheet.shading, *repeat((0,) * len(sheet.heads), len(sheet.rows) - len(sheet.shading))]
    for row, strengths in zip(sheet.rows, shades, strict=True):
        table.add_row(*(Text(safe(cell), style=STYLES[shade]) for cell, shade in zip(row, strengths, strict=True)))
    return table
