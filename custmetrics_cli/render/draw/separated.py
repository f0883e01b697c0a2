"""Rows as separated text that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.render.numbers import safe

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Cell, Document
    from custmetrics_cli.render.screen import Output

# What a spreadsheet takes for a formula, full-width signs too; a plain number that is kept as text does no harm.
FORMULA = re.compile("(?![+-][0-9]+(?:[.,][0-9]+)?\\Z)[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def guarded(text: str) -> str:
    """
    >>> guarded("=1+1"), guarded("pro"), guarded("-5"), guarded("-5+1")
    ("'=1+1", 'pro', '-5', "'-5+1")
    """
    return f"'{text}" if FORMULA.match(text) else text


def _written(cell: Cell, output: Output) -> str:
    """A number as JSON writes it, an absent one as nothing."""
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case str():
            return guarded(safe(cell) if output.terminal else cell)
    return repr(cell)


class Separated(NamedTuple):
    """A way to write rows: the mark between cells, how a cell is kept apart from it, and a line whose one cell is empty."""

    mark: str
    quote: Callable[[str], str]
    blank: str = ""

    def write(self, document: Document, output: Output) -> str:
        """A header and one line per row, each ended by a line feed."""
        names, rows = document.flat()
        lines = (self.mark.join(self.quote(_written(cell, output)) for cell in row) for row in (names, *rows))
        return "".join(f"{line or self.blank}\n" for line in lines)
