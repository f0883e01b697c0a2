"""Rows as separated text, safe to open in a spreadsheet: no cell becomes a formula."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.safety.characters import guarded, safe, safe_lines

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Cell, Document
    from custmetrics_cli.render.output import Output


def _cell_text(cell: Cell, output: Output) -> str:
    """Return a number as JSON writes it, and a missing value as nothing."""
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case str():
            return cell if output.raw else guarded((safe if output.terminal else safe_lines)(cell))
    return repr(cell).replace(".", output.excel or ".")


def row_count(document: Document) -> int:
    """Return the number of rows that a document has as separated text."""
    return len(document.flat()[1])


class Separated(NamedTuple):
    """A way to write rows."""

    mark: str  # between cells
    quote: Callable[[str], str]  # makes a cell that contains marks safe
    blank: str = ""  # the line of a row with one empty cell

    def write(self, document: Document, output: Output) -> str:
        """Return a header and one line per row, each ended by a line feed."""
        names, rows = document.flat()
        lines = (self.mark.join(self.quote(_cell_text(cell, output)) for cell in row) for row in (names, *rows))
        return "".join(f"{line or self.blank}\n" for line in lines)
