"""One sheet, written from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from custmetrics_cli.render.draw.xlsx.styles import SHADES, TONES, Styles, cell
from custmetrics_cli.render.text import safe

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Cell
    from custmetrics_cli.render.paper import Figure, Grid

WIDEST, LONGEST = 44, 32_000  # characters of a column, and of a cell


class Sheet:
    """A sheet with its next row and the width of each column."""

    def __init__(self, book: Any, styles: Styles, name: str) -> None:
        self.book, self.styles, self.name = book, styles, name
        self.sheet = book.add_worksheet(name)
        self.row = 0
        self._widths: dict[int, int] = {}

    def close(self, freeze: bool = False) -> None:
        """Set the widths, the print layout and, below a header, the frozen pane."""
        for column, width in self._widths.items():
            self.sheet.set_column(column, column, min(width, WIDEST) + 2)
        if freeze:
            self.sheet.freeze_panes(1, 1)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&L&A&R&P / &N")

    def skip(self, rows: int = 1) -> None:
        self.row += rows

    def text(self, row: int, column: int, text: str, style: Any = None, count: bool = True) -> None:
        """Write a text, which is never a formula, a number or a link."""
        shown = safe(text)[:LONGEST] if "\n" not in text else "\n".join(map(safe, text.split("\n")))[:LONGEST]
        self.sheet.write_string(row, column, shown, style or self.styles())
        if count:
            longest = max(map(len, shown.split("\n")), default=0)
            self._widths[column] = max(self._widths.get(column, 8), longest)

    def line(self, text: str, style: Any = None) -> None:
        """Write a text that may run over the columns beside it."""
        self.text(self.row, 0, text, style, count=False)
        self.row += 1

    def grid(self, grid: Grid) -> None:
        """Write a table. Numbers are numbers in the format of their unit."""
        if grid.title and self.row:
            self.line(grid.title, self.styles.section)
        for column, header in enumerate(grid.headers):
            self.text(self.row, column, header.name, self.styles(**_header(header.right)))
        for number, row in enumerate(grid.rows):
            shades = grid.shading[number] if number < len(grid.shading) else ()
            for column, figure in enumerate(row):
                shade = SHADES[shades[column]] if shades else ""
                self.figure(self.row + 1 + number, column, figure, shade, grid.headers[column].right)
            notes = "; ".join(note for figure in row for note in figure.notes)
            self.text(self.row + 1 + number, len(grid.headers), notes, count=False)
        self.row += len(grid.rows) + 1
        if grid.note:
            self.line(grid.note)

    def figure(self, row: int, column: int, figure: Figure, shade: str = "", right: bool = False) -> None:
        properties: dict[str, Any] = {"bg_color": shade} if shade else {}
        properties |= {"font_color": TONES[figure.tone]} if figure.tone else {}
        if figure.value is not None:
            number = cell(figure.value, figure.unit, figure.currency)
            self.sheet.write_number(row, column, number.number, self.styles(num_format=number.format, **properties))
            self._widths[column] = max(self._widths.get(column, 8), len(figure.text))
        elif figure.text:
            wrap = {"align": "right"} if right else {"text_wrap": True}
            self.text(row, column, figure.text, self.styles(**wrap, **properties))

    def raw(self, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """Write flat rows as they are."""
        for column, name in enumerate(columns):
            self.text(self.row, column, name, self.styles.header)
        for number, row in enumerate(rows, self.row + 1):
            for column, value in enumerate(row):
                if isinstance(value, bool):
                    self.sheet.write_boolean(number, column, value)
                elif isinstance(value, int | float):
                    self.sheet.write_number(number, column, value)
                elif value is not None:
                    self.text(number, column, value)
        if rows:
            self.sheet.autofilter(self.row, 0, self.row + len(rows), max(len(columns) - 1, 0))
        self.row += len(rows) + 1


def _header(right: bool) -> dict[str, Any]:
    return {"bold": True, "bottom": 1, "text_wrap": True, "align": "right" if right else "left"}
