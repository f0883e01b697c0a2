"""Rows as separated text, safe to open in a spreadsheet: no cell becomes a formula."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.render.text import safe

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Cell, Document
    from custmetrics_cli.render.output import Output

# The start of a text that a spreadsheet runs as a formula, full-width signs included. A plain number is harmless.
FORMULA = re.compile("(?![+-][0-9]+(?:[.,][0-9]+)?\\Z)[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def guarded(text: str) -> str:
    """Return a text that is not a formula.

    >>> guarded("=1+1"), guarded("pro"), guarded("-5"), guarded("-5+1")
    ("'=1+1", 'pro', '-5', "'-5+1")
    """
    return f"'{text}" if FORMULA.match(text) else text


def _cell_text(cell: Cell, output: Output) -> str:
    """Return a number as JSON writes it, and a missing value as nothing."""
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case str():
            return guarded(safe(cell) if output.terminal else cell)
    return repr(cell)


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
