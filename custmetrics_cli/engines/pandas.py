"""The engine that holds tables in memory. Ids are whole numbers shared by all tables: grouping by text would take most of the time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from custmetrics_cli.engines.base import NO_ID, Chunk, CodedWords, Engine, Frames, TableSpec, Words, WordsByTable
from custmetrics_cli.engines.query.similar_ids import group_similar_ids

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]


class PandasEngine(Engine):
    def __init__(self, memory: int, scratch: Path, master: str = "") -> None:
        """Use memory as needed, without a limit and without a file."""
        self._chunks: dict[str, list[Chunk]] = {}
        self._texts: pa.StringArray = pa.array([], pa.string())  # number of an id -> its text
        self._used_ids: list[Array] = []

    def prepare(self) -> None:
        import_module("pandas")

    def clear(self, table: TableSpec) -> None:
        self._chunks[table.name] = []

    def add(self, table: TableSpec, chunk: Chunk) -> None:
        self._chunks[table.name].append(chunk)

    def row_count(self, table: TableSpec) -> int:
        return sum(chunk.row_count for chunk in self._chunks[table.name])

    def finish(self, tables: Sequence[TableSpec]) -> tuple[Frames, WordsByTable]:
        import pandas as pd

        self._used_ids = self._number_ids([chunk for table in tables for chunk in self._chunks[table.name]])
        ids = iter(self._used_ids)
        frames: dict[str, nw.LazyFrame[Any]] = {}
        words: dict[str, dict[str, Words]] = {}
        for table in tables:
            chunks = self._chunks.pop(table.name)
            columns = {"id": _joined(np.int32, [next(ids) for _ in chunks])} | _numbers(table, chunks)
            words[table.name] = {}
            for name in table.words:
                columns[name], words[table.name][name] = merge_words([chunk.words[name] for chunk in chunks])
            frames[table.name] = nw.from_native(pd.DataFrame(columns, copy=False)).lazy()
        return frames, words

    def _number_ids(self, chunks: Sequence[Chunk]) -> list[Array]:
        """Number the ids of all tables together, and return the numbers of each chunk's rows."""
        texts = pa.chunked_array([piece for chunk in chunks for piece in chunk.ids.chunks], pa.string()).dictionary_encode()
        self._texts = texts.chunk(0).dictionary if texts.num_chunks else self._texts
        numbers = _joined(np.int32, [piece.indices.to_numpy(zero_copy_only=False) for piece in texts.chunks])
        result, begin = [], 0
        for chunk in chunks:
            end = begin + len(chunk.ids)
            result.append(numbers[begin:end] if chunk.kept is None else numbers[begin:end][chunk.kept])
            begin = end
        return result

    @property
    def no_id(self) -> int:
        """The number of NO_ID; -1, which no row has, where every id is known."""
        number: int = pc.index(self._texts, NO_ID).as_py()
        return number

    def ids_as_text(self, ids: Iterable[Any]) -> list[str]:
        texts: list[str] = self._texts.take(pa.array(list(ids), pa.int64())).to_pylist()
        return texts

    def id_column_as_text(self, ids: pa.ChunkedArray) -> pa.ChunkedArray:
        return pa.chunked_array([self._texts.take(chunk) for chunk in ids.chunks], pa.string())

    def with_ids(self, frame: nw.LazyFrame[Any], ids: Collection[str]) -> nw.LazyFrame[Any]:
        numbers = pc.index_in(pa.array(ids, pa.string()), self._texts).drop_null().to_pylist()
        return frame.filter(nw.col("id").is_in(numbers))

    def similar_ids(self) -> list[Words]:
        is_used = np.zeros(len(self._texts), bool)
        for numbers in self._used_ids:
            is_used[numbers] = True
        return group_similar_ids(self._texts.filter(pa.array(is_used)))


ENGINE = PandasEngine


def _numbers(table: TableSpec, chunks: Sequence[Chunk]) -> dict[str, Array]:
    rows = sum(chunk.row_count for chunk in chunks)
    columns = {name: _joined(table.dtype(name), [chunk.numbers[name] for chunk in chunks]) for name in table.numbers}
    return columns | {name: np.full(rows, value, table.dtype(name)) for name, value in table.constants.items()}


def _joined(dtype: type, parts: Sequence[Array]) -> Array:
    return parts[0] if len(parts) == 1 else np.concatenate([np.zeros(0, dtype), *parts])


def merge_words(parts: Sequence[CodedWords]) -> tuple[Array, Words]:
    """Join a column of words: codes in order of name, and the words. Rows without a word have the last code."""
    words = sorted(set[str]().union(*(part.used() for part in parts)))
    numbers = {word: code for code, word in enumerate(words)}
    return _joined(np.int32, [part.renumber(numbers, len(words)) for part in parts]), tuple(words)
