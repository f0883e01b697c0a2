"""The answer to a question, a report and a listing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.errors import Notice, Problem
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.core.result import Result

if TYPE_CHECKING:
    from custmetrics_cli.core.time.period import Period


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
