"""One slice of a file made ready: its numbers, the rules that set rows aside, the segments, the ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from custmetrics_cli.columns import ColumnFormat, ParsedColumn
from custmetrics_cli.columns.parsing.blank_words import drop_blank_words
from custmetrics_cli.engines.base import Chunk, CodedWords, TableSpec
from custmetrics_cli.ingest.check.judge import Verdicts, judge_rows
from custmetrics_cli.ingest.check.plan import SPLIT, ReadPlan
from custmetrics_cli.ingest.check.preset_rows import preset_verdicts, translated
from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.ingest.parse.distinct import DistinctTexts, blank_to_empty, encode, has_text, to_numbers
from custmetrics_cli.ingest.parse.formats import Formats
from custmetrics_cli.tables.shared.column import Column as Declared

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]


WIDE = 1000  # numbers that are tallied are less


@dataclass(frozen=True, eq=False, repr=False)
class Batch:
    """Rows of a slice with all that is known of them; `judged` says which are used."""

    rows: int
    cells: Mapping[str, DistinctTexts]  # every column but the id, as texts
    ids: pa.ChunkedArray | None  # '' where it is not known whose the row is; None: of no row it is
    verdicts: Verdicts

    @property
    def all_ids(self) -> pa.ChunkedArray:
        """The ids of all rows."""
        return pa.chunked_array([pa.repeat("", self.rows)]) if self.ids is None else self.ids

    @cached_property
    def used(self) -> RowSelection:
        """The rows that count."""
        return self._picked(self.verdicts.used)

    @cached_property
    def kept(self) -> RowSelection:
        """The rows that go to the host."""
        return self.used if self.verdicts.lent is None else self._picked(self.verdicts.given)

    def chunk(self, table: TableSpec, split_columns: Mapping[str, str]) -> Chunk:
        """The kept rows as an engine takes them. split_columns: as the user asks for it -> column of the frame."""
        kept = self.kept
        numbers = {name: np.ascontiguousarray(kept.number(name), table.dtype(name)) for name in table.numbers}
        words = {column: CodedWords(*kept.segment(name)[:2]) for name, column in split_columns.items()}
        return Chunk(kept.rows, self.all_ids, kept.which, numbers, words)

    def _picked(self, which: Array) -> RowSelection:
        return RowSelection(self.rows, self.cells, self.verdicts, None if which.all() else which)


@dataclass(frozen=True, eq=False, repr=False)
class RowSelection:
    """Some rows of a slice of so many. which: None = all. It does not know the batch: in a circle memory is let go too late."""

    of: int
    cells: Mapping[str, DistinctTexts]
    judged: Verdicts
    which: Array | None
    _kept: dict[tuple[str, str], Array] = field(default_factory=dict)  # several look at a column

    @property
    def rows(self) -> int:
        return self.of if self.which is None else int(self.which.sum())

    def number(self, name: str) -> Array:
        return self._of("values", self.judged.values, name)

    def written(self, name: str) -> Array:
        """A column as the file has it: a trial_end has not moved started_at."""
        return self._of("written", self.judged.written, name)

    def _of(self, kind: str, columns: Mapping[str, Array], name: str) -> Array:
        if self.which is None:
            return columns[name]
        if (kind, name) not in self._kept:
            self._kept[kind, name] = columns[name][self.which]
        return self._kept[kind, name]

    def tally(self, names: Sequence[str]) -> dict[tuple[int, ...], int]:
        """How many rows have which numbers in these columns, each below WIDE."""
        packed = np.zeros(self.rows, np.int64)
        for name in names:
            packed = packed * WIDE + self.number(name)
        codes, times = np.unique(packed, return_counts=True)
        places = [WIDE**at for at in reversed(range(len(names)))]
        return {tuple(code // place % WIDE for place in places): n for code, n in zip(codes.tolist(), times.tolist(), strict=True)}

    def segment(self, name: str) -> DistinctTexts:
        """Words; '' where there is none."""
        found = self.cells.get(SPLIT + name) or DistinctTexts(pa.array([""]), np.zeros(self.of, np.int32))
        return found if self.which is None else DistinctTexts(found.words, found.codes[self.which])


def cells_of(texts: pa.Table, plan: ReadPlan, layout: Layout) -> dict[str, DistinctTexts]:
    """The columns of a slice but its ids. What the header or the preset says stands in the place of cells that are empty or not there."""
    mine = plan.id.name if plan.id else ""
    found = {name: _cells(texts, name, plan, layout) for name in texts.column_names if name != mine}
    keys = {(SPLIT + name if plan.table.by_name[name].kind.is_text else name): text for name, text in layout.substitutes.constants.items()}
    return found | {key: _spoken(found.get(key), text, texts.num_rows) for key, text in keys.items()}


def _spoken(cells: DistinctTexts | None, text: str, rows: int) -> DistinctTexts:
    if cells is None:
        return DistinctTexts(pa.array([text]), np.zeros(rows, np.int32))
    return cells.reworded(pc.if_else(cells.filled, cells.words, text))


def _cells(texts: pa.Table, name: str, plan: ReadPlan, layout: Layout) -> DistinctTexts:
    found = translated(encode(texts.column(name)), name.removeprefix(SPLIT), layout.preset)
    declared = plan.table.by_name.get(name)  # what is read to split by is text: its name is marked
    says_all = found.days or not declared or not declared.kind.can_fail
    return found if says_all else found.reworded(drop_blank_words(found.words))


def batch(texts: pa.Table, cells: Mapping[str, DistinctTexts], plan: ReadPlan, layout: Layout, readings: Formats) -> Batch:
    """Raises CustmetricsError when a row leaves the range of numbers. readings: of the file."""
    table, rows = plan.table, texts.num_rows
    columns = {name: to_numbers(table.by_name[name], cells[name], readings[name]) for name in cells if name in table.by_name}
    for column in table.columns:
        if column.fallback_end and column.name in cells:
            columns[column.as_end] = to_numbers(column, cells[column.name], _as_end(column, readings))
    ids = texts.column(plan.id.name) if plan.id and plan.id.name in texts.column_names else None
    if plan.id and ids is not None:
        named = has_text(ids)
        columns[plan.id.name] = ParsedColumn(np.zeros(0), named if plan.id.never_empty else np.ones(rows, bool))
        ids = ids if named.all() else blank_to_empty(ids, named)
    return Batch(
        rows, cells, ids, judge_rows(plan.judge_config, columns, rows, _blank(plan, cells, columns), preset_verdicts(cells, layout, rows))
    )


def _blank(plan: ReadPlan, cells: Mapping[str, DistinctTexts], columns: Mapping[str, ParsedColumn]) -> dict[str, Array]:
    """Where what a row needs is empty, of the columns that are looked at even where it is set aside."""
    needed = {column.name for column in plan.table.columns if column.never_empty and column.name in columns}
    looked = needed.intersection(plan.judge_config.looked) if plan.kept_rules else set()
    return {name: ~(np.asarray(cells[name].filled)[cells[name].codes] if name in cells else columns[name].ok) for name in looked}


def _as_end(column: Declared, readings: Formats) -> ColumnFormat:
    """How a day is read where it stands in for an end."""
    end = readings[column.fallback_end]
    return readings[column.name]._replace(end=end.end, inclusive=end.inclusive)
