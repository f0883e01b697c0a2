"""The line and the text of some records of a slice, without reading all of its records one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from custmetrics_cli.ingest.parse.csv_slices import CsvPart, quote_positions

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

NEWLINE, RETURN = 10, 13


class RecordPlace(NamedTuple):
    """A record: the physical lines between the start of the data and it, and its text."""

    lines_before: int
    text: str


def record_places(data: bytes, part: CsvPart, rows: Array) -> Sequence[RecordPlace]:
    """Return the place of each of these records, by number from 0. Raises IndexError if there is no such record.

    >>> from pathlib import Path
    >>> part = CsvPart(Path(), ",", '"', 1, 2, {})
    >>> record_places(b'a,1\\n"b\\nc",2\\r\\n\\nd,3', part, np.array([1, 2]))
    [RecordPlace(lines_before=1, text='"b\\nc",2'), RecordPlace(lines_before=4, text='d,3')]
    """
    letters = np.frombuffer(data, np.uint8)
    line_ends = np.flatnonzero((letters == NEWLINE) | (letters == RETURN))
    ends = line_ends
    if part.quote.encode() in data:
        ends = line_ends[np.searchsorted(quote_positions(data, part), line_ends) % 2 == 0]
    edges = np.concatenate([[-1], ends, [len(letters)]])
    is_record = np.diff(edges) > 1
    begins, stops = (edges[:-1] + 1)[is_record][rows], edges[1:][is_record][rows]
    is_second = (letters[line_ends] == NEWLINE) & (letters[np.maximum(line_ends - 1, 0)] == RETURN) & (line_ends > 0)
    before = np.searchsorted(line_ends[~is_second], begins)
    return [
        RecordPlace(count, data[begin:stop].decode("utf-8", "replace"))
        for count, begin, stop in zip(before.tolist(), begins.tolist(), stops.tolist(), strict=True)
    ]
