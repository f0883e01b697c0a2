"""The records of a file one by one, each with the physical line it starts on; what cannot be a record is told where it begins.

A record whose quotes are wrong is only its first line: what it would swallow is read again as records of its own.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from custmetrics_cli.ingest.open.csv_reader import reader

if TYPE_CHECKING:
    pass

import io
from collections import deque
from itertools import islice
from typing import NamedTuple

from custmetrics_cli.ingest.parse.csv_slices import CsvPart, start

LONGEST = 1 << 20  # characters of a record over several lines; what goes on for longer is a quote that was never closed


class Record(NamedTuple):
    """One that has a code has its first line as its only cell."""

    line: int
    cells: list[str]
    code: str = ""  # of what is wrong with its quotes
    message: str = ""
    group: str = ""  # what a line above says that it belongs to


class Endless(Exception):
    """A record that goes on for longer than any does."""


class _Lines:
    """The lines of a file, counted, of which those of the last record but its first can be put back. Raises Endless."""

    def __init__(self, lines: Iterator[str], done: int) -> None:
        self.done = done
        self.taken: list[str] = []
        self.size = 0  # characters taken
        self._lines = lines
        self._back: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._lines)
        self.taken.append(line)
        self.size += len(line)
        self.done += 1
        if self.size > LONGEST and len(self.taken) > 1:
            raise Endless
        return line

    def begin(self) -> int:
        """The number of the line on which the next record starts."""
        self.taken.clear()
        self.size = 0
        return self.done + 1

    def put_back(self) -> None:
        self._back.extendleft(reversed(self.taken[1:]))
        self.done -= len(self.taken) - 1


def records(part: CsvPart, offset: int = 0, line: int = 0) -> Iterator[Record]:
    """Every record from a byte on that is the start of a physical line; by default from the first record."""
    with io.TextIOWrapper(part.path.open("rb"), encoding="utf-8", newline="") as file:
        file.buffer.seek(offset or start(part))
        first = line or part.line
        yield from parse_records(islice(file, part.last - first + 1) if part.last else file, first, part)


def parse_records(lines: Iterator[str], line: int, part: CsvPart) -> Iterator[Record]:
    """The records in physical lines, the first of which has this number; empty lines are none."""
    counted = _Lines(blank_nulls(lines, part.delimiter) if part.escape else lines, line - 1)
    rows = reader(counted, delimiter=part.delimiter, quotechar=part.quote, escapechar=part.escape or None, strict=True)
    while record := _next(rows, counted):
        if record.cells:
            yield record


def _next(rows: Iterator[list[str]], lines: _Lines) -> Record | None:
    start = lines.begin()
    try:
        return Record(start, next(rows))
    except StopIteration:
        return None
    except (csv.Error, Endless) as error:
        code, message = _said(str(error))
        lines.put_back()
        return Record(start, [lines.taken[0].rstrip("\r\n")], code, message)


def _said(error: str) -> tuple[str, str]:
    if "unexpected end" in error:
        return "E504", "a quote that is opened here is never closed"
    if not error:
        return "E506", f"a row goes on for more than {LONGEST:,} characters: a quote that is opened here is probably never closed"
    return "E505", "text stands after a closing quote: a quote within a quoted cell is written twice"


def blank_nulls(lines: Iterator[str], delimiter: str) -> Iterator[str]:
    """Lines in which a cell that is \\N is empty."""
    null = re.compile(rf"(?:(?<={re.escape(delimiter)})|(?<![\s\S]))\\N(?={re.escape(delimiter)}|[\r\n]|$)")
    return (null.sub("", line) for line in lines)
