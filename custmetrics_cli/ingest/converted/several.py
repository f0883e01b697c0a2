"""Find ids that stand in several rows, in little memory: some others may be taken for one, never the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

BITS = 27  # of the hash of an id: of ten million ids, seven in a hundred share one with another
PIECE = 1 << 13  # ids hashed at a time
BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2 ** 64
INVERSE = pow(BASE, -1, 1 << 64)


class SeveralRows:
    """The hashes of ids seen once, and of those seen again, as bits."""

    def __init__(self) -> None:
        self._powers = _Powers()
        self._seen, self._again = (np.zeros(1 << (BITS - 3), np.uint8) for _ in range(2))

    def add(self, ids: pa.ChunkedArray) -> pa.Array:
        """Note the ids of some rows, and return their hashes.

        >>> several = SeveralRows()
        >>> hashes = [several.add(pa.chunked_array([ids])) for ids in (["a", "b"], ["c", "b"], ["d", "d"])]
        >>> [several.are_several(each).tolist() for each in hashes]
        [[False, True], [False, True], [True, True]]
        """
        found = np.concatenate([np.zeros(0, np.uint32), *(self._powers.hashes(chunk) for chunk in _pieces(ids))])
        hashes = np.sort(found)
        _set(self._again, hashes[1:][hashes[1:] == hashes[:-1]])
        _set(self._again, hashes[_are_set(self._seen, hashes)])
        _set(self._seen, hashes)
        return pa.array(found)

    def are_several(self, hashes: pa.Array | pa.ChunkedArray) -> Array:
        """Return True for each id that may stand in several of the rows noted."""
        return _are_set(self._again, np.asarray(hashes, np.uint32))


def _pieces(ids: pa.ChunkedArray) -> Iterator[pa.StringArray]:
    """Yield a few ids at a time, whose numbers stay in a core's own memory."""
    for chunk in ids.chunks:
        yield from (chunk.slice(begin, PIECE) for begin in range(0, len(chunk), PIECE))


class _Powers:
    """Hashes texts by the sum of their bytes times powers of BASE, modulo 2 ** 64."""

    def __init__(self) -> None:
        self._up, self._down = _powers(BASE, 1), _powers(INVERSE, 1)

    def hashes(self, texts: pa.StringArray) -> Array:
        """Return a hash of each text: equal texts have equal ones."""
        if not len(texts):
            return np.zeros(0, np.uint32)
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
        values *= np.uint64(BASE)
        return np.asarray(values >> np.uint64(64 - BITS), np.uint32)


def _powers(base: int, count: int) -> Array:
    powers = np.full(count, base, np.uint64)
    powers[0] = 1
    return np.asarray(np.cumprod(powers, dtype=np.uint64))


def _set(bits: Array, positions: Array) -> None:
    np.bitwise_or.at(bits, positions >> 3, np.uint8(1) << (positions & 7).astype(np.uint8))


def _are_set(bits: Array, positions: Array) -> Array:
    found: Array = (bits[positions >> 3] >> (positions & 7).astype(np.uint8)) & 1 == 1
    return found
