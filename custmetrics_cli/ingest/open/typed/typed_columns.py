"""Typed columns as the CSV parser returns columns: days, ids, or distinct texts with their codes. Each distinct value is converted once."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from custmetrics_cli.ingest.open.typed.text_columns import TextColumns
from custmetrics_cli.ingest.typed_rows import NotText, TypedSlice

LAST_DAY = 2_932_896  # 9999-12-31, the last one that is written with four digits
FIRST_DAY = -719_162  # 0001-01-01


class TypedColumns:
    """The columns of one slice."""

    def __init__(self, part: TypedSlice, convert: TextColumns, names: tuple[str, ...]) -> None:
        self._part, self._convert, self._names = part, convert, names

    def read(self, at: int, type_: pa.DataType, may_be_days: bool) -> pa.ChunkedArray:
        """Return a column of the type; of ISO_DAY if it may hold days, and all of them are some. Raises NotText."""
        column = self._part.columns[at]
        if pa.types.is_timestamp(column.type):
            column = self._convert.column(column, at, self._names[at], self._part.row + 1)
        if may_be_days and pa.types.is_date32(column.type) and _has_four_digits(column):
            return column
        if not pa.types.is_dictionary(type_):
            return self._texts(column, at)
        encoded = column if pa.types.is_dictionary(column.type) else _encoded(column)
        return pa.chunked_array([self._words(chunk, at, type_) for chunk in encoded.chunks], type_)

    def _words(self, column: pa.DictionaryArray, at: int, type_: pa.DataType) -> pa.DictionaryArray:
        """Return the column with its distinct values as texts, and null as an empty one."""
        words = self._texts(pa.chunked_array([column.dictionary]), at).combine_chunks()
        indices = column.indices.cast(pa.int32())
        if indices.null_count:
            indices = indices.fill_null(len(words))
            words = pa.concat_arrays([words, pa.array([""], pa.string())])
        return pa.DictionaryArray.from_arrays(indices, words)

    def _texts(self, column: pa.ChunkedArray, at: int) -> pa.ChunkedArray:
        try:
            texts = self._convert.column(column, at, self._names[at], self._part.row + 1).cast(pa.string())
        except pa.ArrowInvalid as error:
            raise NotText(str(error)) from None
        if self._convert.refused:
            raise NotText("binary data")
        return texts.fill_null("") if texts.null_count else texts


def _encoded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Encode a column by its distinct values. Types that cannot be encoded are rare."""
    try:
        return column.dictionary_encode()
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        return pa.chunked_array([pa.DictionaryArray.from_arrays(pa.array(range(len(chunk)), pa.int32()), chunk) for chunk in column.chunks])


def _has_four_digits(days: pa.ChunkedArray) -> bool:
    first, last = (side.as_py() for side in pc.min_max(days.cast(pa.int32())).values())
    return first is None or (first >= FIRST_DAY and last <= LAST_DAY)
