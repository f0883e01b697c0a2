"""From the texts of a column to its numbers: each distinct text is read once, and looked up for every row.

Days, plans and prices repeat: to read each once is ten times as fast as to read every cell. A column of ISO days has its texts as days
already: all days of a span are made into texts and read once, for all slices that hold days of the span.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from custmetrics_cli.columns import ColumnFormat, FormatEvidence, ParsedColumn
from custmetrics_cli.columns.text import BLANKS
from custmetrics_cli.core.time.calendar import FIRST_YEAR, LAST_YEAR, day_number
from custmetrics_cli.tables import Column

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

Gather = Callable[[pa.StringArray], FormatEvidence]
LONGEST_SPAN = 1 << 14  # days from the first to the last of a slice: all of them are made into texts, in use or not
CACHED = 32  # columns of days, by span and format: more than any table has
ROUNDED = 1 << 10  # days: spans are rounded to these, so that most slices have the same one
FIRST, END = day_number(dt.date(FIRST_YEAR, 1, 1)), day_number(dt.date(LAST_YEAR, 12, 31)) + 1  # days that can be read


class DaySpan(NamedTuple):
    """All days from the first to the end, which is excluded. has_empty: followed by an empty text."""

    first: int
    end: int
    has_empty: bool


class DistinctTexts(NamedTuple):
    """A column of texts: the distinct ones, stripped, and for each row the position of its text."""

    words: pa.StringArray
    codes: Array
    days: DaySpan | None = None  # the words are the days of this span

    def replace_words(self, words: pa.StringArray) -> DistinctTexts:
        return self if words is self.words else DistinctTexts(words, self.codes)

    @property
    def filled(self) -> pa.BooleanArray:
        """True for each word that is not empty."""
        return _filled(self.words)


def _filled(words: pa.StringArray) -> pa.BooleanArray:
    return pc.greater(pc.binary_length(words), 0)


def encode(column: pa.ChunkedArray) -> DistinctTexts:
    """Encode a column of REPEATED_TEXT, or of ISO_DAY, where null is an empty text."""
    if pa.types.is_date32(column.type):
        return _encode_days(column.cast(pa.int32()).combine_chunks())
    texts = column.unify_dictionaries().combine_chunks()
    return DistinctTexts(stripped(texts.dictionary), texts.indices.to_numpy(zero_copy_only=False))


def _encode_days(days: pa.Int32Array) -> DistinctTexts:
    """Encode days by their position in a span, where it is short; else like texts."""
    first, last = (side.as_py() or 0 for side in pc.min_max(days).values())
    has_empty = days.null_count > 0
    if last - first < LONGEST_SPAN:
        span = DaySpan(*_rounded(first, last), has_empty)
        codes = days.fill_null(span.end).to_numpy(zero_copy_only=False) - np.int32(span.first)
        return DistinctTexts(_words_of(span), codes, span)
    distinct = days.dictionary_encode()
    codes = distinct.indices.fill_null(len(distinct.dictionary)).to_numpy(zero_copy_only=False)
    return DistinctTexts(_texts_of(distinct.dictionary, has_empty), codes)


def _rounded(first: int, last: int) -> tuple[int, int]:
    """Extend a span to rounded days, but not beyond the days that can be read."""
    begin, end = first - first % ROUNDED, last - last % ROUNDED + ROUNDED
    return max(begin, min(first, FIRST)), min(end, max(last + 1, END))


@lru_cache(CACHED)
def _words_of(span: DaySpan) -> pa.StringArray:
    return _texts_of(pa.array(np.arange(span.first, span.end, dtype=np.int32)), span.has_empty)


def _texts_of(days: pa.Int32Array, has_empty: bool) -> pa.StringArray:
    texts = days.cast(pa.date32()).cast(pa.string())
    return pa.concat_arrays([texts, pa.array([""])]) if has_empty else texts


def stripped(texts: pa.StringArray) -> pa.StringArray:
    """Return texts without the space around them."""
    return pc.utf8_trim(texts, characters=BLANKS)


def has_text(ids: pa.ChunkedArray) -> Array:
    """Return True for each id that is not blank. Ids are not stripped: ' 7' is another customer than '7'."""
    texts = ids.cast(pa.string())
    if all(map(_certainly_have_text, texts.chunks)):
        return np.ones(len(texts), bool)
    return ~np.asarray(pc.or_(pc.equal(pc.binary_length(texts), 0), pc.utf8_is_space(texts)))


def blank_to_empty(ids: pa.ChunkedArray, is_known: Array) -> pa.ChunkedArray:
    """Return the ids, '' where they are blank."""
    return pa.chunked_array([pc.if_else(pa.array(is_known), ids.cast(pa.string()).combine_chunks(), "")])


def _certainly_have_text(texts: pa.StringArray) -> bool:
    """Return True if no text is empty and no byte can belong to a space: a fast check of all texts at once."""
    if not len(texts):
        return True
    _, offsets, data = texts.buffers()
    edges = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    letters = np.frombuffer(data or b"", np.uint8)[edges[0] : edges[-1]]
    return bool((edges[1:] > edges[:-1]).all() and ((letters > ord(" ")) & (letters < 128)).all())


def to_numbers(column: Column, cells: DistinctTexts, format: ColumnFormat) -> ParsedColumn:
    """Return the numbers of a column, and which cells could be read.

    An empty cell has the number that the column declares; where the column must not be empty, it could not be read.
    """
    words = _read_days(column, cells.days, format) if cells.days else _read(column, cells.words, format)
    ok = np.broadcast_to(np.True_, cells.codes.shape) if words.ok.all() else words.ok[cells.codes]
    return ParsedColumn(words.values[cells.codes], ok, None if words.rests is None else words.rests[cells.codes])


def _read(column: Column, words: pa.StringArray, format: ColumnFormat) -> ParsedColumn:
    filled = np.asarray(_filled(words))
    values = np.full(len(filled), column.empty, np.int64)
    ok, rests = np.full(len(filled), not column.never_empty), None
    if filled.any():
        read = column.kind.read_column(words.filter(_filled(words)), format)
        values[filled] = np.where(read.ok, read.values, column.empty)
        ok[filled] = read.ok
        if read.rests is not None:
            rests = np.zeros(len(filled), np.int64)
            rests[filled] = read.rests
    return ParsedColumn(values, ok, rests)


@lru_cache(CACHED)
def _read_days(column: Column, span: DaySpan, format: ColumnFormat) -> ParsedColumn:
    return _read(column, _words_of(span), format)


def gather_evidence(gather: Gather, cells: DistinctTexts) -> FormatEvidence:
    """Return the evidence about a column's format in its words."""
    return _evidence_in_days(gather, cells.days) if cells.days else _evidence(gather, cells.words)


def _evidence(gather: Gather, words: pa.StringArray) -> FormatEvidence:
    return gather(words.filter(_filled(words)))


@lru_cache(CACHED)
def _evidence_in_days(gather: Gather, span: DaySpan) -> FormatEvidence:
    return _evidence(gather, _words_of(span))
