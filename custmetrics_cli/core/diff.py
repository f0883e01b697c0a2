"""The differences between two exports, as values: metrics, totals, rows."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from custmetrics_cli.core.errors import Problem
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.result import Answer, Notice, Result
    from custmetrics_cli.core.time.period import Period


class CellChange(NamedTuple):
    """A cell in both files. None: the cell is empty, or that file has no such row. A fraction is money."""

    column: str
    old: str | Number | None
    new: str | Number | None


class RowChange(NamedTuple):
    """A row that is not the same in both files."""

    table: str
    kind: str  # added, vanished, changed
    customer: str | None
    key: Mapping[str, str | Number | None]  # the columns that identify the row, besides the customer
    cells: tuple[CellChange, ...]  # of an added or vanished row: all cells that are not empty
    skip_reasons: tuple[str | None, str | None] = (None, None)  # in the old and the new file; None: the row is used
    moves: tuple[str, ...] | None = ()  # the metrics that its customer moves; None: unknown, because too many customers differ


class RowCount(NamedTuple):
    """The number of rows of a table that differ, by kind."""

    table: str
    kind: str
    rows: int
    without_effect: int | None  # rows that move no metric; None: unknown


class TotalChange(NamedTuple):
    """A total that is not the same in both files."""

    name: str
    unit: str
    old: Number | None
    new: Number | None
    # Each customer's part of the difference, the largest first. None: unknown (too many rows differ), or the parts do not add up.
    customers: tuple[tuple[str, Number], ...] | None = None

    @property
    def difference(self) -> Number | None:
        return None if self.old is None or self.new is None else self.new - self.old


class MetricChange(NamedTuple):
    """A metric that is not the same in both files."""

    old: Result
    new: Result
    totals: tuple[TotalChange, ...]  # the totals that differ
    uses: tuple[str, ...] = ()  # the metrics in its formula that differ

    @property
    def exhibits_differ(self) -> bool:
        return self.old.exhibits != self.new.exhibits

    @property
    def difference(self) -> Fraction | None:
        if self.old.value is None or self.new.value is None or self.old.currency != self.new.currency:
            return None
        return self.new.value - self.old.value


class Unanswered(NamedTuple):
    """A metric that one of two files cannot answer, and the problem in each. None: that file answers it."""

    metric: Metric
    old: Problem | None
    new: Problem | None


class Diff(NamedTuple):
    """Two exports compared."""

    period: Period
    old: Answer
    new: Answer
    changed: tuple[MetricChange, ...]
    same: tuple[Metric, ...]
    unanswered: tuple[Unanswered, ...]
    counts: tuple[RowCount, ...]
    rows: tuple[RowChange, ...]  # as many as requested, those that move metrics first
    warnings: tuple[Notice, ...] = ()
