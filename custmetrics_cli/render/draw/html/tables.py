"""Tables as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.render.draw.html.spark import spark
from custmetrics_cli.render.draw.html.text import attribute, text

if TYPE_CHECKING:
    from custmetrics_cli.render.page import Header
    from custmetrics_cli.render.paper import Figure, Grid


def table(grid: Grid, name: str) -> str:
    """Return the table in a box that scrolls if it is too wide. name: of the box, for readers who cannot see it."""
    caption = f"<caption>{text(grid.title)}</caption>" if grid.title else ""
    heads = "".join(f"<th{_right(header)} scope=col>{text(header.name)}</th>" for header in grid.headers)
    shades = [grid.shading[at] if at < len(grid.shading) else () for at in range(len(grid.rows))]
    rows = "".join(_row(grid, row, shade) for row, shade in zip(grid.rows, shades, strict=True))
    kind = " class=heat" if grid.shading else " class=facts"
    note = f"<p class=note>{text(grid.note)}</p>" if grid.note else ""
    box = f"<div class=scroll role=group tabindex=0 aria-label={attribute(name)}>"
    return f"{box}<table{kind}>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{note}\n"


def _right(header: Header) -> str:
    return " class=r" if header.right else ""


def _row(grid: Grid, row: Sequence[Figure], shades: Sequence[int]) -> str:
    first, *others = row
    cells = [f"<th scope=row>{_content(grid, 0, first._replace(notes=()))}</th>"]
    for at, figure in enumerate(others, 1):
        header = grid.headers[at]
        classes = [*(["r"] if header.right else []), *(["s"] if header.strong else [])]
        classes += [f"h{shades[at]}"] if shades and shades[at] else []
        named = f' class="{" ".join(classes)}"' if classes else ""
        cells.append(f"<td{named}{_label(grid, header)}>{_content(grid, at, figure)}</td>")
    return f"<tr{' class=o' if first.notes else ''}>{''.join(cells)}</tr>" + _notes(first, len(row))


def _notes(first: Figure, columns: int) -> str:
    """Return the notes of a row in a row of their own, over all columns."""
    if not first.notes:
        return ""
    return f"<tr class=n><td colspan={columns}>{''.join(f'<small>{text(note)}</small>' for note in first.notes)}</td></tr>"


def _label(grid: Grid, header: Header) -> str:
    """Return the header as an attribute: a narrow screen shows it before the cell. A heat table keeps its columns."""
    return "" if grid.shading else f" data-h={attribute(header.name)}"


def _content(grid: Grid, at: int, figure: Figure) -> str:
    """Return the cell: a line for values with a trend, else the text; its notes below."""
    shown = text(figure.text)
    if figure.spark:
        return spark(figure.spark)
    if at in grid.code:
        shown = f"<code>{shown}</code>"
    if figure.tone:
        shown = f"<span class={figure.tone}>{shown}</span>"
    return shown + "".join(f"<small>{text(note)}</small>" for note in figure.notes)
