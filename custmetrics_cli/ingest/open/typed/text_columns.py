"""Columns of typed values as columns that the CSV writer writes exactly, and in a form that can be read in one way only."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.types as types

from custmetrics_cli.ingest.model import RefusedCell
from custmetrics_cli.ingest.open.sheet import binary_cell

THREE_DECIMALS = r"^-?\d+\.\d{3}$"  # they could also be thousands, where the decimal mark is a comma
LINE_END = r"\r\n|\r|\n"
BLOB = "(binary data)"
HINT = "leave the column out, or convert it to text"
SECONDS_OF_DAY = 86_400


def flat(batch: pa.RecordBatch | pa.Table) -> pa.Table:
    """Return a table with the fields of nested columns as columns of their own: customer.email."""
    table = pa.Table.from_batches([batch]) if isinstance(batch, pa.RecordBatch) else batch
    while any(types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    return table


class TextColumns:
    """Converts columns of Parquet files to columns of exact texts. Several threads may use it."""

    def __init__(self, days: Collection[str], constants: Mapping[str, str] = {}) -> None:
        """days: columns of timestamps that hold days. constants: further columns."""
        self._days, self._constants = days, constants
        self.refused: list[RefusedCell] = []

    def csv(self, batch: pa.RecordBatch | pa.Table, row: int) -> bytes:
        """Return the rows of a batch as CSV. row: the number of the first. Quotes slow down reading: they are written only if needed."""
        table = flat(batch)
        columns = [self.column(table.column(at), at, name, row) for at, name in enumerate(table.column_names)]
        columns += [pa.chunked_array([pa.repeat(value, table.num_rows)]) for value in self._constants.values()]
        texts = pa.table(columns, names=[str(at) for at in range(len(columns))])
        try:
            return _csv(texts, "none")
        except pa.ArrowInvalid:
            return _csv(texts, "needed")

    def column(self, column: pa.ChunkedArray, at: int, name: str, row: int) -> pa.ChunkedArray:
        """Return a column that the CSV writer writes exactly. at: its position; row: the number of the first row."""
        kind = column.type
        if types.is_dictionary(kind):
            return self.column(column.cast(kind.value_type), at, name, row)
        if types.is_floating(kind):
            return _floats(column.cast(pa.float32()) if types.is_float16(kind) else column)
        if types.is_decimal(kind):
            return _decimals(column)
        if types.is_timestamp(kind):
            return column.cast(pa.date32()) if name in self._days else _moments(column)
        if types.is_binary(kind) or types.is_large_binary(kind) or types.is_fixed_size_binary(kind):
            return self._binary(column, at, row)
        if types.is_nested(kind):
            return _texts_of(column, lambda value: json.dumps(value, ensure_ascii=False, default=str))
        if types.is_string(kind) or types.is_large_string(kind):
            return _one_line(column)
        is_plain = types.is_integer(kind) or types.is_boolean(kind) or types.is_date(kind) or types.is_time(kind) or types.is_null(kind)
        return column if is_plain else _texts_of(column, str)

    def _binary(self, column: pa.ChunkedArray, at: int, row: int) -> pa.ChunkedArray:
        """Return binary data as text: many programs write text without its type. Refuse data that is not text."""
        if types.is_fixed_size_binary(column.type) and column.type.byte_width == 16:
            return _texts_of(column, lambda value: str(UUID(bytes=value)))
        try:
            return _one_line(column.cast(pa.string()))
        except pa.ArrowInvalid:
            self.refused.append(binary_cell(row, at + 1, HINT))
            return _texts_of(column, lambda _: BLOB)


def _csv(texts: pa.Table, quoting: str) -> bytes:
    sink = pa.BufferOutputStream()
    pa.csv.write_csv(texts, sink, pa.csv.WriteOptions(include_header=False, quoting_style=quoting))
    data: bytes = sink.getvalue().to_pybytes()
    return data


def are_midnights(batch: pa.RecordBatch) -> bool:
    """Return whether every timestamp in the first column is midnight."""
    moments = batch.column(0).cast(pa.timestamp("us")).cast(pa.int64()).drop_null().to_numpy(zero_copy_only=False)
    return not (moments % (SECONDS_OF_DAY * 1_000_000)).any()


def _floats(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return numbers of which none has exactly three decimals."""
    values = column.drop_null().to_numpy().astype(float)
    with np.errstate(invalid="ignore"):
        thousandths = values * 1000
        has_three = (np.abs(thousandths - np.rint(thousandths)) < 1e-6) & (np.abs(values * 100 - np.rint(values * 100)) > 1e-6)
    return _longer(column.cast(pa.string())) if has_three.any() else column


def _decimals(column: pa.ChunkedArray) -> pa.ChunkedArray:
    texts = column.cast(pa.string())
    return _longer(texts) if column.type.scale == 3 else texts


def _longer(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Add a zero to three decimals."""
    return pc.if_else(pc.match_substring_regex(texts, THREE_DECIMALS), pc.binary_join_element_wise(texts, "0", ""), texts)


def _moments(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return timestamps in whole seconds, in UTC if they have a time zone."""
    return column.cast(pa.timestamp("s", "UTC" if column.type.tz else None), safe=False)


def _one_line(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.replace_substring_regex(texts, LINE_END, " ") if any(map(_has_line_end, texts.chunks)) else texts


def _has_line_end(texts: pa.Array) -> bool:
    """Look at all bytes at once: ten times as fast as to look at each text."""
    data = texts.buffers()[2]
    letters = np.frombuffer(data or b"", np.uint8)
    return bool((letters == 10).any() or (letters == 13).any())


def _texts_of(column: pa.ChunkedArray, text: Any) -> pa.ChunkedArray:
    """Return texts made one by one, for types that are rare."""
    return pa.chunked_array([pa.array([None if value is None else text(value) for value in column.to_pylist()], pa.string())])
