"""The rows that ingest gives to engines, column by column, and the columns of a table's frame."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Array = np.ndarray[Any, Any]


class TableSpec(NamedTuple):
    """The columns of one table's frame, beside `id`."""

    name: str
    numbers: tuple[str, ...]  # columns of whole numbers, in every chunk
    days: frozenset[str]  # columns of numbers or constants that are days: 32 bits, the others take 64
    words: tuple[str, ...] = ()  # columns of words, in every chunk
    constants: Mapping[str, int] = {}  # columns that hold the same number in every row, in no chunk

    def dtype(self, column: str) -> type[np.signedinteger[Any]]:
        """Return the numpy type of a column of numbers."""
        import numpy as np

        return np.int32 if column in self.days else np.int64


class CodedWords(NamedTuple):
    """A column of words: its distinct words, and for each row the position of its word. '' means that the row has no word."""

    words: pa.StringArray
    codes: Array

    def row_counts(self) -> Counter[str]:
        """Return how many rows hold each word, '' included. A word may be in `words` twice."""
        import numpy as np

        rows: Counter[str] = Counter()
        for word, count in zip(self.words.to_pylist(), np.bincount(self.codes, minlength=len(self.words)).tolist(), strict=True):
            rows[word] += count
        return +rows

    def used(self) -> set[str]:
        """Return the words that some row holds."""
        return {*self.row_counts()} - {""}

    def renumber(self, numbers: Mapping[str, int], missing: int) -> Array:
        """Return the number of each row's word, `missing` for rows without one."""
        import numpy as np

        return np.array([numbers.get(word, missing) for word in self.words.to_pylist()], np.int32)[self.codes]


class Chunk(NamedTuple):
    """Some rows of a table, column by column."""

    row_count: int
    ids: pa.ChunkedArray  # of all rows of the slice that was read
    kept: Array | None  # True for the rows of that slice that are in this chunk; None = all
    numbers: Mapping[str, Array]  # by TableSpec.numbers, in their dtype
    words: Mapping[str, CodedWords]  # by TableSpec.words

    def arrived(self, known: Mapping[str, dict[str, int]], missing: int) -> pa.Table:
        """Return the rows, with words numbered as they arrive, those of a chunk in order of name.

        known: the numbers of each column so far; new words are added. missing: the number of rows without a word.
        """
        import pyarrow as pa

        columns: dict[str, Any] = {"id": self.ids if self.kept is None else self.ids.filter(pa.array(self.kept)), **self.numbers}
        for name, words in self.words.items():
            numbers = known[name]
            for word in sorted(words.used() - numbers.keys()):
                numbers[word] = len(numbers)
            columns[name] = words.renumber(numbers, missing)
        return pa.table(columns)
