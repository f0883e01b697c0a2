"""The records of a file one by one, each with the physical line on which it starts.

A record with wrong quotes is only its first line: the lines that it would swallow are read again as records of their own.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from custmetrics_cli.ingest.open.csv_reader import reader
from custmetrics_cli.ingest.parse.csv_slices import CsvPart, data_offset

LONGEST = 1 << 20  # characters of a record over several lines: a longer one has a quote that was never closed


class Record(NamedTuple):
    """The cells of a record. One with an error has its first line as its only cell."""

    line: int
    cells: list[str]
    code: str = ""  # of the error in its quotes
    message: str = ""
    group: str = ""  # the group named on a line above it


class Endless(Exception):
    """A record is longer than the longest."""


class _Lines:
    """The lines of a file, counted. Those of the last record but its first can be put back. Raises Endless."""

    def __init__(self, lines: Iterator[str], count: int, longest: float) -> None:
        self.count = count  # lines read
        self.longest = longest
        self.record: list[str] = []  # the lines of the record
        self.size = 0  # its characters
        self._lines = lines
        self._put_back: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._put_back.popleft() if self._put_back else next(self._lines)
        self.record.append(line)
        self.size += len(line)
        self.count += 1
        if self.size > self.longest and len(self.record) > 1:
            raise Endless
        return line

    def begin_record(self) -> int:
        """Return the number of the line on which the next record starts."""
        self.record.clear()
        self.size = 0
        return self.count + 1

    def put_back(self) -> None:
        self._put_back.extendleft(reversed(self.record[1:]))
        self.count -= len(self.record) - 1


def read_records(part: CsvPart, offset: int = 0, line: int = 0) -> Iterator[Record]:
    """Yield the records from an offset at the start of a physical line; by default from the first record."""
    with io.TextIOWrapper(part.path.open("rb"), encoding="utf-8", newline="") as file:
        file.buffer.seek(offset or data_offset(part))
        first = line or part.first_line
        yield from parse_records(islice(file, part.last_line - first + 1) if part.last_line else file, first, part)


def parse_records(lines: Iterator[str], line: int, part: CsvPart, longest: float = 0) -> Iterator[Record]:
    """Yield the records in physical lines, without empty lines. line: the number of the first of them. longest: 0 = LONGEST."""
    counted = _Lines(blank_nulls(lines, part.delimiter) if part.escape else lines, line - 1, longest or LONGEST)
    rows = reader(
        counted,
        delimiter=part.delimiter,
        quotechar=part.quote,
        escapechar=part.escape or None,
        skipinitialspace=part.spaced,
        strict=True,
    )
    while record := _next(rows, counted):
        if record.cells:
            yield record


def _next(rows: Iterator[list[str]], lines: _Lines) -> Record | None:
    line = lines.begin_record()
    try:
        return Record(line, next(rows))
    except StopIteration:
        return None
    except (csv.Error, Endless) as error:
        code, message = _explain(error)
        lines.put_back()
        return Record(line, [lines.record[0].rstrip("\r\n")], code, message)


def _explain(error: csv.Error | Endless) -> tuple[str, str]:
    """Return the code and the message of an error in quotes."""
    if isinstance(error, Endless):
        return "E506", f"a quote opened here is probably never closed: the row is longer than {LONGEST:,} characters"
    if "unexpected end" in str(error):
        return "E504", "a quote opened here is never closed"
    return "E505", "text follows a closing quote; a quote inside a quoted cell must be doubled"


def blank_nulls(lines: Iterator[str], delimiter: str) -> Iterator[str]:
    """Yield lines in which a cell \\N is empty."""
    null = re.compile(rf"(?:(?<={re.escape(delimiter)})|(?<![\s\S]))\\N(?={re.escape(delimiter)}|[\r\n]|$)")
    return (null.sub("", line) for line in lines)
