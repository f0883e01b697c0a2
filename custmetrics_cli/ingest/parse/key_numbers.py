"""Numbers for the texts of a column of keys, such as the numbers of orders: equal texts of all slices and files have one number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from custmetrics_cli.columns import ParsedColumn
from custmetrics_cli.ingest.parse.distinct import DistinctTexts

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

NOT_SEEN = np.iinfo(np.int64).min
ROWS = 40  # bits of the number of a row
NO_KEY = 0  # the number of an empty cell


class KeyNumbers:
    """The numbers given so far, by column."""

    def __init__(self, remembers: bool = True) -> None:
        """remembers: False where rows are judged again, so that none repeats itself."""
        self._remembers = remembers
        self.clear()

    def clear(self) -> None:
        self._numbers: dict[str, dict[str, int]] = {}
        self._first = np.zeros(0, np.int64)  # number of a key -> the first amount with it; NOT_SEEN = none yet
        self._rows = 0  # put in order so far
        self.differing = 0  # rows whose amount is not the first one of their key

    def read(self, column: str, cells: DistinctTexts) -> ParsedColumn:
        """Return the number of each cell of a slice. New texts get new numbers, from 1."""
        known = self._numbers.setdefault(column, {"": NO_KEY})
        words = cells.words.to_pylist()
        numbers = np.fromiter((known.setdefault(word, len(known)) for word in words), np.int64, len(words))
        return ParsedColumn(numbers[cells.codes], np.broadcast_to(np.True_, cells.codes.shape))

    def in_order(self, seconds: ParsedColumn) -> ParsedColumn:
        """Return numbers in the order of the seconds of a day, then of the rows. Without a time the number is below 2 ** ROWS."""
        first, self._rows = self._rows, self._rows + len(seconds.values)
        clock = np.maximum(seconds.values, -1).astype(np.int64) + 1
        return ParsedColumn((clock << ROWS) + np.arange(first, self._rows), np.broadcast_to(np.True_, clock.shape))

    def repeats(self, keys: Array, amounts: Array) -> ParsedColumn:
        """Return 1 for each row of a slice whose key was seen before, else 0. Rows without a key and refunds never repeat one."""
        if not self._remembers:
            return ParsedColumn(np.zeros(len(keys), np.int64), np.ones(len(keys), bool))
        most = int(keys.max(initial=0))
        if most >= len(self._first):
            self._first = np.concatenate([self._first, np.full(most + 1 + len(self._first), NOT_SEEN)])
        counts = (keys != NO_KEY) & (amounts >= 0)
        new = np.flatnonzero(counts & (self._first[keys] == NOT_SEEN))
        firsts = new[np.unique(keys[new], return_index=True)[1]]
        self._first[keys[firsts]] = amounts[firsts]
        counts[firsts] = False
        self.differing += int((counts & (self._first[keys] != amounts)).sum())
        return ParsedColumn(counts * 1, np.broadcast_to(np.True_, keys.shape))
