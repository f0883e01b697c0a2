"""Read the first lines of a file, and the records in them."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from custmetrics_cli.ingest.model import TextFile
from custmetrics_cli.ingest.open.csv_reader import reader

HEAD = 1 << 18  # bytes
EXCERPT = 120  # characters of a line that messages show


class Head(NamedTuple):
    """The first lines of a file, with their line ends."""

    lines: tuple[str, ...]
    cut: bool  # the file has more lines

    def excerpt(self, line: int) -> str:
        return self.lines[line - 1].strip()[:EXCERPT]


def read_head(text_file: TextFile) -> Head:
    with text_file.path.open("rb") as stream:
        data = stream.read(HEAD + 1)
    cut = len(data) > HEAD
    text = data[:HEAD].decode("utf-8", "replace").removeprefix("\ufeff")
    lines = tuple(io.StringIO(text, newline=""))
    return Head(lines[:-1] if cut and len(lines) > 1 else lines, cut)


def records(head: Head, line: int, delimiter: str, quote: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the records from a line on, each with the line where it starts. The last one may be incomplete."""
    rows = reader(head.lines[line - 1 :], delimiter=delimiter, quotechar=quote)
    start = line
    for cells in rows:
        yield start, cells
        start = line + rows.line_num


def clean_header(cell: str) -> str:
    """Return a header as it is shown and mapped: NFKC, stripped, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", cell).replace("\ufeff", "").split())
