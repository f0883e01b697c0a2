"""Read the columns of a Parquet file some rows at a time. Its row groups and pages may be larger than memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from custmetrics_cli.ingest.model import InputFile, RefusedCell
from custmetrics_cli.ingest.open.sheet import damaged_error, write_csv
from custmetrics_cli.ingest.open.typed.text_columns import TextColumns, are_midnights, flat
from custmetrics_cli.ingest.open.typed.typed_columns import TypedColumns
from custmetrics_cli.ingest.open.unpacked_size import written
from custmetrics_cli.ingest.typed_rows import TypedRows, TypedSlice

TITLE = "a Parquet file"
HEAD = 1 << 18  # bytes of CSV by which a table is recognised
ROWS = 1 << 17  # of a slice
FEW, SOME = 16, 1 << 13  # rows that show how long rows are, and that are decoded at once
BYTES = 8 << 20  # of a slice: long texts make it shorter
BUFFER = 1 << 20  # bytes of a column that are read at once: a whole row group may not fit in memory
WORKERS, AHEAD = 2, 4  # threads that write CSV, and batches that wait for them


class ParquetRows(TypedRows):
    """The rows of one Parquet file. constants: columns that its path names."""

    def __init__(self, path: Path, file: InputFile, constants: Mapping[str, str]) -> None:
        self._path, self._file = path, file
        with self.report(), self._open() as table:
            self._schema = table.schema_arrow
            self._fields = [flat(pa.schema([field]).empty_table()).column_names for field in self._schema]
            names = [name for fields in self._fields for name in fields]
            self._constants = {name: value for name, value in constants.items() if name not in names}
            self.names = (*names, *self._constants)
            self.count = table.metadata.num_rows

    def _open(self) -> pq.ParquetFile:
        return pq.ParquetFile(self._path, buffer_size=BUFFER, pre_buffer=False, page_checksum_verification=True)

    @contextmanager
    def report(self) -> Iterator[None]:
        """Turn the errors of the library into E217."""
        try:
            yield
        except (pa.ArrowException, OSError) as error:
            if isinstance(error, OSError) and error.errno:
                raise
            raise damaged_error(self._file, TITLE, error) from None

    @cached_property
    def _days(self) -> frozenset[str]:
        """The columns of timestamps that hold days: every one is midnight. Some programs have no other type for days."""
        names = [field.name for field in self._schema if pa.types.is_timestamp(field.type) and field.type.tz is None]
        return frozenset(name for name in names if self._are_days(name))

    def _are_days(self, name: str) -> bool:
        with self._open() as table:
            return all(map(are_midnights, table.iter_batches(SOME, columns=[name])))

    def write(self, copy: Path) -> tuple[RefusedCell, ...]:
        """Write the rows as CSV, in batches that several threads convert."""
        columns = TextColumns(self._days, self._constants)
        with self.report(), ThreadPoolExecutor(WORKERS) as pool, self._with_header(copy).open("ab") as sink:
            waiting: deque[Future[bytes]] = deque()
            for row, batch in self._batches(None, ROWS):
                waiting.append(pool.submit(columns.csv, batch, row + 1))
                if len(waiting) > AHEAD:
                    written(sink.write(waiting.popleft().result()))
            for each in waiting:
                written(sink.write(each.result()))
        return tuple(sorted(columns.refused))

    def write_head(self, copy: Path) -> int:
        columns, done = TextColumns(self._days, self._constants), 0
        with self.report(), self._open() as table, self._with_header(copy).open("ab") as sink:
            for batch in table.iter_batches(_few(table)):
                written(sink.write(columns.csv(batch, done + 1)))
                done += batch.num_rows
                if sink.tell() > HEAD:
                    break
        return done

    def _with_header(self, copy: Path) -> Path:
        write_csv(copy, [self.names])
        return copy

    def slices(self, positions: Collection[int], in_little: bool = False) -> Iterator[TypedSlice]:
        with self.report():
            for row, batch in self._batches(positions, ROWS // 8 if in_little else ROWS):
                found = dict(zip(self._read_positions(positions), flat(batch).columns, strict=True))
                constants = dict(enumerate(self._constants.values(), len(self.names) - len(self._constants)))
                found |= {at: pa.chunked_array([pa.repeat(constants[at], batch.num_rows)]) for at in positions if at in constants}
                yield TypedSlice(row, found)

    def texts(self, part: TypedSlice, positions: Mapping[str, int], types: Mapping[str, pa.DataType], days: Collection[str]) -> pa.Table:
        columns = TypedColumns(part, TextColumns(self._days), self.names)
        return pa.table({key: columns.read(at, types[key], key in days) for key, at in positions.items()})

    def _batches(self, positions: Collection[int] | None, rows: int) -> Iterator[tuple[int, pa.Table]]:
        """Yield tables of about this many rows or BYTES, with the number of their first row. positions: of columns; None = all."""
        row, parts = 0, list[pa.RecordBatch]()
        names = self._names_to_read(positions)
        with self._open() as table:
            for batch in table.iter_batches(_few(table, names), columns=names):
                parts.append(batch)
                if sum(part.num_rows for part in parts) >= rows or sum(part.nbytes for part in parts) >= BYTES:
                    yield row, pa.Table.from_batches(parts)
                    row += sum(part.num_rows for part in parts)
                    parts = []
        if parts:
            yield row, pa.Table.from_batches(parts)

    def _needed(self, positions: Collection[int] | None) -> list[int]:
        """Return the numbers of the fields to read. Names that are not unique, or look like a path, make it all of them."""
        names, every = self._schema.names, list(range(len(self._schema)))
        if positions is None or len(set(names)) < len(names) or any("." in name for name in names):
            return every
        starts = [sum(map(len, self._fields[:number])) for number in every]
        return [number for number in every if any(0 <= at - starts[number] < len(self._fields[number]) for at in positions)] or every[:1]

    def _names_to_read(self, positions: Collection[int] | None) -> list[str] | None:
        needed = self._needed(positions)
        return None if len(needed) == len(self._schema) else [self._schema.names[number] for number in needed]

    def _read_positions(self, positions: Collection[int]) -> list[int]:
        """Return the positions of the flat columns that are read."""
        starts = [sum(map(len, self._fields[:number])) for number in range(len(self._schema))]
        return [starts[number] + at for number in self._needed(positions) for at in range(len(self._fields[number]))]


def _few(table: pq.ParquetFile, names: list[str] | None = None) -> int:
    """Return how many rows to decode at once. One text that is stored once for all rows may be long."""
    first = next(table.iter_batches(FEW, columns=names), None)
    length = first.nbytes // max(1, first.num_rows) if first else 0
    return max(FEW, min(SOME, BYTES // max(1, length)))
