"""Draw one sheet: the box, the alignment and the colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.render.draw.wrap import width_of, wrap
from custmetrics_cli.render.page import Header

if TYPE_CHECKING:
    from custmetrics_cli.render.draw.layout import Sheet
    from custmetrics_cli.render.output import Output

BOLD, DIM = "1", "2"
# ANSI colours by shade. The letters get a colour too, so that they are readable on any background.
SHADING = ("", *(f"38;5;16;48;5;{shade}" for shade in (189, 153, 111, 69)), "38;5;231;48;5;26")


class Box(NamedTuple):
    """The lines of a box: left, dash, crossing and right of each rule; the bar between cells."""

    top: str
    middle: str
    bottom: str
    bar: str


ROUND = Box("╭─┬╮", "├─┼┤", "╰─┴╯", "│")
ASCII = Box("+-++", "+-++", "+-++", "|")


def styled(text: str, style: str, output: Output) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if style and output.color else text


def draw_sheet(sheet: Sheet, output: Output) -> Iterator[str]:
    """Yield the lines of a sheet."""
    rows = _rows(sheet, output)
    if not sheet.table.boxed:
        yield from map("  ".join, rows)
        return
    box = ASCII if output.ascii else ROUND
    top, middle, bottom = (styled(_rule(each, sheet.widths), DIM, output) for each in (box.top, box.middle, box.bottom))
    bar = styled(box.bar, DIM, output)
    between = f" {bar} "
    yield top
    yield from (f"{bar} {between.join(cells)} {bar}" for cells in _header(sheet, output))
    yield middle
    yield from (f"{bar} {between.join(cells)} {bar}" for cells in rows)
    yield bottom


def _rule(strokes: str, widths: Sequence[int]) -> str:
    left, dash, crossing, right = tuple(strokes)
    return left + crossing.join(dash * (width + 2) for width in widths) + right


def _header(sheet: Sheet, output: Output) -> Iterator[list[str]]:
    """Yield the lines of the header. Each name is on the last ones."""
    headers = sheet.table.headers
    folded = [wrap(header.name, width) for header, width in zip(headers, sheet.widths, strict=True)]
    height = max(map(len, folded), default=1)
    columns = [[""] * (height - len(lines)) + lines for lines in folded]
    for cells in zip(*columns, strict=True):
        yield [styled(_pad(cell, width, header), BOLD, output) for cell, width, header in zip(cells, sheet.widths, headers, strict=True)]


def _rows(sheet: Sheet, output: Output) -> Iterator[list[str]]:
    """Yield the padded cells of each line: a row with folded cells has several lines."""
    headers, widths = sheet.table.headers, sheet.widths
    plain = [BOLD if header.strong else "" for header in headers]
    for at, row in enumerate(sheet.table.rows):
        shades = sheet.table.shading[at] if at < len(sheet.table.shading) else ()
        styles = [SHADING[shade] or style for shade, style in zip(shades, plain, strict=True)] if shades else plain
        for cells in _lines(row, widths):
            padded = map(_pad, cells, widths, headers)
            yield [styled(cell, style, output) for cell, style in zip(padded, styles, strict=True)] if output.color else list(padded)


def _lines(row: Sequence[str], widths: Sequence[int]) -> list[Sequence[str]]:
    folded = [wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
    height = max(map(len, folded), default=1)
    if height == 1:
        return [row]
    return list(zip(*([*lines, *[""] * (height - len(lines))] for lines in folded), strict=True))


def _pad(cell: str, width: int, header: Header) -> str:
    gap = " " * (width - width_of(cell))
    return gap + cell if header.right else cell + gap
