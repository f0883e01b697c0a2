"""Keeps tables in memory. Ids are whole numbers shared by all tables: grouping by text would be most of the time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from custmetrics_cli.engines.base import Make, Words
from custmetrics_cli.engines.query.similar_ids import group_similar_ids
from custmetrics_cli.ingest.check.batch import Batch
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.parse.csv_slices import IDS
from custmetrics_cli.ingest.parse.distinct import DistinctTexts

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

    Array = np.ndarray[Any, Any]


class Chunk(NamedTuple):
    """The rows of one slice."""

    rows: int
    ids: pa.ChunkedArray  # of all rows
    which: Array | None  # of them are these; None = all
    numbers: Mapping[str, Array]
    segments: Mapping[str, DistinctTexts]


class PandasEngine:
    def __init__(self, memory: int, scratch: Path) -> None:
        """Takes the memory it needs, and no file."""
        self._pieces: dict[str, list[Chunk]] = {}
        self._texts: pa.StringArray = pa.array([], pa.string())
        self._codes: list[Array] = []

    def ready(self) -> None:
        for library in ("pandas", "narwhals.stable.v2"):
            import_module(library)

    def clear(self, plan: ReadPlan) -> None:
        self._pieces[plan.table.name] = []

    def add(self, plan: ReadPlan, batch: Batch) -> None:
        given = batch.kept
        numbers = {name: given.number(name).astype(np.int32 if plan.is_day(name) else np.int64) for name in plan.stored_columns}
        segments = {own: given.segment(name) for name, own in plan.split_columns.items()}
        self._pieces[plan.table.name].append(Chunk(given.rows, batch.all_ids, given.which, numbers, segments))

    def held(self, plan: ReadPlan) -> int:
        return sum(piece.rows for piece in self._pieces[plan.table.name])

    def finish(self, plans: Sequence[ReadPlan]) -> tuple[dict[str, nw.LazyFrame[Any]], dict[str, dict[str, Words]]]:
        """The frames, and the words of their segments."""
        import narwhals.stable.v2 as nw
        import pandas as pd

        codes = self._coded([piece for plan in plans for piece in self._pieces[plan.table.name]])
        frames: dict[str, nw.LazyFrame[Any]] = {}
        words: dict[str, dict[str, Words]] = {}
        for plan in plans:
            pieces = self._pieces.pop(plan.table.name)
            columns: dict[str, Array] = {"id": _joined(np.int32, codes[: len(pieces)])}
            codes = codes[len(pieces) :]
            rows = sum(piece.rows for piece in pieces)
            for name in plan.stored_columns:
                columns[name] = _joined(np.int32 if plan.is_day(name) else np.int64, (piece.numbers[name] for piece in pieces))
            columns |= {
                name: np.full(rows, value, np.int32 if plan.is_day(name) else np.int64) for name, value in plan.constant_columns.items()
            }
            words[plan.table.name] = {}
            for name, own in plan.split_columns.items():
                columns[own], words[plan.table.name][name] = merged([piece.segments[own] for piece in pieces])
            frames[plan.table.name] = nw.from_native(pd.DataFrame(columns, copy=False)).lazy()
        return frames, words

    def _coded(self, pieces: Sequence[Chunk]) -> list[Array]:
        """The ids of the rows, as codes that all tables share."""
        chunks = [chunk for piece in pieces for chunk in piece.ids.chunks]
        shared = pa.chunked_array(chunks, IDS).dictionary_encode()
        self._texts = shared.chunk(0).dictionary if shared.num_chunks else self._texts
        every = _joined(np.int32, (chunk.indices.to_numpy(zero_copy_only=False) for chunk in shared.chunks))
        found, at = [], 0
        for piece in pieces:
            codes = every[at : at + len(piece.ids)]
            found.append(codes if piece.which is None else codes[piece.which])
            at += len(piece.ids)
        self._codes = found
        return found

    @property
    def no_id(self) -> int:
        """-1 is the code of no text."""
        found: int = pc.index(self._texts, "").as_py()
        return found

    def texts(self, values: Iterable[Any]) -> list[str]:
        """Ids back to text."""
        found: list[str] = self._texts.take(pa.array(list(values), pa.int64())).to_pylist()
        return found

    def ids_as_text(self, ids: pa.ChunkedArray) -> pa.ChunkedArray:
        return pa.chunked_array([self._texts.take(chunk) for chunk in ids.chunks], pa.string())

    def with_ids(self, frame: nw.LazyFrame[Any], ids: Collection[str]) -> nw.LazyFrame[Any]:
        import narwhals.stable.v2 as nw

        codes = pc.index_in(pa.array(ids, pa.string()), self._texts).drop_null().to_pylist()
        return frame.filter(nw.col("id").is_in(codes))

    def similar_ids(self) -> list[tuple[str, ...]]:
        """Ids that differ only by case or space."""
        there = np.zeros(len(self._texts), bool)
        for codes in self._codes:
            there[codes] = True
        return group_similar_ids(self._texts.filter(pa.array(there)))

    def close(self) -> None:
        """Memory needs no closing."""


ENGINE: Make = PandasEngine


def _joined(dtype: type, parts: Iterable[Array]) -> Array:
    every = list(parts)
    return every[0] if len(every) == 1 else np.concatenate([np.zeros(0, dtype), *every])


def merged(parts: Sequence[DistinctTexts]) -> tuple[Array, Words]:
    """Segments of several slices as codes in order of name; a missing word sorts last."""
    texts = [part.words.to_pylist() for part in parts]
    used = [np.bincount(part.codes, minlength=len(part.words)) > 0 for part in parts]
    words = sorted(
        {word for own, there in zip(texts, used, strict=True) for word, is_used in zip(own, there, strict=True) if is_used} - {""}
    )
    codes = {word: code for code, word in enumerate(words)}
    looked = [np.array([codes.get(word, len(words)) for word in own], np.int32) for own in texts]
    return _joined(np.int32, (table[part.codes] for table, part in zip(looked, parts, strict=True))), tuple(words)
