"""Columns whose cell is looked for elsewhere when it is empty: an e-mail where the id is missing, a heading that stands twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.ingest.parse.csv_slices import CsvPart
from custmetrics_cli.ingest.parse.distinct import has_text, stripped
from custmetrics_cli.ingest.parse.preset_words import says_nothing

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]


def fill_from_fallbacks(texts: pa.Table, part: CsvPart, layout: Layout) -> pa.Table:
    """One column for each that is read, without those that only stand in for it."""
    if not part.fallbacks:
        return texts
    others = {other for each in part.fallbacks.values() for other in each}
    return pa.table({name: _first(texts, name, part, layout) for name in texts.column_names if name not in others})


def count_filled(texts: pa.Table, part: CsvPart, layout: Layout, name: str) -> int:
    """Rows whose cell in a column is another's."""
    if name not in part.fallbacks:
        return 0
    return int((~has_text(texts.column(name)) & has_text(_first(texts, name, part, layout))).sum())


def _first(texts: pa.Table, name: str, part: CsvPart, layout: Layout) -> pa.ChunkedArray:
    """The first cell that says something."""
    column = texts.column(name)
    for other in part.fallbacks.get(name, ()):
        there = _says(column, name, layout)
        if there.all():
            break
        column = _either(there, column, texts.column(other))
    return column


def _says(column: pa.ChunkedArray, name: str, layout: Layout) -> Array:
    """Of each cell, whether it says something; ids may say anything, other columns have words for nothing."""
    if not pa.types.is_dictionary(column.type):
        return has_text(column)
    chunks = [(stripped(chunk.dictionary).to_pylist(), chunk.indices.to_numpy(zero_copy_only=False)) for chunk in column.chunks]
    there = [np.array([not says_nothing(word, name, layout) for word in words], bool)[codes] for words, codes in chunks]
    return np.concatenate([np.zeros(0, bool), *there])


def _either(there: Array, column: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.ChunkedArray:
    first, second = (each.cast(pa.string()).combine_chunks() for each in (column, other))
    found = pc.if_else(pa.array(there), first, second)
    return pa.chunked_array([found.dictionary_encode().cast(column.type) if pa.types.is_dictionary(column.type) else found])
