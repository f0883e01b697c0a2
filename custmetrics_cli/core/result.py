"""One metric for one period and group, as a value.

Numbers are exact: whole numbers and fractions. Money is in units of its currency here (fractions), never in the whole
units of frames. A value of None always comes with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.formula import Number
from custmetrics_cli.stats.intervals import Interval

if TYPE_CHECKING:
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.time.period import Period

Group = Mapping[str, str | None]


class Comparison(NamedTuple):
    """The same metric for another period of the same length. difference = value of what is compared - value of that one."""

    period: Period
    value: Fraction | None
    difference: Fraction | None
    interval: Interval | None = None
    is_significant: bool | None = None  # None: no interval to judge by
    value_of_span: Fraction | None = None  # the value of the days that are compared, when only a part of this period is known
    span: Period | None = None  # that part of this period; None: the whole of it is compared
    complete: bool = True  # whether the data covers the period compared with


class GridRow(NamedTuple):
    """One line of a grid: a cohort, how large it was, and its cells; None = not known yet, or nothing to say."""

    name: str
    size: Number
    cells: tuple[Number | None, ...]


class Point(NamedTuple):
    """One value of a trend; None = no answer."""

    period: Period
    value: Fraction | None


class Target(NamedTuple):
    """What a value is to be, as < 5%, and whether it is; None = there is no value."""

    text: str
    met: bool | None


class Benchmark(NamedTuple):
    """What others published of a metric. value: in the metric's unit; period: month, quarter, year, '' = of any length."""

    metric: str
    definition: str
    value: Fraction
    currency: str
    industry: str
    period: str
    source: str
    year: str


class Grid(NamedTuple):
    """A table of figures that stands beside a value. Cells are in `unit`, sizes in `size_unit`; means as `weighed` says."""

    head: str  # of the names of rows
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    unit: str
    size_unit: str = "count"
    averages: tuple[Number | None, ...] = ()
    averaged_by: str = ""


class Result(NamedTuple):
    """One metric for one period and group. unit: of the value, the interval, the comparison. units: of totals that are no counts."""

    metric: Metric
    definition: str
    period: Period
    complete: bool
    group: Group
    value: Fraction | None
    reason: str | None
    formula: str
    totals: Mapping[str, Number]
    interval: Interval | None = None
    comparison: Comparison | None = None
    currency: str | None = None
    unit: str = "count"
    units: Mapping[str, str] = {}
    grid: Grid | None = None
    options: Mapping[str, str | Number] = {}  # of the metric itself, those in effect, by name; a fraction is a share
    overlapping: tuple[str, ...] = ()  # totals of a group that do not add up: a customer of several groups counts in each
    band: str | None = None  # a word for the value, by a rule of thumb
    target: Target | None = None
    benchmarks: tuple[Benchmark, ...] = ()
    trend: tuple[Point, ...] = ()  # periods as long as this one, in order, this one last where it is covered whole

    @property
    def has_money(self) -> bool:
        """Whether any of its figures is in a currency."""
        return "money" in (self.unit, *self.units.values(), *((self.grid.unit, self.grid.size_unit) if self.grid else ()))
