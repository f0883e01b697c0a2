"""Answers as values: everything that the renderers may see.

Numbers are exact: whole numbers and fractions. Money is in units of its currency. A value of None always has a reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli.core.data.check import Check
from custmetrics_cli.core.data.comparison import Comparison
from custmetrics_cli.core.data.yardsticks import Benchmark, Kept, Target
from custmetrics_cli.core.exhibits import TREND, Curve, Exhibit, Table
from custmetrics_cli.core.formula import Number
from custmetrics_cli.stats.intervals import Interval

if TYPE_CHECKING:
    from custmetrics_cli.core.errors import Problem
    from custmetrics_cli.core.metric import Metric, Source
    from custmetrics_cli.core.time.period import Period

Group = Mapping[str, str | None]


class Result(NamedTuple):
    """One metric for one period and group."""

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
    unit: str = "count"  # of the value, its interval and its comparison
    units: Mapping[str, str] = {}  # of totals that are not counts
    exhibits: tuple[Exhibit, ...] = ()
    options: Mapping[str, str | Number] = {}  # the metric's own options in effect, by name; a fraction is a share
    option_sources: Mapping[str, str] = {}  # options that files can settle -> option, preset, header, labels or usual
    overlapping: tuple[str, ...] = ()  # totals that do not add up: a customer of several groups counts in each
    label: str = ""  # the basis of the value, such as before costs
    band: str | None = None  # a rule of thumb's word for the value
    target: Target | None = None
    benchmarks: tuple[Benchmark, ...] = ()
    interval_reason: str | None = None  # why there is no interval, though the metric can have one
    model: Mapping[str, Any] = {}  # facts of a fitted model
    lines: tuple[str, ...] = ()  # sentences about the model
    source: Source | None = None  # of a definition that another system documents
    window: Period | None = None  # the days counted, where they are not those of the period
    kept: tuple[Kept, ...] = ()  # choices of the definition that the files do not allow
    also_compared: Comparison | None = None  # a second comparison, such as a year ago
    folded: int = 0  # the number of groups in it, where --limit folds them

    @property
    def tables(self) -> list[Table]:
        return [each for each in self.exhibits if isinstance(each, Table)]

    @property
    def curves(self) -> list[Curve]:
        """The curves, except the trend."""
        return [each for each in self.exhibits if isinstance(each, Curve) and each.name != TREND]

    @property
    def title(self) -> str:
        """The title of the metric, with its definition if that is not the standard one, and with its label."""
        return self._titled(self.metric.title)

    @property
    def value_title(self) -> str:
        """The title of its value in a report."""
        return self._titled(self.metric.value_title or self.metric.title)

    def _titled(self, title: str) -> str:
        name = title if self.definition == "standard" else f"{title} ({self.definition})"
        return f"{name}, {self.label}" if self.label else name

    @property
    def trend(self) -> Curve | None:
        return next((each for each in self.exhibits if isinstance(each, Curve) and each.name == TREND), None)

    @property
    def has_money(self) -> bool:
        """Return True if any figure is in a currency."""
        return "money" in (self.unit, *self.units.values(), *(unit for exhibit in self.exhibits for unit in exhibit.units))


class Notice(NamedTuple):
    """A warning about the numbers."""

    code: str
    message: str
    listed: str = ""  # --list shows its rows under this name
    is_decisive: bool = False  # the number may be wrong: partial data, bad rows, a doubt about a column. -q shows it, too


class ReadColumn(NamedTuple):
    """A column of an input, and what it was found by: name, words, cells, option or preset."""

    column: str
    header: str
    by: str


class InputReport(NamedTuple):
    """The rows of one input: read = used + sum of excluded, always."""

    path: str
    table: str
    sha256: str
    read: int
    used: int
    excluded: Mapping[str, int] = {}  # rows by reason
    preset: str = ""  # the preset that read it
    columns: tuple[ReadColumn, ...] = ()
    reading: str = ""  # how the input was read, if its rows are not those of the table


class Answer(NamedTuple):
    """The answer of a metric command."""

    results: Sequence[Result]
    inputs: Sequence[InputReport] = ()
    warnings: Sequence[Notice] = ()
    by: tuple[str, ...] = ()  # the columns of --by, in order
    policies: Mapping[str, str] = {}  # the settings that decide how tables are read, by name
    checks: Sequence[Check] = ()  # the tests of --fail-if
    total: Sequence[Result] = ()  # with --by: the results of all groups together


class NotComputed(NamedTuple):
    """A metric that a report could not compute, and why."""

    metric: Metric
    problem: Problem


class Report(NamedTuple):
    """All metrics for one period, one result each, by family and order."""

    answer: Answer
    period: Period
    missing: Sequence[NotComputed] = ()


class Listing(NamedTuple):
    """The customers (or rows) behind one total or warning: a document of its own."""

    name: str
    description: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str | Number | None, ...]]
    period: Period | None = None
    inputs: Sequence[InputReport] = ()
    warnings: Sequence[Notice] = ()
    units: Mapping[str, str] = {}  # of columns that are not counts, by name
    currency: str | None = None
    policies: Mapping[str, str] = {}
    options: Mapping[str, str | Number] = {}  # the metric's own options in effect, by name

    @property
    def has_money(self) -> bool:
        return "money" in self.units.values()
