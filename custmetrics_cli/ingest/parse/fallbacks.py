"""Fill empty cells from fallback columns: an e-mail where the id is missing, or a second column with the same header."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from custmetrics_cli.columns.text import ID
from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.ingest.parse.csv_slices import CsvPart
from custmetrics_cli.ingest.parse.customer_ids import name_nobody
from custmetrics_cli.ingest.parse.distinct import has_text, stripped
from custmetrics_cli.ingest.parse.preset_words import is_empty

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]


def fill_from_fallbacks(texts: pa.Table, part: CsvPart, layout: Layout) -> pa.Table:
    """Return the columns with their empty cells filled, without the columns that are only fallbacks."""
    if not part.fallbacks:
        return texts
    fallbacks = {key for keys in part.fallbacks.values() for key in keys}
    return pa.table({key: _filled(texts, key, part, layout) for key in texts.column_names if key not in fallbacks})


def count_filled(texts: pa.Table, part: CsvPart, layout: Layout, key: str) -> int:
    """Count the rows whose cell in a column is filled from a fallback."""
    if key not in part.fallbacks:
        return 0
    lacks_value = ~_has_value(texts.column(key), key, layout)
    return int((lacks_value & _has_value(_filled(texts, key, part, layout), key, layout)).sum()) if lacks_value.any() else 0


def _filled(texts: pa.Table, key: str, part: CsvPart, layout: Layout) -> pa.ChunkedArray:
    """Return the first cell of each row that is not empty, from the column and its fallbacks in order."""
    column = texts.column(key)
    for fallback in part.fallbacks.get(key, ()):
        has_value = _has_value(column, key, layout)
        if has_value.all():
            break
        column = _either(has_value, column, texts.column(fallback))
    if key in part.fallbacks and not (is_filled := has_text(column)).all():
        column = _either(is_filled, column, texts.column(key))  # a word for nobody is more than no text
    return column


def _has_value(column: pa.ChunkedArray, key: str, layout: Layout) -> Array:
    """Return True for each cell with a value. Every text is a valid id; in other columns, n/a is empty."""
    declared = layout.table.by_name.get(key)
    if declared and declared.kind is ID:
        is_somebody: np.ndarray[Any, Any] = has_text(column) & (name_nobody(column, declared) == 0)
        return is_somebody
    if not pa.types.is_dictionary(column.type):
        return has_text(column)
    chunks = [(stripped(chunk.dictionary).to_pylist(), chunk.indices.to_numpy(zero_copy_only=False)) for chunk in column.chunks]
    has_value = [np.array([not is_empty(word, key, layout) for word in words], bool)[codes] for words, codes in chunks]
    return np.concatenate([np.zeros(0, bool), *has_value])


def _either(has_value: Array, column: pa.ChunkedArray, fallback: pa.ChunkedArray) -> pa.ChunkedArray:
    first, second = (each.cast(pa.string()).combine_chunks() for each in (column, fallback))
    texts = pc.if_else(pa.array(has_value), first, second)
    return pa.chunked_array([texts.dictionary_encode().cast(column.type) if pa.types.is_dictionary(column.type) else texts])
