"""One slice of a file made ready: its numbers, the rules that set rows aside, the segments, the ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from custmetrics_cli.columns import Column, Reading
from custmetrics_cli.columns._nothing import emptied_all
from custmetrics_cli.ingest.check.judge import Judged, judge
from custmetrics_cli.ingest.check.plan import SPLIT, Plan
from custmetrics_cli.ingest.check.preset_rows import preset_says, translated
from custmetrics_cli.ingest.model import Shape
from custmetrics_cli.ingest.parse.distinct import Coded, coded, numbers, said, unsaid
from custmetrics_cli.ingest.parse.formats import Readings
from custmetrics_cli.tables import Column as Declared

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]


WIDE = 1000  # numbers that are tallied are less


@dataclass(frozen=True, eq=False, repr=False)
class Batch:
    """Rows of a slice with all that is known of them; `judged` says which are used."""

    rows: int
    cells: Mapping[str, Coded]  # every column but the id, as texts
    ids: pa.ChunkedArray | None  # '' where it is not known whose the row is; None: of no row it is
    judged: Judged

    @property
    def whose(self) -> pa.ChunkedArray:
        """The ids of all rows."""
        return pa.chunked_array([pa.repeat("", self.rows)]) if self.ids is None else self.ids

    @cached_property
    def used(self) -> Picked:
        """The rows that count."""
        return self._picked(self.judged.used)

    @cached_property
    def given(self) -> Picked:
        """The rows that go to the host."""
        return self.used if self.judged.lent is None else self._picked(self.judged.given)

    def _picked(self, which: Array) -> Picked:
        return Picked(self.rows, self.cells, self.judged, None if which.all() else which)


@dataclass(frozen=True, eq=False, repr=False)
class Picked:
    """Some rows of a slice of so many. which: None = all. It does not know the batch: in a circle memory is let go too late."""

    of: int
    cells: Mapping[str, Coded]
    judged: Judged
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

    def segment(self, name: str) -> Coded:
        """Words; '' where there is none."""
        found = self.cells.get(SPLIT + name) or Coded(pa.array([""]), np.zeros(self.of, np.int32))
        return found if self.which is None else Coded(found.words, found.codes[self.which])


def cells_of(texts: pa.Table, plan: Plan, shape: Shape) -> dict[str, Coded]:
    """The columns of a slice but its ids. What the header or the preset says stands in the place of cells that are empty or not there."""
    mine = plan.id.name if plan.id else ""
    found = {name: _cells(texts, name, plan, shape) for name in texts.column_names if name != mine}
    keys = {(SPLIT + name if plan.table.by_name[name].kind.words else name): text for name, text in shape.said.items()}
    return found | {key: _spoken(found.get(key), text, texts.num_rows) for key, text in keys.items()}


def _spoken(cells: Coded | None, text: str, rows: int) -> Coded:
    if cells is None:
        return Coded(pa.array([text]), np.zeros(rows, np.int32))
    return cells.reworded(pc.if_else(cells.filled, cells.words, text))


def _cells(texts: pa.Table, name: str, plan: Plan, shape: Shape) -> Coded:
    found = translated(coded(texts.column(name)), name.removeprefix(SPLIT), shape.preset)
    declared = plan.table.by_name.get(name)  # what is read to split by is text: its name is marked
    says_all = found.days or not declared or not declared.kind.strict
    return found if says_all else found.reworded(emptied_all(found.words))


def batch(texts: pa.Table, cells: Mapping[str, Coded], plan: Plan, shape: Shape, readings: Readings) -> Batch:
    """Raises CustmetricsError when a row leaves the range of numbers. readings: of the file."""
    table, rows = plan.table, texts.num_rows
    columns = {name: numbers(table.by_name[name], cells[name], readings[name]) for name in cells if name in table.by_name}
    for column in table.columns:
        if column.stands_in and column.name in cells:
            columns[column.as_end] = numbers(column, cells[column.name], _as_end(column, readings))
    ids = texts.column(plan.id.name) if plan.id and plan.id.name in texts.column_names else None
    if plan.id and ids is not None:
        named = said(ids)
        columns[plan.id.name] = Column(np.zeros(0), named if plan.id.never_empty else np.ones(rows, bool))
        ids = ids if named.all() else unsaid(ids, named)
    return Batch(rows, cells, ids, judge(plan.judging, columns, rows, _blank(plan, cells, columns), preset_says(cells, shape, rows)))


def _blank(plan: Plan, cells: Mapping[str, Coded], columns: Mapping[str, Column]) -> dict[str, Array]:
    """Where what a row needs is empty, of the columns that are looked at even where it is set aside."""
    needed = {column.name for column in plan.table.columns if column.never_empty and column.name in columns}
    looked = needed.intersection(plan.judging.looked) if plan.given else set()
    return {name: ~(np.asarray(cells[name].filled)[cells[name].codes] if name in cells else columns[name].ok) for name in looked}


def _as_end(column: Declared, readings: Readings) -> Reading:
    """How a day is read where it stands in for an end."""
    end = readings[column.stands_in]
    return readings[column.name]._replace(end=end.end, inclusive=end.inclusive)
