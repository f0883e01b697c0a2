"""Hashes of 64 bits: two different texts have the same one in a table of a million rows with a chance of 1 in 30 million."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

WORD = 8  # bytes that are hashed at once
PRIME = np.uint64(0x9E3779B97F4A7C15)
HALF = np.uint64(32)
EMPTY = np.uint64(0)  # of an empty cell


def mix(hashes: Array, values: Array) -> Array:
    """Return the hashes of rows, to which a value is added."""
    mixed: Array = (hashes ^ values.astype(np.int64).view(np.uint64) if values.dtype != np.uint64 else hashes ^ values) * PRIME
    mixed ^= mixed >> HALF
    return mixed


def are_in(hashes: Array, known: Array) -> Array:
    """Return for each hash whether it is one of the known ones, which are in order."""
    if not len(known):
        return np.zeros(len(hashes), bool)
    found: Array = known[np.minimum(np.searchsorted(known, hashes), len(known) - 1)] == hashes
    return found


def of_texts(texts: pa.ChunkedArray) -> Array:
    """Return the hash of each text. Empty ones have 0."""
    chunks = [_of_dictionary(chunk) if pa.types.is_dictionary(chunk.type) else _of_chunk(chunk) for chunk in _chunks(texts)]
    return np.concatenate(chunks) if chunks else np.zeros(0, np.uint64)


def _chunks(texts: pa.ChunkedArray | pa.Array) -> Iterable[pa.Array]:
    return texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]


def _of_dictionary(chunk: pa.DictionaryArray) -> Array:
    codes = np.asarray(chunk.indices.fill_null(-1))
    hashes: Array = np.append(_of_chunk(chunk.dictionary), EMPTY)[codes]
    return hashes


def _of_chunk(chunk: pa.Array) -> Array:
    """Hash eight bytes of all texts at once."""
    chunk = chunk.cast(pa.large_string()).fill_null("")
    _, offsets, data = chunk.buffers()
    ends = np.frombuffer(offsets, np.int64)[chunk.offset : chunk.offset + len(chunk) + 1]
    begins, lengths = ends[:-1], np.diff(ends)
    longest = int(lengths.max(initial=0))
    if not longest:
        return np.zeros(len(chunk), np.uint64)
    padded = np.concatenate([np.frombuffer(data, np.uint8)[: int(ends[-1])], np.zeros(longest + WORD, np.uint8)])
    at = np.ndarray((len(padded) - WORD + 1,), "<u8", padded, strides=(1,))
    hashes = lengths.astype(np.uint64)
    for begin in range(0, longest, WORD):
        left = np.clip(lengths - begin, 0, WORD)
        word = np.where(left > 0, at[begins + begin] << (8 * (WORD - left) % 64).astype(np.uint64), EMPTY)
        hashes = np.where(left > 0, mix(hashes, word), hashes)
    return hashes
