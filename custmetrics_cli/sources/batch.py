"""One slice of a file made ready: its numbers, the rules that set rows aside, the segments, the ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from custmetrics_cli.columns import Column, Reading
from custmetrics_cli.columns._nothing import emptied_all
from custmetrics_cli.sources.plan import SPLIT, Plan
from custmetrics_cli.sources.readings import Readings
from custmetrics_cli.sources.rows import Judged, judge
from custmetrics_cli.sources.typed import Coded, coded, numbers, said, unsaid
from custmetrics_cli.tables import Column as Declared

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]


class Batch(NamedTuple):
    """Rows of a slice with all that is known of them; `judged` says which are used."""

    rows: int
    cells: Mapping[str, Coded]  # every column but the id, as texts
    ids: pa.ChunkedArray | None  # '' where it is not known whose the row is; None: of no row it is
    judged: Judged

    def ids_as(self, kind: pa.DataType) -> pa.ChunkedArray:
        """The ids of all rows, as a host likes to be given them."""
        nobody = pa.DictionaryArray.from_arrays(np.zeros(self.rows, np.int32), pa.array([""]))
        return pa.chunked_array([nobody.cast(kind)]) if self.ids is None else self.ids

    @property
    def whole(self) -> bool:
        """Every row is used."""
        return not (self.judged.aside.any() or self.judged.bad.any())

    def number(self, name: str) -> Array:
        """A column of the rows that are used."""
        values = self.judged.values[name]
        return values if self.whole else values[self.judged.used]

    def segment(self, name: str) -> Coded:
        """The words of the rows that are used; '' where there is none."""
        found = self.cells.get(SPLIT + name) or Coded(pa.array([""]), np.zeros(self.rows, np.int32))
        return found if self.whole else Coded(found.words, found.codes[self.judged.used])


def cells_of(texts: pa.Table, plan: Plan) -> dict[str, Coded]:
    """The columns of a slice but its ids."""
    mine = plan.id.name if plan.id else ""
    return {name: _cells(texts, name, plan) for name in texts.column_names if name != mine}


def _cells(texts: pa.Table, name: str, plan: Plan) -> Coded:
    found = coded(texts.column(name))
    declared = plan.table.by_name.get(name)  # what is read to split by is text: its name is marked
    return found._replace(words=emptied_all(found.words)) if declared and declared.kind.strict else found


def batch(texts: pa.Table, cells: Mapping[str, Coded], plan: Plan, readings: Readings) -> Batch:
    """Raises CustmetricsError when a row leaves the range of numbers."""
    table, rows = plan.table, texts.num_rows
    columns = {name: numbers(table.by_name[name], cells[name], readings[name]) for name in cells if not name.startswith(SPLIT)}
    for column in table.columns:
        if column.stands_in and column.name in cells:
            columns[column.as_end] = numbers(column, cells[column.name], _as_end(column, readings))
    ids = texts.column(plan.id.name) if plan.id and plan.id.name in texts.column_names else None
    if plan.id and ids is not None:
        named = said(ids)
        columns[plan.id.name] = Column(np.zeros(0), named if plan.id.never_empty else np.ones(rows, bool))
        ids = ids if named.all() else unsaid(ids, named)
    return Batch(rows, cells, ids, judge(table, columns, rows))


def _as_end(column: Declared, readings: Readings) -> Reading:
    """How a day is read where it stands in for an end."""
    end = readings[column.stands_in]
    return readings[column.name]._replace(end=end.end, inclusive=end.inclusive)
