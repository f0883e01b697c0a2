"""The rows of one slice of a file, with what was found about each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from custmetrics_cli.engines.base import Chunk, CodedWords, TableSpec
from custmetrics_cli.ingest.check.judge import Verdicts
from custmetrics_cli.ingest.parse.column_keys import SPLIT
from custmetrics_cli.ingest.parse.distinct import DistinctTexts

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]


LIMIT = 1000  # numbers that are counted in combinations are less


@dataclass(frozen=True, eq=False, repr=False)
class Batch:
    """All rows of a slice."""

    rows: int
    cells: Mapping[str, DistinctTexts]  # the texts of every column but the id
    ids: pa.ChunkedArray | None  # '' where the customer is unknown; None: the file has no ids
    verdicts: Verdicts
    rests: Mapping[str, Array] = field(default_factory=dict)  # column of money -> what rounding leaves out of each row: see Rounding

    @cached_property
    def used(self) -> RowSelection:
        """The rows that count."""
        return self._select(self.verdicts.used)

    @cached_property
    def kept(self) -> RowSelection:
        """The rows that go to the engine: those used, and skipped ones that a metric asked for."""
        return self.used if self.verdicts.kept_skipped is None else self._select(self.verdicts.kept)

    def _select(self, mask: Array) -> RowSelection:
        return RowSelection(self.rows, self.cells, self.verdicts, None if mask.all() else mask)

    def chunk(self, table: TableSpec, split_columns: Mapping[str, str]) -> Chunk:
        """Return the kept rows as an engine takes them. split_columns: name that the user gave -> column of the frame."""
        kept = self.kept
        ids = pa.chunked_array([pa.repeat("", self.rows)]) if self.ids is None else self.ids
        numbers = {name: np.ascontiguousarray(kept.numbers(name), table.dtype(name)) for name in table.numbers}
        words = {column: kept.words(name) for name, column in split_columns.items()}
        return Chunk(kept.rows, ids, kept.mask, numbers, words)


@dataclass(frozen=True, eq=False, repr=False)
class RowSelection:
    """Some rows of a slice. It does not refer to the batch: in a reference cycle memory would be freed too late."""

    slice_rows: int
    cells: Mapping[str, DistinctTexts]
    verdicts: Verdicts
    mask: Array | None  # of each row of the slice: True = selected; None = all are
    _selected: dict[tuple[str, str], Array] = field(default_factory=dict)  # columns are read several times

    @property
    def rows(self) -> int:
        return self.slice_rows if self.mask is None else int(self.mask.sum())

    def numbers(self, name: str) -> Array:
        """Return the numbers of a column, after derivations."""
        return self._select("values", self.verdicts.values, name)

    def original(self, name: str) -> Array:
        """Return the numbers of a column as the file has them: a trial_end has not moved started_at."""
        return self._select("original", self.verdicts.original, name)

    def _select(self, kind: str, columns: Mapping[str, Array], name: str) -> Array:
        if self.mask is None:
            return columns[name]
        if (kind, name) not in self._selected:
            self._selected[kind, name] = columns[name][self.mask]
        return self._selected[kind, name]

    def words(self, name: str) -> CodedWords:
        """Return the words of a column to split by; none where the file does not have it."""
        cells = self.cells.get(SPLIT + name)
        if cells is None:
            return CodedWords(pa.array([""]), np.zeros(self.rows, np.int32))
        return CodedWords(cells.words, cells.codes if self.mask is None else cells.codes[self.mask])

    def count_combinations(self, names: Sequence[str]) -> dict[tuple[int, ...], int]:
        """Count the rows by their numbers in these columns, each below LIMIT."""
        packed = np.zeros(self.rows, np.int64)
        for name in names:
            packed = packed * LIMIT + self.numbers(name)
        codes, counts = np.unique(packed, return_counts=True)
        places = [LIMIT**at for at in reversed(range(len(names)))]
        return {tuple(code // place % LIMIT for place in places): n for code, n in zip(codes.tolist(), counts.tolist(), strict=True)}
