"""One mechanism, two readers: the texts of a column are read layout by layout, a single cell as a layout of its own.

A layout is a text with every digit written 0: a million timestamps have one. What stands where is found out once per
layout, by the same expressions that read a single cell; so expressions must never depend on which digit they see. The
digits are then read for all texts of the layout at once. Arithmetic over them is written for whole numbers and
arrays of whole numbers alike (hence `Any`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns import ParsedColumn
from custmetrics_cli.columns.parsing.zones import offset, offsets

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Array = np.ndarray[Any, Any]

MOST_DIGITS = 18  # that a 64-bit whole number holds for certain
LONGEST = 100  # a text longer than this is no day and no number


def quoted(text: str) -> str:
    """A text as messages show it.

    >>> quoted("ten"), quoted("x" * 1000)[-4:]
    ("'ten'", "xx…'")
    """
    return repr(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


class OneText:
    """One text, whose numbers are ints."""

    def __init__(self, text: str) -> None:
        self.text = text

    def number(self, start: int, end: int) -> Any:
        """What the digits between two positions of the text say, whatever stands between them; none: 0."""
        return int("".join(c for c in self.text[start:end] if c in "0123456789") or 0)

    def offset(self, seconds: Any, zone: tzinfo, wall: bool) -> Any:
        return offset(seconds, zone, wall)


class SameLayoutTexts(OneText):
    """All texts of one layout, whose numbers are arrays. `rows` are their positions in the column."""

    def __init__(self, layout: str, rows: Array, bytes_: Array, starts: Array) -> None:
        super().__init__(layout)
        self.rows = rows
        self._bytes = bytes_
        self._starts = starts

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

    def offset(self, seconds: Any, zone: tzinfo, wall: bool) -> Any:
        return offsets(seconds, zone, wall)


Read = Callable[[OneText], tuple[Any, Any] | None]
"""Values and whether they could be read; None: nothing of this layout can be."""


def layouts(texts: pa.StringArray) -> Iterator[SameLayoutTexts]:
    """The texts of a column, by layout."""
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
    shapes = pa.LargeStringArray.from_buffers(len(large), pa.py_buffer(edges), pa.py_buffer(zeroed[letters])).dictionary_encode()
    for layout, rows in zip(shapes.dictionary.to_pylist(), _rows_of(shapes), strict=True):
        yield SameLayoutTexts(layout, rows, letters, edges[rows])


def _rows_of(shapes: pa.DictionaryArray) -> list[Array]:
    """Where each word of the dictionary stands, in order of the dictionary."""
    import numpy as np

    codes = shapes.indices.to_numpy()
    if len(shapes.dictionary) == 1:
        return [np.arange(len(codes))]
    return np.split(np.argsort(codes, kind="stable"), np.cumsum(np.bincount(codes))[:-1])


def read_layouts(texts: pa.StringArray, read: Read, dtype: str) -> ParsedColumn:
    """A column read by layouts; where a text could not be read the value is 0."""
    import numpy as np

    values, ok = np.zeros(len(texts), dtype), np.zeros(len(texts), bool)
    for many in layouts(texts):
        answer = read(many)
        if answer is not None:
            ok[many.rows] = answer[1]
            values[many.rows] = np.where(answer[1], answer[0], 0)
    return ParsedColumn(values, ok)
