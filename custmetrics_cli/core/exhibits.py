"""Exhibits: the figures that a result shows beside its value. Each format draws the kinds that it knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.formula import Number

if TYPE_CHECKING:
    from custmetrics_cli.core.time.period import Period
    from custmetrics_cli.stats.intervals import Interval

TREND = "trend"  # the curve of a report: the value in the periods up to the one asked for


class TableRow(NamedTuple):
    """A row of a table, such as a cohort."""

    name: str
    size: Number
    cells: tuple[Number | None, ...]  # None: not known yet, or nothing to show


class Table(NamedTuple):
    """Figures by row and column, such as cohorts by age."""

    row_header: str  # the header of the row names
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    unit: str  # of the cells and averages
    size_unit: str = "count"
    averages: tuple[Number | None, ...] = ()  # one per column, or none at all
    averaged_by: str = ""  # the kind of average and its weights

    @property
    def units(self) -> tuple[str, ...]:
        return self.unit, self.size_unit


class Point(NamedTuple):
    """One value of a curve."""

    at: Period | Number  # a period, or a position such as a number of months
    value: Number | None  # None: no answer
    interval: Interval | None = None
    totals: Mapping[str, Number] = {}  # of a trend: the totals behind the value


class Curve(NamedTuple):
    """Values in order along an axis, such as the share of customers kept after each month."""

    name: str
    points: tuple[Point, ...]
    unit: str
    axis: str = "period"  # the header of the positions
    listed: tuple[int, ...] = ()  # numbers of the points that a page lists, from 0; (): all

    @property
    def units(self) -> tuple[str, ...]:
        return (self.unit,)


Exhibit = Table | Curve
