"""Observations about a table, made while its rows are read: its first and last day, whether rows end, unknown words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from custmetrics_cli.columns import FAR
from custmetrics_cli.columns.day import DAY, whole_months
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.time.calendar import FIRST_YEAR, LAST_YEAR, day_number, day_of, month_after
from custmetrics_cli.ingest.check.batch import Batch, RowSelection
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.tables.shared.column import Column
from custmetrics_cli.tables.shared.planned_ends import SIGNS, LastEnds, is_announced, is_running
from custmetrics_cli.tables.shared.rules import RowWarning

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

UPPER, LOWER = range(ord("A"), ord("Z") + 1), range(ord("a"), ord("z") + 1)
FIRST = day_number(date(FIRST_YEAR, 1, 1))
DAYS = day_number(date(LAST_YEAR + 1, 1, 1)) - FIRST + 1  # days that can be read
LONGEST_SILENCE = 31  # days without any start, cancellation or end, after which an announced end is a plan
LARGEST_SUM = 9 * 10**18  # below 2 ** 63 by more than a sum of floats can be off


@dataclass(eq=False, repr=False)
class Observations:
    """Observations about the rows that are used. Days are numbers; None = there is no such day."""

    today: int
    newest: int | None = None  # the last day, up to today, on which something happened
    oldest: int | None = None
    has_ends: bool = False  # some row has an end
    last_ends: LastEnds | None = None  # None = no row ends
    announced_ends: set[int] = field(default_factory=set)  # ends of cancelled rows, which may be plans
    unknown_words: Counter[tuple[str, str]] = field(default_factory=Counter)  # column and word that its kind does not know -> rows
    months: set[int] = field(default_factory=set)  # first days of the whole months that some cell names
    sums: Counter[str] = field(default_factory=Counter)  # column of money -> sum of its magnitudes
    warnings: Counter[RowWarning] = field(default_factory=Counter)  # -> rows
    days: Array | None = None  # True for each day that something happened on, from FIRST; None = they are not needed
    id_bytes: Array = field(default_factory=lambda: np.zeros(256, bool))  # True for each byte that some id contains

    def clear(self) -> None:
        self.newest = self.oldest = self.last_ends = None
        self.has_ends = False
        self.announced_ends.clear()
        self.unknown_words.clear()
        self.sums.clear()
        self.months.clear()
        self.warnings.clear()
        self.id_bytes[:] = False
        if self.days is not None:
            self.days[:] = False

    def add(self, batch: Batch, plan: ReadPlan) -> None:
        """Observe the rows of a slice."""
        used, answerable = batch.used, plan.answerable
        for column in plan.table.columns:
            if column.kind is DAY and column.name in answerable:
                self._observe_days(column, self._ends(used, column, plan) if column.is_end else used.original(column.name))
                if column.required and column.empty == FAR and not plan.table.has_spans:
                    self._observe_days(column, batch.verdicts.original[column.name])  # a failed order, too, shows how far the data reaches
            if column.whole_months and column.name in batch.cells:
                self._observe_months(column, batch)
            if column.kind.unknown and column.name in batch.cells:
                self._observe_unknown_words(batch, column.name, column.kind.unknown.number)
        for name in plan.money:
            self.sums[name] += _sum_of_magnitudes(used.numbers(name))
        self.warnings.update({warning: int(rows.sum()) for warning, rows in batch.verdicts.warnings})
        if batch.ids is not None:
            self._observe_ids(batch.ids)

    def _observe_months(self, column: Column, batch: Batch) -> None:
        """Note the whole months of the rows used. The data reaches to the end of the last one."""
        cells = batch.cells[column.name]
        is_month = whole_months(cells.words) if cells.days is None else np.zeros(0, bool)
        if is_month.any():
            months = batch.verdicts.original[column.name][batch.verdicts.used & is_month[cells.codes]]
            self.months.update(np.unique(months).tolist())
            self.extend_to_whole_months()

    def extend_to_whole_months(self) -> None:
        """Extend the days to the end of the last month that a cell names."""
        if self.newest is not None:
            ends = [day_number(month_after(day_of(month), 1)) - 1 for month in self.months if month <= self.today]
            self.newest = min(max(self.newest, *ends), self.today) if ends else self.newest

    def _ends(self, used: RowSelection, column: Column, plan: ReadPlan) -> Array:
        """Return the ends that are facts. Those of rows that run are plans; announced ones are noted and left out."""
        ends, counted = used.original(column.name), used.numbers(column.name)
        if not len(real := counted[counted != column.empty]):
            return ends
        self.has_ends = True
        if not plan.present.intersection(SIGNS):
            self.last_ends = LastEnds(int(real.max())).merge(self.last_ends)
            return ends
        runs = is_running(used.numbers)
        of_running = int(np.where(runs & (counted != column.empty), counted, -FAR).max())
        self.last_ends = LastEnds(int(real.max()), of_running).merge(self.last_ends)
        ended = (ends != column.empty) & ~runs
        announced = ended & is_announced(used.numbers, ends)
        is_new = announced if self.days is not None or self.newest is None else announced & (ends > self.newest)
        self.announced_ends.update(np.unique(ends[is_new]).tolist())
        return np.where(ended & ~announced, ends, column.empty)

    def _observe_days(self, column: Column, days: Array) -> None:
        """Extend oldest and newest. Days that may lie ahead, like the end of a trial, do not count."""
        if column.may_be_future and not (column.required or column.is_end):
            return
        if self.days is not None:
            self.days[days[(days >= FIRST) & (days < FIRST + DAYS) & (column.never_empty | (days != column.empty))] - FIRST] = True
        self.extend_to(days[days <= self.today if column.never_empty else (days <= self.today) & (days != column.empty)])

    def extend_to(self, past: Array) -> None:
        """Extend oldest and newest to some days up to today."""
        if len(past):
            first, last = int(past.min()), int(past.max())
            self.newest = last if self.newest is None else max(self.newest, last)
            self.oldest = first if self.oldest is None else min(self.oldest, first)

    def _observe_unknown_words(self, batch: Batch, column: str, unknown: int) -> None:
        cells, is_unknown = batch.cells[column], batch.verdicts.values[column] == unknown
        rows = np.bincount(cells.codes[batch.verdicts.used & is_unknown], minlength=len(cells.words))
        for code in np.flatnonzero(rows):
            self.unknown_words[column, cells.words[int(code)].as_py()] += int(rows[code])

    def _observe_ids(self, ids: pa.ChunkedArray) -> None:
        for chunk in ids.chunks:
            data = chunk.buffers()[2]
            if data is not None:
                new = data.to_pybytes().translate(None, np.flatnonzero(self.id_bytes).astype(np.uint8).tobytes())
                self.id_bytes[np.frombuffer(new, np.uint8)] = True

    def finish(self, plan: ReadPlan) -> None:
        """Extend the days when all rows are read."""
        self.extend_to_months(plan)
        self.extend_to_announced_ends()

    def extend_to_months(self, plan: ReadPlan) -> None:
        """Extend the days to those of snapshots: they cover the last month, and nothing before the end of the first one."""
        shapes = [progress.text_file.reshaped for progress in plan.files]
        ends = [min(shape.last_end, self.today) for shape in shapes if shape]
        if ends and self.newest is not None:
            self.newest = max(self.newest, *ends)
        firsts = [shape.first_end for shape in shapes if shape]
        if firsts and len(firsts) == len(shapes) and self.oldest is not None:
            self.oldest = max(self.oldest, min(firsts))

    def extend_to_announced_ends(self) -> None:
        """Extend newest to the ends of cancelled rows, but not beyond a long silence: a later one was still ahead at the export."""
        for day in sorted(self.announced_ends):
            if self.newest is None or day > min(self.today, self.newest + LONGEST_SILENCE):
                return
            self.newest = max(self.newest, day)

    def check_sums(self, plan: ReadPlan) -> None:
        """Raises CustmetricsError E509 where the sum of all rows may exceed 64 bits: pandas would wrap around silently."""
        sources = {derived.name: derived.needs[0][0] for derived in plan.table.derived}
        columns = dict.fromkeys(sources.get(name, name) for name, total in self.sums.items() if total >= LARGEST_SUM)
        if columns:
            paths = [progress.text_file.source.path for progress in plan.files]
            message = f"{', '.join(columns)}: the total is too large to sum exactly"
            hint = "check the largest amounts: they must be in units of the currency, not in a smaller unit"
            raise CustmetricsError(Problem("E509", message, Place(paths[0] if len(paths) == 1 else plan.table.name), hint=hint))

    @property
    def may_have_similar_ids(self) -> bool:
        """True if two ids may differ only by case or surrounding space: a fast check of all ids at once."""
        both_cases = self.id_bytes[UPPER].any() and self.id_bytes[LOWER].any()
        return bool(both_cases or self.id_bytes[[9, 32]].any() or self.id_bytes[128:].any())


def _sum_of_magnitudes(values: Array) -> int:
    """Return the sum of magnitudes: exact where it cannot wrap around, else as floats."""
    if not len(values):
        return 0
    low, high = int(values.min()), int(values.max())
    return int(values.sum()) if low >= 0 and high * len(values) < LARGEST_SUM else int(np.abs(values).sum(dtype=float))
