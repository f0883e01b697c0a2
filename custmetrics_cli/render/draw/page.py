"""Draw a page as text: as wide as it needs, or within the width of a terminal, with or without colour.

One small drawer serves pipes and terminals alike, so both show the same characters. Rich draws the same boxes, but takes
thirty times as long for a long listing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from custmetrics_cli.render.draw.boxes import BOLD, draw_sheet, styled
from custmetrics_cli.render.draw.layout import fit
from custmetrics_cli.render.draw.wrap import wrap
from custmetrics_cli.render.page import Line, Page, Table
from custmetrics_cli.render.text import safe

if TYPE_CHECKING:
    from custmetrics_cli.render.output import Output


def draw_page(page: Page, output: Output) -> str:
    """Return the text of the page. It ends with a newline, and nothing in it can act on a terminal."""
    return "".join(f"{line.rstrip()}\n" for piece in page for line in _draw(piece, output))


def _draw(piece: Line | Table, output: Output) -> Iterator[str]:
    if isinstance(piece, Line):
        yield from (styled(text, BOLD if piece.strong else "", output) for text in _folded(piece, output.width))
    else:
        for sheet in fit(piece, output.width):
            yield from draw_sheet(sheet, output)


def _folded(line: Line, width: int | None) -> list[str]:
    """Return the line, folded to the width. Each part keeps the indent."""
    text = safe(line.text.lstrip(" "))
    indent = len(line.text) - len(line.text.lstrip(" "))
    if not width:
        return [" " * indent + text]
    indent = min(indent, width - 1)
    return [" " * indent + part for part in wrap(text, width - indent)]
