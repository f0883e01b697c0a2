"""Answers, as values: all that the renderers may see.

Numbers are exact: whole numbers and fractions. Money is in units of its currency here (fractions), never in the whole
units of frames. A value of None always comes with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.formula import Number
from custmetrics_cli.stats.intervals import Interval

if TYPE_CHECKING:
    from custmetrics_cli.core.errors import Problem
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


class Notice(NamedTuple):
    """Something the reader of a number should know. `listed` names what `--list` shows the rows of."""

    code: str
    message: str
    listed: str = ""


class InputReport(NamedTuple):
    """What became of one input: read = used + sum of excluded, always."""

    path: str
    table: str
    sha256: str
    read: int
    used: int
    excluded: Mapping[str, int] = {}
    preset: str = ""  # by which it was understood


class Answer(NamedTuple):
    """What a metric command says. `by` are the columns of --by, in order."""

    results: Sequence[Result]
    inputs: Sequence[InputReport] = ()
    warnings: Sequence[Notice] = ()
    by: tuple[str, ...] = ()
    policies: Mapping[str, str] = {}  # what was chosen where a table can be read in several ways, by name


class NotComputed(NamedTuple):
    """A metric that a report could not compute, and why."""

    metric: Metric
    problem: Problem


class Report(NamedTuple):
    """All metrics for one period. Results by family and order, one for each metric."""

    answer: Answer
    period: Period
    missing: Sequence[NotComputed] = ()


class WhatIfOutcome(NamedTuple):
    """One outcome of a model, before and after a change. reason: why one of the values is not there."""

    name: str
    title: str
    unit: str
    formula: str
    before: Fraction | None
    after: Fraction | None
    reason: str | None

    @property
    def difference(self) -> Fraction | None:
        return None if self.before is None or self.after is None else self.after - self.before


class WhatIfResult(NamedTuple):
    """What a change makes of a model. answer: of what it stands on. changes: option and change, as said."""

    answer: Answer
    period: Period
    changes: tuple[tuple[str, str], ...]
    outcomes: tuple[WhatIfOutcome, ...]
    model: tuple[str, ...]
    currency: str | None


class Listing(NamedTuple):
    """The customers (or rows) behind one total or warning: a document of its own."""

    name: str
    description: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str | Number | None, ...]]
    period: Period | None = None
    inputs: Sequence[InputReport] = ()
    warnings: Sequence[Notice] = ()
    units: Mapping[str, str] = {}  # of columns that are no counts: money, by name
    currency: str | None = None
    policies: Mapping[str, str] = {}
    options: Mapping[str, str | Number] = {}  # of the metric itself, those in effect, by name

    @property
    def has_money(self) -> bool:
        return "money" in self.units.values()
