"""Receive the rows of one source file, and write them as a part: the rows used, and the rows skipped with their place and reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from custmetrics_cli.engines.base import Chunk, RowSink, TableSpec
from custmetrics_cli.engines.stored.part import ID, NUMBER, NUMBERED, SEVERAL, SKIPPED_BY, WORD, StoredColumn
from custmetrics_cli.ingest.check.batch import Batch
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.judge import SKIP_RULE
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.converted.part_file import PartFile, write_part
from custmetrics_cli.ingest.converted.rows.several import SeveralRows
from custmetrics_cli.ingest.converted.rows.skipped_rows import PLACE, SkippedPlaces
from custmetrics_cli.ingest.converted.rows.sorted_rows import SortedRows
from custmetrics_cli.ingest.converted.rows.stored_columns import LINE, Columns, arrow_type, number_array
from custmetrics_cli.ingest.file_slices import SourceRows
from custmetrics_cli.ingest.open.temp_files import Scratch

DAYS, LINES = 16, 1 << 16  # of a piece of waiting rows
UNSORTED = "in order of the file"  # the key of rows of a table without days
VALUE = "value of "  # before the name of a column of a frame, while its rows wait
SKIPPED = ".skipped"  # after the name of the table: the folder of its skipped rows


class Written(NamedTuple):
    """The files of one source, and how their columns are stored."""

    used: PartFile
    skipped: PartFile | None
    columns: Mapping[str, StoredColumn]


class PartSink(RowSink):
    """Receives the rows of one file. They wait in private files until all are known."""

    def __init__(self, plan: ReadPlan, scratch: Scratch) -> None:
        self._plan, self._scratch = plan, scratch
        self._places = SkippedPlaces(plan.files[0])
        self._stack = ExitStack()

    def close(self) -> None:
        """Remove the private files."""
        self._stack.close()

    def prepare(self) -> None:
        """Do nothing: no library must be loaded."""

    def clear(self, table: TableSpec) -> None:
        self.close()
        self._columns = Columns(self._plan)
        self._several = SeveralRows() if self._columns.has_id else None
        self._places.clear()
        self._by_rule: Counter[int] = Counter()
        self._key = next((VALUE + day for day in self._plan.table.days if day in self._columns.numbers), UNSORTED)
        self._used = self._stack.enter_context(SortedRows(self._scratch.file(), self._key, DAYS))
        self._skipped = self._stack.enter_context(SortedRows(self._scratch.file(), LINE, LINES))

    def row_count(self, table: TableSpec) -> int:
        return self._used.rows + self._skipped.rows

    @property
    def kept(self) -> dict[int, int]:
        """The skipped rows that have values, by the number of the rule."""
        return dict(sorted(self._by_rule.items()))

    def note(self, progress: FileProgress, batch: Batch, rows: SourceRows) -> None:
        """Note the places of the skipped rows of a batch, which `add` gets next."""
        self._places.note(batch.verdicts, rows)

    def add(self, table: TableSpec, chunk: Chunk) -> None:
        self._columns.see(chunk.numbers)
        rows, rules = self._rows(chunk), chunk.numbers.get(SKIP_RULE, np.zeros(chunk.row_count, np.int64))
        is_used = rules == 0
        if not is_used.all():
            skipped = rows.filter(pa.array(~is_used))
            self._by_rule.update(rules[~is_used].tolist())
            by_rule = pa.table({SKIPPED_BY: pa.array(rules[~is_used].astype(np.int64))})
            self._skipped.add(_joined(self._places.take(), by_rule, skipped))
            rows = rows.filter(pa.array(is_used))
        self._used.add(rows)

    def _rows(self, chunk: Chunk) -> pa.Table:
        """Return the rows as they wait: numbers as in frames, words as texts."""
        ids = chunk.ids if chunk.kept is None else chunk.ids.filter(pa.array(chunk.kept))
        words = {name: each.words.take(pa.array(each.codes)) for name, each in chunk.words.items()}
        self._columns.see_words(ids.cast(pa.string()), words)
        columns: dict[str, Any] = {f"{VALUE}id": ids.cast(pa.string())}
        columns |= {VALUE + name: pa.array(chunk.numbers[name]) for name in self._columns.numbers}
        columns |= {VALUE + name: each for name, each in words.items()}
        if self._several:
            self._several.add(ids.cast(pa.string()))
        if self._key == UNSORTED:
            columns[UNSORTED] = pa.array(np.zeros(chunk.row_count, np.int64))
        return pa.table(columns)

    def write(self, folder: Path, name: str, metadata: Mapping[bytes, bytes]) -> Written:
        """Write the files of the part: TABLE/NAME and, if rows were skipped, TABLE.skipped/NAME. Raises OSError."""
        stored, table = self._columns.stored(), self._plan.table.name
        self._several_column = NUMBERED if self._several and self._several.number(self._ids()) else SEVERAL
        stored |= {self._several_column: StoredColumn(f"_{self._several_column}", NUMBER)} if self._several else {}
        schema = pa.schema({column.name: arrow_type(column) for column in stored.values()}, dict(metadata))
        used = write_part(folder, f"{table}/{name}", (self._as_stored(rows, stored) for rows in self._used.tables()), schema)
        left_out = self._places.left_out()
        if not self._skipped.rows and not left_out.num_rows:
            return Written(used, None, stored)
        schema = pa.schema([*PLACE, pa.field(SKIPPED_BY, pa.int64()), *schema], dict(metadata))
        skipped = write_part(folder, f"{table}{SKIPPED}/{name}", self._skipped_rows(left_out, stored, schema), schema)
        return Written(used, skipped, stored)

    def _skipped_rows(self, left_out: pa.Table, stored: Mapping[str, StoredColumn], schema: pa.Schema) -> Iterator[pa.Table]:
        """Yield the skipped rows in order of their lines. Only those that a metric may count have values."""
        with SortedRows(self._scratch.file(), LINE, LINES) as merged:
            for rows in self._skipped.tables():
                merged.add(_joined(rows.select([*PLACE.names, SKIPPED_BY]), self._as_stored(rows, stored)))
            nothing = {name: pa.nulls(left_out.num_rows, schema.field(name).type) for name in schema.names[len(PLACE) + 1 :]}
            rules = pa.table({SKIPPED_BY: pa.array(np.zeros(left_out.num_rows, np.int64))})
            merged.add(_joined(left_out, rules, pa.table(nothing)))
            yield from merged.tables()

    def _as_stored(self, rows: pa.Table, stored: Mapping[str, StoredColumn]) -> pa.Table:
        columns = {column.name: key for key, column in reversed([*stored.items()])}
        if self._several:
            rows = self._with_several(rows, self._several)
        return pa.table({column.name: _stored(rows.column(VALUE + columns[column.name]), column) for column in stored.values()})

    def _ids(self) -> Iterator[pa.ChunkedArray]:
        """Yield the ids of all rows that have values, in any order."""
        for waiting in (self._used, self._skipped):
            for rows in waiting.columns(f"{VALUE}id"):
                yield rows.column(0)

    def _with_several(self, rows: pa.Table, several: SeveralRows) -> pa.Table:
        ids = rows.column(f"{VALUE}id")
        numbers = several.numbers(ids) if self._several_column == NUMBERED else several.are_several(ids).astype(np.int64)
        return rows.append_column(VALUE + self._several_column, pa.array(numbers))


def _joined(*tables: pa.Table) -> pa.Table:
    """Return the columns of tables with the same rows."""
    return pa.table({name: table.column(name) for table in tables for name in table.column_names})


def _stored(values: pa.ChunkedArray, column: StoredColumn) -> Any:
    if column.kind in (ID, WORD):
        return pc.if_else(pc.equal(values, ""), pa.scalar(None, pa.string()), values)
    return number_array(values.to_numpy(), column)
