"""What differs between two exports, as values: metrics, totals, rows."""

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
    """What a column says of a row in both files; None = nothing, or there is no such row. A fraction is money."""

    column: str
    old: str | Number | None
    new: str | Number | None


class RowChange(NamedTuple):
    """A row that is not the same in both files. cells: of one that was added or has vanished all that say something.

    key: by what it is known, beside the customer. aside: why it is set aside, in the old file and in the new one; None = it is used.
    moves: the metrics that its customer moves; None = that was not asked, as too many customers are concerned.
    """

    table: str
    kind: str  # added, vanished, changed
    customer: str | None
    key: Mapping[str, str | Number | None]
    cells: tuple[CellChange, ...]
    skip_reasons: tuple[str | None, str | None] = (None, None)
    moves: tuple[str, ...] | None = ()


class RowCount(NamedTuple):
    """How many rows of a table differ, by kind; and how many of them move no metric (None: not asked)."""

    table: str
    kind: str
    rows: int
    without_effect: int | None


class TotalChange(NamedTuple):
    """A total that is not the same in both files. by: what customers add to the difference, those who add most first.

    None: they do not add up to it, or were not asked: too many rows differ, or nobody is behind it, or all are together.
    """

    name: str
    unit: str
    old: Number | None
    new: Number | None
    customers: tuple[tuple[str, Number], ...] | None = None

    @property
    def difference(self) -> Number | None:
        return None if self.old is None or self.new is None else self.new - self.old


class MetricChange(NamedTuple):
    """A metric that is not the same in both files: both results, its totals that moved, and the metrics it uses that did."""

    old: Result
    new: Result
    totals: tuple[TotalChange, ...]
    uses: tuple[str, ...] = ()

    @property
    def grid(self) -> bool:
        """Whether cells of its grid differ."""
        return self.old.grid != self.new.grid

    @property
    def difference(self) -> Fraction | None:
        if self.old.value is None or self.new.value is None or self.old.currency != self.new.currency:
            return None
        return self.new.value - self.old.value


class Unanswered(NamedTuple):
    """A metric that one of two files cannot answer, and what each of them lacks; None = nothing."""

    metric: Metric
    old: Problem | None
    new: Problem | None


class Diff(NamedTuple):
    """Two exports compared. same: the metrics that are as they were. rows: as many as were asked for, those that move metrics first."""

    period: Period
    old: Answer
    new: Answer
    changed: tuple[MetricChange, ...]
    same: tuple[Metric, ...]
    unanswered: tuple[Unanswered, ...]
    counts: tuple[RowCount, ...]
    rows: tuple[RowChange, ...]
    warnings: tuple[Notice, ...] = ()
