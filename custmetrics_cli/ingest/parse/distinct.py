"""From the texts of a column to its numbers: each distinct text is read once, and looked up for every row.

Days, plans and prices repeat: reading them once each is ten times as quick as reading every cell. Plain days are known before: of
these all texts of a span are made and read once, for whatever slices hold days of it.
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
from custmetrics_cli.core.calendar import FIRST_YEAR, LAST_YEAR, day_number

if TYPE_CHECKING:
    from custmetrics_cli.tables import Column as Declared

    Array = np.ndarray[Any, Any]

Tallying = Callable[[pa.StringArray], FormatEvidence]
MOST_DAYS = 1 << 14  # between the first and the last of a slice: of these all texts are made, whether they are there or not
KEPT = 32  # columns of days, in spans and readings: more than any table has
ROUND = 1 << 10  # days: so many begin and end together, so that slices mostly have the same
FIRST, AFTER = day_number(dt.date(FIRST_YEAR, 1, 1)), day_number(dt.date(LAST_YEAR, 12, 31)) + 1  # of what can be read


class Days(NamedTuple):
    """All days from the first until the end, excluded; and where some cell is empty, an empty text after them."""

    first: int
    end: int
    empty: bool


class DistinctTexts(NamedTuple):
    """A column of texts: the distinct ones, stripped, and for every row which of them it holds. days: of what the words are all days."""

    words: pa.StringArray
    codes: Array
    days: Days | None = None

    def replace_words(self, words: pa.StringArray) -> DistinctTexts:
        return self if words is self.words else DistinctTexts(words, self.codes)

    @property
    def filled(self) -> pa.BooleanArray:
        """Of each word, whether it says anything."""
        return _filled(self.words)


def _filled(words: pa.StringArray) -> pa.BooleanArray:
    return pc.greater(pc.binary_length(words), 0)


def encode(column: pa.ChunkedArray) -> DistinctTexts:
    """A column of dictionary<int32, string>, stripped, or of days, where null is an empty text."""
    if pa.types.is_date32(column.type):
        return _coded_days(column.cast(pa.int32()).combine_chunks())
    whole = column.unify_dictionaries().combine_chunks()
    return DistinctTexts(stripped(whole.dictionary), whole.indices.to_numpy(zero_copy_only=False))


def _coded_days(days: pa.Int32Array) -> DistinctTexts:
    """The words are those of all days of a span where this is short: then a day is its own code."""
    first, last = (side.as_py() or 0 for side in pc.min_max(days).values())
    empty = days.null_count > 0
    if last - first < MOST_DAYS:
        span = Days(*_around(first, last), empty)
        return DistinctTexts(_words(span), days.fill_null(span.end).to_numpy(zero_copy_only=False) - np.int32(span.first), span)
    found = days.dictionary_encode()
    return DistinctTexts(_texts(found.dictionary, empty), found.indices.fill_null(len(found.dictionary)).to_numpy(zero_copy_only=False))


def _around(first: int, last: int) -> tuple[int, int]:
    """Whole rounds, as far as days can be read."""
    begin, end = first - first % ROUND, last - last % ROUND + ROUND
    return max(begin, min(first, FIRST)), min(end, max(last + 1, AFTER))


@lru_cache(KEPT)
def _words(span: Days) -> pa.StringArray:
    return _texts(pa.array(np.arange(span.first, span.end, dtype=np.int32)), span.empty)


def _texts(days: pa.Int32Array, empty: bool) -> pa.StringArray:
    words = days.cast(pa.date32()).cast(pa.string())
    return pa.concat_arrays([words, pa.array([""])]) if empty else words


def stripped(texts: pa.StringArray) -> pa.StringArray:
    """Without the spaces of any sort around them."""
    return pc.utf8_trim(texts, characters=BLANKS)


def has_text(ids: pa.ChunkedArray) -> Array:
    """Of each id, whether it says anything. Ids are not stripped: ' 7' is another customer than '7'."""
    texts = ids.cast(pa.string())
    if all(map(_plainly, texts.chunks)):
        return np.ones(len(texts), bool)
    return ~np.asarray(pc.or_(pc.equal(pc.binary_length(texts), 0), pc.utf8_is_space(texts)))


def blank_to_empty(ids: pa.ChunkedArray, named: Array) -> pa.ChunkedArray:
    """The ids, '' where they say nothing: a space is nobody's id."""
    return pa.chunked_array([pc.if_else(pa.array(named), ids.cast(pa.string()).combine_chunks(), "")])


def _plainly(texts: pa.StringArray) -> bool:
    """Whether each text says something, as is seen without a look at every one: none is empty, and no byte can be of a space."""
    if not len(texts):
        return True
    _, ends, data = texts.buffers()
    edges = np.frombuffer(ends, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    letters = np.frombuffer(data or b"", np.uint8)[edges[0] : edges[-1]]
    return bool((edges[1:] > edges[:-1]).all() and ((letters > ord(" ")) & (letters < 128)).all())


def to_numbers(declared: Declared, cells: DistinctTexts, format: ColumnFormat) -> ParsedColumn:
    """The numbers of a column, and which cells could be read; an empty cell takes the declared number, where it may be empty."""
    read = _read_days(declared, cells.days, format) if cells.days else _read(declared, cells.words, format)
    there = np.broadcast_to(np.True_, cells.codes.shape) if read.ok.all() else read.ok[cells.codes]
    return ParsedColumn(read.values[cells.codes], there)


def _read(declared: Declared, words: pa.StringArray, format: ColumnFormat) -> ParsedColumn:
    """The words of a column."""
    filled = np.asarray(_filled(words))
    values = np.full(len(filled), declared.empty, np.int64)
    ok = np.full(len(filled), not declared.never_empty)
    if filled.any():
        read = declared.kind.read_column(words.filter(_filled(words)), format)
        values[filled] = np.where(read.ok, read.values, declared.empty)
        ok[filled] = read.ok
    return ParsedColumn(values, ok)


@lru_cache(KEPT)
def _read_days(declared: Declared, span: Days, format: ColumnFormat) -> ParsedColumn:
    return _read(declared, _words(span), format)


def gather_evidence(tally: Tallying, cells: DistinctTexts) -> FormatEvidence:
    """What the words of a column say of how it is to be read."""
    return _evidence_of_days(tally, cells.days) if cells.days else _evidence(tally, cells.words)


def _evidence(tally: Tallying, words: pa.StringArray) -> FormatEvidence:
    return tally(words.filter(_filled(words)))


@lru_cache(KEPT)
def _evidence_of_days(tally: Tallying, span: Days) -> FormatEvidence:
    return _evidence(tally, _words(span))
