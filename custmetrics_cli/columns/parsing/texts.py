"""Texts grouped by layout, so that the numbers in a million texts are read at once.

A layout is a text with every digit replaced by 0; a million timestamps have one. A regular expression finds the parts once
per layout. It must therefore never depend on the value of a digit. The digits are then read for all texts of the layout.
A reader cannot see whether it works on one text or on many: its arithmetic is valid for whole numbers and for arrays
(hence `Any`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns.parsing.zones import offset_at, offsets_at

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Array = np.ndarray[Any, Any]

MOST_DIGITS = 18  # that a 64-bit whole number always holds


class OneText:
    """One text. Its numbers are ints."""

    def __init__(self, text: str) -> None:
        self.text = text

    def number(self, start: int, end: int) -> Any:
        """Return the number that the digits between two positions form; 0 without digits. Other characters are ignored."""
        return int("".join(c for c in self.text[start:end] if c in "0123456789") or 0)

    def offset_at(self, seconds: Any, zone: tzinfo, wall: bool) -> Any:
        return offset_at(seconds, zone, wall)


class SameLayoutTexts(OneText):
    """All texts of one layout. Their numbers are arrays."""

    def __init__(self, layout: str, rows: Array, bytes_: Array, starts: Array) -> None:
        super().__init__(layout)
        self.rows = rows  # their positions in the column
        self._bytes = bytes_  # of all texts of the column
        self._starts = starts  # of these texts, in bytes

    def number(self, start: int, end: int) -> Any:
        import numpy as np

        value = np.zeros(len(self.rows), np.int64)
        at = len(self.text[:start].encode())
        for mark in self.text[start:end].encode():
            if mark == ord("0"):
                value *= 10
                value += self._bytes[self._starts + at] - ord("0")
            at += 1
        return value

    def offset_at(self, seconds: Any, zone: tzinfo, wall: bool) -> Any:
        return offsets_at(seconds, zone, wall)


def group_by_layout(texts: pa.StringArray) -> Iterator[SameLayoutTexts]:
    """Yield the texts of a column, one layout at a time."""
    import numpy as np
    import pyarrow as pa

    if not len(texts):
        return
    large = texts.cast(pa.large_string())
    _, ends, data = large.buffers()
    edges = np.frombuffer(ends, np.int64)[large.offset : large.offset + len(large) + 1]
    letters = np.frombuffer(data or b"", np.uint8)[edges[0] : edges[-1]]
    edges = edges - edges[0]
    zeroed = np.arange(256, dtype=np.uint8)
    zeroed[ord("0") : ord("9") + 1] = ord("0")
    layouts = pa.LargeStringArray.from_buffers(len(large), pa.py_buffer(edges), pa.py_buffer(zeroed[letters])).dictionary_encode()
    for layout, rows in zip(layouts.dictionary.to_pylist(), _rows_of(layouts), strict=True):
        yield SameLayoutTexts(layout, rows, letters, edges[rows])


def _rows_of(layouts: pa.DictionaryArray) -> list[Array]:
    """Return the rows of each layout, in the order of the dictionary."""
    import numpy as np

    codes = layouts.indices.to_numpy()
    if len(layouts.dictionary) == 1:
        return [np.arange(len(codes))]
    return np.split(np.argsort(codes, kind="stable"), np.cumsum(np.bincount(codes))[:-1])
