"""The skipped rows of one file: the line, the text and the reason of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.ingest.check.file_progress import FileProgress, LeftOut
from custmetrics_cli.ingest.check.judge import Verdicts
from custmetrics_cli.ingest.check.row_count import disagreement_error
from custmetrics_cli.ingest.converted.rows.record_places import record_places
from custmetrics_cli.ingest.converted.rows.stored_columns import LINE, REASON, TEXT
from custmetrics_cli.ingest.file_slices import SourceRows
from custmetrics_cli.ingest.parse import column_keys
from custmetrics_cli.ingest.parse.csv_slices import data_offset
from custmetrics_cli.ingest.parse.line_numbers import count_line_ends_between

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

PLACE = pa.schema([(LINE, pa.int64()), (TEXT, pa.string()), (REASON, pa.string())])


class SkippedPlaces:
    """The places of the rows that rules skip, batch by batch, and of those that the scan left out."""

    def __init__(self, progress: FileProgress) -> None:
        self._progress = progress
        self.clear()

    def clear(self) -> None:
        self._kept: list[LeftOut] = []  # of the next chunk
        self._not_kept: list[LeftOut] = []
        self._counted = (0, 0)  # an offset, and the line ends before it

    def note(self, verdicts: Verdicts, rows: SourceRows) -> None:
        """Note the rows of a batch that rules skip."""
        skipped = np.flatnonzero(verdicts.skip_rules)
        if not len(skipped):
            return
        reasons = [self._progress.layout.reasons[number - 1] for number in verdicts.skip_rules[skipped].tolist()]
        places = self._of_copy(rows.places, skipped) if rows.places is not None else self._of_data(rows, skipped)
        found = [LeftOut(line, text, reason) for (line, text), reason in zip(places, reasons, strict=True)]
        is_kept = verdicts.kept[skipped].tolist()
        self._kept += [each for each, kept in zip(found, is_kept, strict=True) if kept]
        self._not_kept += [each for each, kept in zip(found, is_kept, strict=True) if not kept]

    def _of_copy(self, places: pa.Table, rows: Array) -> Sequence[tuple[int, str]]:
        chosen = places.take(pa.array(rows))
        lines, texts = (chosen.column(name).to_pylist() for name in (column_keys.LINE, column_keys.TEXT))
        return [(int(line), text) for line, text in zip(lines, texts, strict=True)]

    def _of_data(self, rows: SourceRows, chosen: Array) -> Sequence[tuple[int, str]]:
        """Raises CustmetricsError E901 if the rows are not where the parser saw them."""
        try:
            places = record_places(rows.data, self._progress.csv_part, chosen)
        except IndexError:
            raise CustmetricsError(disagreement_error(self._progress)) from None
        first = self._line_at(rows.begin)
        return [(self._progress.text_file.line_of(first + place.lines_before), place.text) for place in places]

    def _line_at(self, offset: int) -> int:
        """Return the line at an offset. Offsets come in order, except after the file was begun again."""
        part = self._progress.csv_part
        begin, lines = self._counted if self._counted[0] <= offset else (0, 0)
        begin = begin or data_offset(part)
        self._counted = (offset, lines + count_line_ends_between(part, begin, offset))
        return part.first_line + self._counted[1]

    def take(self) -> pa.Table:
        """Return the places of the kept rows of the batch, in order, and forget them."""
        places, self._kept = _table(self._kept), []
        return places

    def left_out(self) -> pa.Table:
        """Return the places of all rows that are not kept."""
        by_scan = [row for patch in self._progress.patches.values() for row in patch.left_out]
        return _table([*self._not_kept, *by_scan])


def _table(rows: Sequence[LeftOut]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    return pa.table([pa.array(each, field.type) for each, field in zip(columns, PLACE, strict=True)], schema=PLACE)
