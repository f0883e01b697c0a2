"""Yardsticks of a value: its target, published values, and choices that the files do not allow."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from custmetrics_cli.core.words import plural


class Target(NamedTuple):
    """The target of a value."""

    text: str  # such as < 5%
    met: bool | None  # None: there is no value
    limit: Fraction | None = None  # the value that text names


class Benchmark(NamedTuple):
    """A published value of a metric, in the unit of the metric."""

    metric: str
    definition: str
    value: Fraction
    currency: str
    industry: str
    period: str  # month, quarter, year or '' (any length)
    source: str
    year: str


class Kept(NamedTuple):
    """A choice of a definition that the files do not allow, so that our own is kept."""

    axis: str
    column: str  # that the files do not have
    value: str  # our own choice
    rows: int = 0  # that keep it; 0: all of them, since no row has the column

    def __str__(self) -> str:
        if self.rows:
            rows = plural(self.rows, "ended row has", "ended rows have")
            return f"{rows} no {self.column}: their {self.axis} stays {self.value}"
        return f"no {self.column}: {self.axis} stays {self.value}"
