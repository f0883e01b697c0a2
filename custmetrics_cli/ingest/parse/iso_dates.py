"""Parses the slices of a file, plain days as days: that takes the parser half the time of texts.

Which columns are written so the first slice shows; a column without any day there stays text. Nothing else follows from it: their
texts are known by their days (typed.py), and a slice that holds anything else is parsed again, as text.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from custmetrics_cli.ingest.parse.csv_slices import PLAIN, CsvPart, Refused, parsed

Kinds = Mapping[str, pa.DataType]


class IsoDateParser:
    """kinds: how columns are parsed where nothing is known of them. days: those that may hold plain days."""

    def __init__(self, part: CsvPart, kinds: Kinds, days: Collection[str]) -> None:
        self._feed, self._kinds, self._days = part, kinds, days
        self._plain: Kinds | None = None  # None: no slice was looked at yet

    def parsed(self, data: bytes) -> pa.Table:
        """Columns of CODED or PLAIN. Raises Refused, NotUtf8. Not called for a second slice before the first is parsed."""
        plain = self._plain  # read once: another thread may take it back
        if plain:
            try:
                return parsed(data, self._feed, {**self._kinds, **plain})
            except Refused:
                self._plain = {}  # never again
        part = parsed(data, self._feed, self._kinds)
        if plain is None:
            self._plain = {name: PLAIN for name in self._days if _plain(part.column(name))}
        return part


def _plain(column: pa.ChunkedArray) -> bool:
    """Whether all its texts are plain days or empty, and some are days."""
    texts = pa.chunked_array([chunk.dictionary for chunk in column.chunks], pa.string())
    days = texts.filter(pc.not_equal(texts, ""))
    try:
        return len(days.cast(PLAIN)) > 0
    except pa.ArrowInvalid:
        return False
