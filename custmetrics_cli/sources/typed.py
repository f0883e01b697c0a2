"""From the texts of a column to its numbers: each distinct text is read once, and looked up for every row.

Days, plans and prices repeat: reading them once each is ten times as quick as reading every cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from custmetrics_cli.columns import Column, Reading

if TYPE_CHECKING:
    from custmetrics_cli.tables import Column as Declared

    Array = np.ndarray[Any, Any]

BLANKS = " \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"


@dataclass(frozen=True)
class Coded:
    """A column of texts: the distinct ones, stripped, and for every row which of them it holds."""

    words: pa.StringArray
    codes: Array

    @property
    def empty(self) -> Array:
        """Of each word, whether it is empty."""
        return np.asarray(pc.equal(pc.binary_length(self.words), 0))


def coded(column: pa.ChunkedArray) -> Coded:
    """A column of dictionary<int32, string>, stripped."""
    whole = column.unify_dictionaries().combine_chunks()
    return Coded(stripped(whole.dictionary), whole.indices.to_numpy(zero_copy_only=False))


def stripped(texts: pa.StringArray) -> pa.StringArray:
    """Without the spaces of any sort around them."""
    return pc.utf8_trim(texts, characters=BLANKS)


def blank(ids: pa.ChunkedArray) -> Array:
    """Of each id, whether it is empty or spaces only. Ids are not stripped: ' 7' is another customer than '7'."""
    nothing = pc.or_(pc.equal(pc.binary_length(ids), 0), pc.utf8_is_space(ids))
    return np.asarray(nothing)


def numbers(declared: Declared, cells: Coded, reading: Reading) -> Column:
    """The numbers of a column, and which cells could be read; an empty cell takes the declared number, where it may be empty."""
    empty = cells.empty
    values = np.full(len(cells.words), declared.empty, np.int64)
    ok = np.full(len(cells.words), not declared.required)
    if not empty.all():
        filled = np.flatnonzero(~empty)
        read = declared.kind.column(cells.words.take(pa.array(filled)) if empty.any() else cells.words, reading)
        values[filled] = np.where(read.ok, read.values, declared.empty)
        ok[filled] = read.ok
    return Column(values[cells.codes], ok if ok.all() else ok[cells.codes])
