"""Count physical lines. They may end in \\n, \\r or both, and in different ways in one file."""

from __future__ import annotations

from custmetrics_cli.ingest.parse.csv_slices import CsvPart


def count_line_ends(data: bytes) -> int:
    """Count the line ends of any kind."""
    return data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")


def count_line_ends_between(part: CsvPart, begin: int, end: int) -> int:
    """Count the line ends between two offsets of a file."""
    count, last = 0, b""
    with part.path.open("rb") as file:
        file.seek(begin)
        while begin < end:
            data = file.read(min(1 << 24, end - begin))
            count += count_line_ends(last + data) - count_line_ends(last)
            begin, last = begin + len(data), data[-1:]
    return count
