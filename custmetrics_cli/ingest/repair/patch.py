"""What is read in place of a slice that is refused or holds a row that is not proven.

Only the portions of the slice that are at fault are scanned; the rows that pass are copied out, straightened. The order of rows changes:
nothing depends on it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

from custmetrics_cli.ingest.check.file_progress import Patch
from custmetrics_cli.ingest.parse.csv_slices import CsvPart, Slice, data_offset, end_of_last_record
from custmetrics_cli.ingest.parse.line_numbers import count_line_ends, count_line_ends_between
from custmetrics_cli.ingest.parse.records import Record, parse_records, read_records
from custmetrics_cli.ingest.repair.scan import Scan

PORTION = 1 << 18  # bytes of a slice that are scanned when one of their rows is at fault
Good = Callable[[bytes], bool]


def make_patch(piece: Slice, scan: Scan, good: Good, path: Path) -> Patch:
    """good: whether the fast reader takes these bytes. path: of the copy."""
    feed = scan.progress.csv_part
    ranges = _judged(piece, feed, good) if piece.well_quoted else []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for found in _scanned(piece, ranges, feed):
            writer.writerows(scan.good(found))
    keys = list(feed.positions)
    copy = CsvPart(path, ",", '"', 1, len(keys), {key: at for at, key in enumerate(keys)}, feed.fallbacks)
    return Patch(tuple(each[:2] for each in ranges if each[2]), copy, scan.passed, scan.skipped, tuple(scan.problems), scan.total)


def _judged(piece: Slice, part: CsvPart, good: Good) -> list[tuple[int, int, bool]]:
    """The slice in portions of whole records, from byte to byte, and whether each is good; neighbours that are alike are one."""
    found: list[tuple[int, int, bool]] = []
    for begin, end in _portions(piece.data, part):
        fine = good(piece.data[begin:end])
        if found and found[-1][2] == fine:
            begin = found.pop()[0]
        found.append((begin, end, fine))
    return found


def _portions(data: bytes, part: CsvPart) -> Iterator[tuple[int, int]]:
    at, size = 0, PORTION
    while at < len(data):
        cut = end_of_last_record(data[at : at + size], part) if at + size < len(data) else len(data) - at
        if cut:
            yield at, at + cut
        at, size = at + cut, PORTION if cut else 2 * size


def _scanned(piece: Slice, ranges: list[tuple[int, int, bool]], part: CsvPart) -> Iterator[Iterator[Record]]:
    """The records of what is not good, with their lines."""
    line = part.first_line + count_line_ends_between(part, data_offset(part), piece.offset)
    if not piece.well_quoted:
        yield read_records(part, piece.offset, line)
    for begin, end, fine in ranges:
        if not fine:
            text = io.StringIO(piece.data[begin:end].decode(), newline="")
            yield parse_records(text, line + count_line_ends(piece.data[:begin]), part)
