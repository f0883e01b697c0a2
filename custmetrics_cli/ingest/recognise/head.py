"""Read the first lines of a file, and the records in them."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from custmetrics_cli.core.data.delimiters import DELIMITERS
from custmetrics_cli.ingest.model import TextFile
from custmetrics_cli.ingest.open.csv_reader import reader

HEAD = 1 << 18  # bytes
SPACED_LINES = 50
SPACED = r'(?:(?:"[^"]*"|[^"MARK]*)MARK)+? +"'  # cells, and a space before a quoted one
EXCERPT = 120  # characters of a line that messages show
NUMERO = "№"


class Head(NamedTuple):
    """The first lines of a file, with their line ends."""

    lines: tuple[str, ...]
    cut: bool  # the file has more lines
    spaced: frozenset[str] = frozenset()  # delimiters that a space separates from a quoted cell

    def excerpt(self, line: int) -> str:
        return self.lines[line - 1].strip()[:EXCERPT]


def read_head(text_file: TextFile) -> Head:
    with text_file.path.open("rb") as stream:
        data = stream.read(HEAD + 1)
    cut = len(data) > HEAD
    text = data[:HEAD].decode("utf-8", "replace").removeprefix("\ufeff")
    lines = tuple(io.StringIO(text, newline=""))
    return Head(lines[:-1] if cut and len(lines) > 1 else lines, cut, _spaced(lines[:SPACED_LINES]))


def _spaced(lines: Sequence[str]) -> frozenset[str]:
    """Return the delimiters that have a space and a quote behind them, outside of quoted cells."""
    return frozenset(
        mark for mark in DELIMITERS for line in lines if f'{mark} "' in line and re.match(SPACED.replace("MARK", re.escape(mark)), line)
    )


def records(head: Head, line: int, delimiter: str, quote: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the records from a line on, each with the line where it starts. The last one may be incomplete."""
    rows = reader(head.lines[line - 1 :], delimiter=delimiter, quotechar=quote, skipinitialspace=delimiter in head.spaced)
    start = line
    for cells in rows:
        yield start, cells
        start = line + rows.line_num


def clean_header(cell: str) -> str:
    """Return a header as it is shown and mapped: NFKC, stripped, with single spaces. NFKC would turn № into No.

    >>> clean_header(" №  п/п\u00a0")
    '№ п/п'
    """
    parts = [unicodedata.normalize("NFKC", part) for part in cell.split(NUMERO)]
    return " ".join(NUMERO.join(parts).replace("\ufeff", "").split())
