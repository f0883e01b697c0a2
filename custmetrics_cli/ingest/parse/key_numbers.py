"""Numbers for the texts of a column of keys, such as the numbers of orders: equal texts of all slices and files have one number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from custmetrics_cli.columns import ParsedColumn
from custmetrics_cli.ingest.parse.distinct import DistinctTexts

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

NO_KEY = 0  # the number of an empty cell


class KeyNumbers:
    """The numbers given so far, by column."""

    def __init__(self) -> None:
        self._numbers: dict[str, dict[str, int]] = {}

    def clear(self) -> None:
        self._numbers.clear()

    def read(self, column: str, cells: DistinctTexts) -> ParsedColumn:
        """Return the number of each cell of a slice. New texts get new numbers, from 1."""
        known = self._numbers.setdefault(column, {"": NO_KEY})
        words = cells.words.to_pylist()
        numbers = np.fromiter((known.setdefault(word, len(known)) for word in words), np.int64, len(words))
        return ParsedColumn(numbers[cells.codes], np.broadcast_to(np.True_, cells.codes.shape))
