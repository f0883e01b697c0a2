"""Read a stored part in chunks, as an engine takes them. Nothing is parsed or checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from custmetrics_cli.engines.chunk import Chunk, CodedWords, TableSpec
from custmetrics_cli.engines.stored.money import from_decimals
from custmetrics_cli.engines.stored.part import DAY, KEY, MONEY, NUMBER, SKIPPED_BY, StoredColumn, StoredPart

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

ROWS = 245_760  # of a chunk: those of a row group
NO_WORD = pa.array([""])


Keys = dict[str, dict[str, int]]  # column of the frame -> text of a key -> its number


def chunks(part: StoredPart, table: TableSpec, keys: Keys) -> Iterator[Chunk]:
    """Yield the rows of a part, with the columns that a table needs. keys: the numbers given so far."""
    wanted = {key: part.columns[key] for key in ("id", *table.numbers, *table.words) if key in part.columns}
    names = [*dict.fromkeys(column.name for column in wanted.values()), *([SKIPPED_BY] if part.skip_rules else [])]
    ids = wanted["id"].name if "id" in wanted else ""
    words = [column.name for column in wanted.values() if column.kind not in (DAY, MONEY, NUMBER) and column.name != ids]
    with pq.ParquetFile(part.path, read_dictionary=words, page_checksum_verification=True) as file:
        for batch in file.iter_batches(ROWS, columns=names) if names else _empty_batches(part.rows):
            rows = pa.Table.from_batches([batch])
            yield _chunk(_kept(rows, part) if part.skip_rules else rows, part, table, keys)


def _empty_batches(rows: int) -> Iterator[pa.RecordBatch]:
    """Yield batches without a column that is read: only their rows count."""
    for begin in range(0, rows, ROWS):
        yield pa.RecordBatch.from_arrays([pa.nulls(min(ROWS, rows - begin))], ["nothing"])


def _kept(rows: pa.Table, part: StoredPart) -> pa.Table:
    return rows.filter(pc.is_in(rows.column(SKIPPED_BY), pa.array([*part.skip_rules], pa.int64())))


def _chunk(rows: pa.Table, part: StoredPart, table: TableSpec, keys: Keys) -> Chunk:
    count = rows.num_rows
    ids = _ids(rows, part.columns.get("id"))
    numbers = {name: _numbers(rows, part, name, keys).astype(table.dtype(name), copy=False) for name in table.numbers}
    return Chunk(count, ids, None, numbers, {name: _words(rows, part.columns.get(name)) for name in table.words})


def _ids(rows: pa.Table, column: StoredColumn | None) -> pa.ChunkedArray:
    if column is None:
        return pa.chunked_array([pa.repeat("", rows.num_rows)])
    ids = rows.column(column.name)
    return ids.fill_null("") if ids.null_count else ids


def _numbers(rows: pa.Table, part: StoredPart, name: str, keys: Keys) -> Array:
    column = part.columns.get(name)
    if column is None:
        return np.full(rows.num_rows, part.numbers[name], np.int64)
    if column.kind == KEY:
        return _key_numbers(_words(rows, column), keys.setdefault(name, {"": 0}))
    values = rows.column(column.name)
    if column.kind == MONEY:
        return np.concatenate([np.zeros(0, np.int64), *(from_decimals(each, column.places) for each in values.chunks)])
    numbers: Array = values.cast(pa.int32() if column.kind == DAY else pa.int64()).fill_null(column.empty).to_numpy()
    return numbers + part.added[name] if part.added.get(name) else numbers


def _key_numbers(texts: CodedWords, known: dict[str, int]) -> Array:
    """Return the number of each row's text. New texts get new numbers."""
    words = texts.words.to_pylist()
    numbers = np.fromiter((known.setdefault(word, len(known)) for word in words), np.int64, len(words))
    return numbers[texts.codes]


def _words(rows: pa.Table, column: StoredColumn | None) -> CodedWords:
    if column is None:
        return CodedWords(NO_WORD, np.zeros(rows.num_rows, np.int32))
    texts = rows.column(column.name).unify_dictionaries().combine_chunks()
    texts = texts if pa.types.is_dictionary(texts.type) else texts.dictionary_encode()
    words = pa.concat_arrays([texts.dictionary.cast(pa.string()), NO_WORD])
    return CodedWords(words, texts.indices.fill_null(len(words) - 1).to_numpy(zero_copy_only=False).astype(np.int32, copy=False))
