"""Physical lines counted: they end in any way, also in several."""

from __future__ import annotations

from custmetrics_cli.ingest.parse.csv_slices import CsvPart


def breaks(data: bytes) -> int:
    """Line ends of any sort."""
    return data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")


def breaks_between(part: CsvPart, begin: int, end: int) -> int:
    """Line ends of any sort between two bytes of a file."""
    count, last = 0, b""
    with part.path.open("rb") as file:
        file.seek(begin)
        while begin < end:
            data = file.read(min(1 << 24, end - begin))
            count += breaks(last + data) - breaks(last)
            begin, last = begin + len(data), data[-1:]
    return count
