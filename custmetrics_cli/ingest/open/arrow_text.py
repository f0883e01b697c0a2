"""Columns of typed values as columns that the CSV writer writes exactly, and in a form that can be read in one way only."""

from __future__ import annotations

import json
from collections.abc import Mapping
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


def flat(table: pa.Table) -> pa.Table:
    """Return a table with the fields of nested columns as columns of their own: customer.email."""
    while any(types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    return table


class TextColumns:
    """Converts the batches of one Parquet file to CSV. Several threads may use it."""

    def __init__(self, file: Any, constants: Mapping[str, str]) -> None:
        """Read the columns of timestamps: those without a time of day hold days. file: a ParquetFile. constants: further columns."""
        self.constants = constants
        self.refused: list[RefusedCell] = []
        self._days = {name for name in _timestamps(file.schema_arrow) if _are_days(file, name)}

    def csv(self, batch: pa.RecordBatch, row: int) -> bytes:
        """Return the rows of a batch as CSV. row: the number of the first. Quotes slow down reading: they are written only if needed."""
        table = flat(pa.Table.from_batches([batch]))
        columns = [self._column(table.column(at), at, name, row) for at, name in enumerate(table.column_names)]
        columns += [pa.chunked_array([pa.repeat(value, table.num_rows)]) for value in self.constants.values()]
        texts = pa.table(columns, names=[str(at) for at in range(len(columns))])
        try:
            return _csv(texts, "none")
        except pa.ArrowInvalid:
            return _csv(texts, "needed")

    def _column(self, column: pa.ChunkedArray, at: int, name: str, row: int) -> pa.ChunkedArray:
        kind = column.type
        if types.is_dictionary(kind):
            return self._column(column.cast(kind.value_type), at, name, row)
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


def _timestamps(schema: pa.Schema) -> list[str]:
    """Return the columns of timestamps without a time zone."""
    return [field.name for field in schema if types.is_timestamp(field.type) and field.type.tz is None]


def _are_days(file: Any, name: str) -> bool:
    """Return whether every timestamp of a column is midnight. Some programs have no other type for days."""
    for batch in file.iter_batches(columns=[name]):
        seconds = batch.column(0).cast(pa.timestamp("us")).cast(pa.int64()).drop_null().to_numpy(zero_copy_only=False)
        if (seconds % (SECONDS_OF_DAY * 1_000_000)).any():
            return False
    return True


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
    has_line_end = pc.any(pc.match_substring_regex(texts, "[\r\n]")).as_py()
    return pc.replace_substring_regex(texts, LINE_END, " ") if has_line_end else texts


def _texts_of(column: pa.ChunkedArray, text: Any) -> pa.ChunkedArray:
    """Return texts made one by one, for types that are rare."""
    return pa.chunked_array([pa.array([None if value is None else text(value) for value in column.to_pylist()], pa.string())])
