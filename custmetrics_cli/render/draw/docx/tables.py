"""Tables of a Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custmetrics_cli.render.text import safe

if TYPE_CHECKING:
    from custmetrics_cli.render.paper import Grid

SHADES = ("", "E3F3E8", "C5E5CF", "A3D5B3", "81C498", "5FB089")
FEW = 9  # columns of a table in letters of the usual size


def add_table(document: Any, grid: Grid) -> None:
    """Add a table. Its first row is a header, which each page repeats."""
    from docx.shared import Pt

    size = Pt(8 if len(grid.headers) <= FEW else 6)
    kept = [at for at in range(len(grid.headers)) if not any(row[at].spark for row in grid.rows)]
    table = document.add_table(rows=len(grid.rows) + 1, cols=len(kept), style="Light Shading")
    for cell, at in zip(table.rows[0].cells, kept, strict=True):
        _write(cell, grid.headers[at].name, size, grid.headers[at].right, bold=True)
    _repeat(table.rows[0])
    for number, (row, figures) in enumerate(zip(table.rows[1:], grid.rows, strict=True)):
        shades = grid.shading[number] if number < len(grid.shading) else ()
        for cell, at in zip(row.cells, kept, strict=True):
            text = "\n".join((figures[at].text, *figures[at].notes))
            _write(cell, text, size, grid.headers[at].right, grid.headers[at].strong)
            if shades and shades[at]:
                _shade(cell, SHADES[shades[at]])


def _write(cell: Any, text: str, size: Any, right: bool, bold: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = cell.paragraphs[0]
    run = paragraph.add_run("\n".join(map(safe, text.split("\n"))))
    run.font.size, run.bold = size, bold
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat(row: Any) -> None:
    _child(row._tr.get_or_add_trPr(), "w:tblHeader", val="true")


def _shade(cell: Any, color: str) -> None:
    _child(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=color)


def _child(parent: Any, name: str, **attributes: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    parent.append(element)
