"""Find and number the ids that are in several rows, in little memory.

The first pass marks bits of hashes: it may take an id of one row for one of several, never the other way round. The second pass
looks at those ids only, and is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

BITS = 27  # of the hash of an id: of ten million ids, seven in a hundred share one with another
MOST = 1 << 22  # rows whose ids are held in memory
PARTITIONS = 8  # of the ids that are compared with their hashes at a time
PIECE = 1 << 13  # ids hashed at a time: their numbers stay in a core's own memory
BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2 ** 64
INVERSE = pow(BASE, -1, 1 << 64)


class SeveralRows:
    """The hashes of ids seen once, and of those seen again, as bits; then the hashes of the ids of several rows."""

    def __init__(self) -> None:
        self._hasher = _Hasher()
        self._seen, self._again = (np.zeros(1 << (BITS - 3), np.uint8) for _ in range(2))
        self._repeated: Array | None = None  # the hashes, in order; None = not known

    def add(self, ids: pa.ChunkedArray) -> None:
        """Note the ids of some rows."""
        hashes = np.sort(self._short(ids))
        _set(self._again, hashes[1:][hashes[1:] == hashes[:-1]])
        _set(self._again, hashes[_are_set(self._seen, hashes)])
        _set(self._seen, hashes)

    def number(self, ids: Iterable[pa.ChunkedArray]) -> bool:
        """Number the ids of several rows. ids: those of all rows. Return False if they are too many."""
        found: list[pa.ChunkedArray] = []
        rows = 0
        for each in ids:
            found.append(each.filter(pa.array(self.are_several(each))))
            rows += len(found[-1])
            if rows > MOST:
                return False
        several = pa.chunked_array([chunk for each in found for chunk in each.chunks], pa.string())
        hashes = self._hasher.hashes(several)
        if not _are_distinct(several, hashes):
            return False
        distinct, counts = np.unique(hashes, return_counts=True)
        self._repeated = distinct[counts > 1]
        return True

    def numbers(self, ids: pa.ChunkedArray) -> Array:
        """Return the number of each id that is in several rows, 0 for the others. Call `number` first.

        >>> several = SeveralRows()
        >>> ids = pa.chunked_array([["a", "b", "c", "b", "c"]])
        >>> several.add(ids)
        >>> several.number([ids]), sorted(several.numbers(ids).tolist())
        (True, [0, 1, 1, 2, 2])
        """
        numbers = np.zeros(len(ids), np.int64)
        if self._repeated is not None and len(self._repeated):
            is_several = self.are_several(ids)
            hashes = self._hasher.hashes(ids.filter(pa.array(is_several)))
            at = np.minimum(np.searchsorted(self._repeated, hashes), len(self._repeated) - 1)
            numbers[is_several] = np.where(self._repeated[at] == hashes, at + 1, 0)
        return numbers

    def are_several(self, ids: pa.ChunkedArray) -> Array:
        """Return True for each id that may be in several of the rows noted."""
        return _are_set(self._again, self._short(ids))

    def _short(self, ids: pa.ChunkedArray) -> Array:
        return np.asarray(self._hasher.hashes(ids) >> np.uint64(64 - BITS), np.uint32)


def _are_distinct(ids: pa.ChunkedArray, hashes: Array) -> bool:
    """Return whether different ids have different hashes: as many of one as of the other."""
    for partition in range(PARTITIONS):
        chosen = hashes % np.uint64(PARTITIONS) == partition
        if pc.count_distinct(ids.filter(pa.array(chosen))).as_py() != len(np.unique(hashes[chosen])):
            return False
    return True


class _Hasher:
    """Hashes texts by the sum of their bytes times powers of BASE, modulo 2 ** 64."""

    def __init__(self) -> None:
        self._up, self._down = _powers(BASE, 1), _powers(INVERSE, 1)

    def hashes(self, texts: pa.ChunkedArray) -> Array:
        """Return a hash of each text: equal texts have equal ones."""
        return np.concatenate([np.zeros(0, np.uint64), *(self._hashes(piece) for piece in _pieces(texts))])

    def _hashes(self, texts: pa.StringArray) -> Array:
        _, offsets, data = texts.buffers()
        edges = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
        letters = np.frombuffer(data or b"", np.uint8)[edges[0] : edges[-1]]
        edges = edges - edges[0]
        if len(letters) >= len(self._up):
            self._up, self._down = _powers(BASE, 2 * len(letters)), _powers(INVERSE, 2 * len(letters))
        sums = np.zeros(len(letters) + 1, np.uint64)
        np.cumsum((letters + np.uint64(1)) * self._up[: len(letters)], out=sums[1:])
        values = (sums[edges[1:]] - sums[edges[:-1]]) * self._down[edges[:-1]]
        values ^= values >> np.uint64(32)
        return np.asarray(values * np.uint64(BASE))


def _pieces(texts: pa.ChunkedArray) -> Iterator[pa.StringArray]:
    """Yield a few texts at a time."""
    for chunk in texts.chunks:
        yield from (chunk.slice(begin, PIECE) for begin in range(0, len(chunk), PIECE))


def _powers(base: int, count: int) -> Array:
    powers = np.full(count, base, np.uint64)
    powers[0] = 1
    return np.asarray(np.cumprod(powers, dtype=np.uint64))


def _set(bits: Array, positions: Array) -> None:
    np.bitwise_or.at(bits, positions >> 3, np.uint8(1) << (positions & 7).astype(np.uint8))


def _are_set(bits: Array, positions: Array) -> Array:
    found: Array = (bits[positions >> 3] >> (positions & 7).astype(np.uint8)) & 1 == 1
    return found
