"""Collect the rows of the files of one table while they are read, and leave out those that a newer file holds, too.

A first read collects the key of each row. If a key is in several files, a second read collects all about its rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from custmetrics_cli.ingest.check.batch import Batch
from custmetrics_cli.ingest.check.make_batch import read_cells
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.overlap import judge
from custmetrics_cli.ingest.overlap.hashes import are_in, of_texts
from custmetrics_cli.ingest.overlap.row_ids import Identity
from custmetrics_cli.ingest.overlap.rows import Cells, FileRows
from custmetrics_cli.ingest.overlap.same_rows import full_keys, keys_in_several, knows_customers, same_rows
from custmetrics_cli.ingest.parse.column_keys import ROW_ID
from custmetrics_cli.ingest.parse.customer_ids import canonical_ids
from custmetrics_cli.ingest.parse.distinct import to_numbers
from custmetrics_cli.ingest.parse.formats import Formats
from custmetrics_cli.ingest.settings import KEEP, NEWEST, Settings

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

IN_NEWER = "also in a newer file"  # the reason of rows that --overlap newest leaves out


class Overlaps:
    """The rows that several files of one table hold."""

    def __init__(self, plan: ReadPlan, settings: Settings, today: int) -> None:
        self._plan, self._settings, self._today = plan, settings, today
        self._identity = plan.row_ids.identity
        self.is_wanted = len(plan.files) > 1 and plan.table.row_id is not None and settings.overlap != KEEP
        self._several = np.zeros(0, np.uint64)  # the keys of the rows to keep whole
        self._older: dict[int, Array] = {}  # file -> the rows that a newer one holds, as full keys
        self._with_customers = False
        self.clear()

    def clear(self) -> None:
        self._files = [FileRows(progress.text_file.source.path) for progress in self._plan.files]

    def add(self, number: int, texts: pa.Table, batch: Batch) -> None:
        """Collect the rows of a slice."""
        if self.is_wanted and not self._older:
            file, table = self._files[number], self._plan.table
            cells = self._cells(number, texts, batch.verdicts.original)
            keys, days = cells.keys(self._identity, table), cells.days(table)
            before = sum(map(len, file.keys))
            file.keys.append(keys)
            file.days.append(days.astype(np.int32))
            if len(self._several):
                file.newest = max(file.newest, cells.newest(table, self._today))
                chosen = np.flatnonzero(are_in(keys, self._several))
                file.whole.append(cells.whole(np.arange(before, before + len(keys)), keys, table).select(chosen))
                file.texts.append(self._texts(texts).take(pa.array(chosen)).combine_chunks())

    def needs_another_read(self) -> bool:
        """Return whether all files must be read again. Raises CustmetricsError E355 for rows that count twice."""
        return not self._older and (self._needs_whole_rows() or self._needs_to_leave_out())

    def _needs_whole_rows(self) -> bool:
        """Return whether a key is in several files, so that all about its rows is needed."""
        if not self.is_wanted or len(self._several):
            return False
        if self._identity is Identity.ALL:
            found = judge.equal_rows_of(self._plan, self._files)
            if self._settings.overlap != NEWEST:
                judge.warn_of_equal_rows(self._plan, self._files, found)
            else:
                self._older = judge.older_rows(self._files, found)
            return bool(self._older)
        self._several = keys_in_several(self._files)
        return bool(len(self._several))

    def _needs_to_leave_out(self) -> bool:
        """Return whether rows are to be left out. Raises CustmetricsError E355 for rows that count twice."""
        if not len(self._several):
            return False
        self._with_customers = knows_customers(self._files)
        shared = same_rows(self._files, self._identity, self._plan.table.has_spans)
        found = judge.count_twice(self._plan, self._files, shared)
        if found and self._settings.overlap != NEWEST:
            judge.refuse(self._plan, self._files, found)
        self._older = judge.older_rows(self._files, found)
        return bool(self._older)

    def without_older(self, number: int, texts: pa.Table, formats: Mapping[int, Formats]) -> pa.Table:
        """Return the rows of a slice that no newer file holds, and count the others."""
        if number not in self._older:
            return texts
        layout, table = self._plan.files[number].layout, self._plan.table
        cells = read_cells(texts, self._plan, layout)
        declared = {name: layout.column(name) for name in layout.columns if name in cells}
        numbers = {name: to_numbers(column, cells[name], formats[number][name]).values for name, column in declared.items()}
        found = self._cells(number, texts, numbers)
        keys = found.keys(self._identity, table)
        whole = found.whole(np.arange(len(keys)), keys, table)
        counts: Array = ~are_in(full_keys(whole, self._identity, self._with_customers), self._older[number])
        self._plan.files[number].older[IN_NEWER] += texts.num_rows - int(counts.sum())
        return texts.filter(pa.array(counts))

    def _texts(self, texts: pa.Table) -> pa.ChunkedArray:
        """Return the texts that identify rows for a person."""
        name = ROW_ID if ROW_ID in texts.column_names else self._plan.id.name if self._plan.id else ""
        return texts.column(name)

    def _cells(self, number: int, texts: pa.Table, numbers: Mapping[str, Array]) -> Cells:
        layout, id_column = self._plan.files[number].layout, self._plan.id
        is_known = id_column is not None and id_column.name in texts.column_names
        needs_customers = self._identity is not Identity.ID or bool(len(self._several))
        customers = np.zeros(texts.num_rows, np.uint64)
        if id_column and is_known and needs_customers:
            customers = of_texts(canonical_ids(texts.column(id_column.name), id_column, layout))
        ids = of_texts(texts.column(ROW_ID)) if ROW_ID in texts.column_names else None
        return Cells(ids, customers, {name: numbers[name] for name in layout.columns if name in numbers})
