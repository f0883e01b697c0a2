"""What is noted of a table while its rows go by: how far it reaches in time, who ended, words nobody knows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.status import STATUS, STATUSES, UNKNOWN
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.ingest.check.batch import Batch, RowSelection
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.tables import Column, RowWarning

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

SCHEDULED = STATUSES.index("active_until_end")
UPPER, LOWER = range(ord("A"), ord("Z") + 1), range(ord("a"), ord("z") + 1)
MOST = 9 * 10**18  # below 2 ** 63 by more than a sum of floats can be off
FEWER = "check the largest of them: a price is in units of its currency, not in a smaller one"


@dataclass(eq=False, repr=False)
class Observations:
    """Of the rows that are used. Days are numbers; None = there is none."""

    today: int
    newest: int | None = None  # what has happened, up to today
    oldest: int | None = None
    has_ends: bool = False  # some row has an end
    unknown_states: Counter[str] = field(default_factory=Counter)  # words of states, and their rows
    sums: Counter[str] = field(default_factory=Counter)  # of the magnitudes of each column of money
    warnings: Counter[RowWarning] = field(default_factory=Counter)
    _states: bool = False  # rows say in which state they are
    id_bytes: Array = field(default_factory=lambda: np.zeros(256, bool))  # bytes that ids are made of

    def clear(self) -> None:
        self.newest = self.oldest = None
        self.has_ends = False
        self.unknown_states.clear()
        self.sums.clear()
        self.warnings.clear()
        self.id_bytes[:] = False

    def add(self, batch: Batch, plan: ReadPlan) -> None:
        used, answers = batch.used, plan.answerable
        self._states = "status" in plan.present
        for column in plan.table.columns:
            if column.kind is DAY and column.name in answers:
                self.has_ends = self.has_ends or (column.end and bool((used.numbers(column.name) != column.empty).any()))
                self._day(column, self._ended(used, column))
            if column.kind is STATUS and column.name in batch.cells:
                self._status(batch, column)
        for name in plan.money:
            self.sums[name] += _magnitude(used.numbers(name))
        self.warnings.update({doubt: int(holds.sum()) for doubt, holds in batch.verdicts.warnings})
        if batch.ids is not None:
            self._ids(batch.ids)

    def _ended(self, used: RowSelection, column: Column) -> Array:
        """The days of a column; an end that is only scheduled, as the status says, is none."""
        days = used.original(column.name)
        return np.where(used.numbers("status") == SCHEDULED, column.empty, days) if column.end and self._states else days

    def _day(self, column: Column, days: Array) -> None:
        """Trial ends and what is scheduled do not count."""
        if column.future and not (column.required or column.end):
            return
        happened = days[days <= self.today if column.never_empty else (days <= self.today) & (days != column.empty)]
        if len(happened):
            low, high = int(happened.min()), int(happened.max())
            self.newest = high if self.newest is None else max(self.newest, high)
            self.oldest = low if self.oldest is None else min(self.oldest, low)

    def _status(self, batch: Batch, column: Column) -> None:
        cells = batch.cells[column.name]
        rows = np.bincount(cells.codes[batch.verdicts.used & (batch.verdicts.values[column.name] == UNKNOWN)], minlength=len(cells.words))
        for code in np.flatnonzero(rows):
            self.unknown_states[cells.words[int(code)].as_py()] += int(rows[code])

    def _ids(self, ids: pa.ChunkedArray) -> None:
        for chunk in ids.chunks:
            data = chunk.buffers()[2]
            if data is not None:
                new = data.to_pybytes().translate(None, np.flatnonzero(self.id_bytes).astype(np.uint8).tobytes())
                self.id_bytes[np.frombuffer(new, np.uint8)] = True

    def check_sums(self, plan: ReadPlan) -> None:
        """Raises CustmetricsError E509 where the money of all rows is past 64 bits: sums would wrap in silence."""
        made = {derived.name: derived.needs[0][0] for derived in plan.table.derived}
        past = dict.fromkeys(made.get(name, name) for name, total in self.sums.items() if total >= MOST)
        if past:
            paths = [progress.text_file.source.path for progress in plan.files]
            message = f"{', '.join(past)}: all rows together are past what can be summed exactly"
            raise CustmetricsError(Problem("E509", message, Place(paths[0] if len(paths) == 1 else plan.table.name), hint=FEWER))

    @property
    def may_have_similar_ids(self) -> bool:
        """Whether two ids can differ by case or by the space around them alone."""
        cases = self.id_bytes[UPPER].any() and self.id_bytes[LOWER].any()
        return bool(cases or self.id_bytes[[9, 32]].any() or self.id_bytes[128:].any())


def _magnitude(values: Array) -> int:
    """The sum of magnitudes: exact and quick where it cannot wrap, else as floats have it."""
    if not len(values):
        return 0
    low, high = int(values.min()), int(values.max())
    return int(values.sum()) if low >= 0 and high * len(values) < MOST else int(np.abs(values).sum(dtype=float))
