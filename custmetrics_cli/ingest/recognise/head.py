"""The head of a file: its first lines, and the records in them under a delimiter and a quote."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from custmetrics_cli.ingest.model import TextFile
from custmetrics_cli.ingest.open.csv_reader import reader

HEAD = 1 << 18  # bytes looked at


class Head(NamedTuple):
    """The first lines of a file, with their line ends. cut: more follows."""

    lines: tuple[str, ...]
    cut: bool


def read_head(text_file: TextFile) -> Head:
    with text_file.path.open("rb") as stream:
        data = stream.read(HEAD + 1)
    cut = len(data) > HEAD
    text = data[:HEAD].decode("utf-8", "replace").removeprefix("\ufeff")
    lines = tuple(io.StringIO(text, newline=""))
    return Head(lines[:-1] if cut and len(lines) > 1 else lines, cut)


def records(head: Head, line: int, delimiter: str, quote: str) -> Iterator[tuple[int, list[str]]]:
    """The records from a physical line on, each with the line it starts on. The last may be cut off."""
    rows = reader(head.lines[line - 1 :], delimiter=delimiter, quotechar=quote)
    at = line
    for cells in rows:
        yield at, cells
        at = line + rows.line_num


def clean_header(cell: str) -> str:
    """A name as it is shown and asked for: NFKC, without the space around it and with single spaces in it."""
    return " ".join(unicodedata.normalize("NFKC", cell).replace("\ufeff", "").split())
