"""Replace a slice that the fast reader refuses, or that contains a bad row.

Only the bad ranges of the slice are scanned. Their good rows are written to a copy as clean CSV. The order of rows changes;
nothing depends on it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from math import inf
from pathlib import Path
from typing import NamedTuple

from custmetrics_cli.ingest.check.file_progress import Patch
from custmetrics_cli.ingest.parse.column_keys import LINE, TEXT
from custmetrics_cli.ingest.parse.csv_slices import CsvPart, Slice, data_offset, end_of_last_record
from custmetrics_cli.ingest.parse.line_numbers import count_line_ends, count_line_ends_between
from custmetrics_cli.ingest.parse.records import Record, parse_records, read_records
from custmetrics_cli.ingest.repair.scan import Scan

PORTION = 1 << 18  # bytes of a slice that are checked at once
IsClean = Callable[[bytes], bool]


class Range(NamedTuple):
    """Whole records of a slice, from one byte to another."""

    begin: int
    end: int
    clean: bool


def make_patch(piece: Slice, scan: Scan, is_clean: IsClean, path: Path) -> Patch:
    """Scan the bad ranges of a slice. is_clean: True if the fast reader accepts these bytes. path: the copy to write."""
    part = scan.progress.csv_part
    ranges = _ranges(piece, part, is_clean) if piece.well_quoted else []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for bad_records in _bad_records(piece, ranges, part):
            writer.writerows(scan.good_rows(bad_records))
    keys = [*part.positions, *((LINE, TEXT) if scan.left_out is not None else ())]
    copy = CsvPart(path, ",", '"', 1, len(keys), {key: at for at, key in enumerate(keys)}, part.fallbacks)
    clean = tuple((each.begin, each.end) for each in ranges if each.clean)
    return Patch(clean, copy, scan.passed, scan.skipped, tuple(scan.problems), scan.total, tuple(scan.left_out or ()))


def _ranges(piece: Slice, part: CsvPart, is_clean: IsClean) -> list[Range]:
    """Split a slice into clean and bad ranges, as few as possible."""
    ranges: list[Range] = []
    for begin, end in _portions(piece.data, part):
        clean = is_clean(piece.data[begin:end])
        if ranges and ranges[-1].clean == clean:
            begin = ranges.pop().begin
        ranges.append(Range(begin, end, clean))
    return ranges


def _portions(data: bytes, part: CsvPart) -> Iterator[tuple[int, int]]:
    """Yield the portions of a slice, each of whole records. A longer record makes a larger portion."""
    at, size = 0, PORTION
    while at < len(data):
        length = end_of_last_record(data[at : at + size], part) if at + size < len(data) else len(data) - at
        if length:
            yield at, at + length
        at, size = at + length, PORTION if length else 2 * size


def _bad_records(piece: Slice, ranges: list[Range], part: CsvPart) -> Iterator[Iterator[Record]]:
    """Yield the records of each bad range, with their line numbers. A slice with wrong quotes is bad to the end of the file."""
    line = part.first_line + count_line_ends_between(part, data_offset(part), piece.offset)
    if not piece.well_quoted:
        yield read_records(part, piece.offset, line)
    for begin, end, clean in ranges:
        if not clean:
            text = io.StringIO(piece.data[begin:end].decode(), newline="")
            yield parse_records(text, line + count_line_ends(piece.data[:begin]), part, inf)  # every quote is closed
