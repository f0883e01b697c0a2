"""Rows sorted by a whole number, in little memory: they wait in a file, in pieces of near numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

TOGETHER = 100  # pieces that are read at a time
MOST = 1 << 20  # rows of pieces that are sorted at once
WAITING = pa.ipc.IpcWriteOptions(compression="lz4")


class SortedRows:
    """Tables with the same columns. Equal numbers keep the order in which their rows were added."""

    def __init__(self, path: Path, key: str, span: int) -> None:
        """key: the column of the numbers. span: numbers that are near. path: a new private file."""
        self._path, self._key, self._span = path, key, span
        self._sink: Any = None
        self._pieces: list[tuple[int, int]] = []  # number of a span, number of the piece
        self.rows = 0

    def add(self, rows: pa.Table) -> None:
        """Append rows."""
        if not rows.num_rows:
            return
        if self._sink is None:
            self._schema = rows.schema
            self._sink = pa.ipc.new_file(str(self._path), rows.schema, options=WAITING)
        keys = _numbers(rows, self._key)
        order = np.argsort(keys, kind="stable")
        keys, rows = keys[order] // self._span, rows.take(pa.array(order)).combine_chunks()
        begins = np.flatnonzero(np.diff(keys, prepend=keys[0] - 1))
        for begin, end in zip(begins, [*begins[1:], len(keys)], strict=True):
            for batch in rows.slice(begin, end - begin).to_batches():
                self._pieces.append((int(keys[begin]), len(self._pieces)))
                self._sink.write_batch(batch)
        self.rows += len(keys)

    def columns(self, *names: str) -> Iterator[pa.Table]:
        """Yield some columns of the rows, in any order, without reading the others."""
        if self._sink is None:
            return
        self._close()
        fields = [self._schema.get_field_index(name) for name in names]
        with pa.OSFile(str(self._path)) as source, pa.ipc.open_file(source, options=pa.ipc.IpcReadOptions(included_fields=fields)) as file:
            for first in range(0, len(self._pieces), TOGETHER):
                pieces = range(first, min(first + TOGETHER, len(self._pieces)))
                yield pa.Table.from_batches([file.get_batch(piece) for piece in pieces])

    def tables(self) -> Iterator[pa.Table]:
        """Yield the rows in order."""
        if self._sink is None:
            return
        self._close()
        with pa.OSFile(str(self._path)) as source, pa.ipc.open_file(source) as file:
            for _, pieces in groupby(sorted(self._pieces), key=lambda piece: piece[0]):
                yield from self._in_order(file, [number for _, number in pieces])

    def _in_order(self, file: Any, pieces: list[int]) -> Iterator[pa.Table]:
        """Yield the rows of the pieces of one span. Too many rows to sort at once are read once for each number."""
        batches, rows = [], 0
        for number in pieces:
            batches.append(file.get_batch(number))
            rows += batches[-1].num_rows
            if rows > MOST:
                break
        else:
            table = pa.Table.from_batches(batches)
            yield table.take(pa.array(np.argsort(_numbers(table, self._key), kind="stable")))
            return
        batches.clear()
        numbers = sorted({int(each) for piece in pieces for each in np.unique(_numbers(file.get_batch(piece), self._key))})
        for number in numbers:
            for piece in pieces:
                table = pa.Table.from_batches([file.get_batch(piece)])
                yield table.filter(pa.array(_numbers(table, self._key) == number))

    def _close(self) -> None:
        if self._sink is not None:
            self._sink.close()

    def __enter__(self) -> SortedRows:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with suppress(OSError, pa.ArrowException):
            self._close()
        self._path.unlink(missing_ok=True)


def _numbers(rows: pa.Table | pa.RecordBatch, key: str) -> Array:
    column = rows.column(key)
    numbers: Array = column.to_numpy() if isinstance(column, pa.ChunkedArray) else column.to_numpy(zero_copy_only=False)
    return numbers
