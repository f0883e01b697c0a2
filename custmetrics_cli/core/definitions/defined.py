"""A metric under several definitions: their values, and the steps between them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from custmetrics_cli.core.data.yardsticks import Kept
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.metric import Metric, Source
from custmetrics_cli.core.result import InputReport, Notice
from custmetrics_cli.core.time.period import Period


class Change(NamedTuple):
    """One axis of a step: its value before and after."""

    axis: str
    before: str
    after: str
    about: str  # the new value, for people
    moves: bool = False  # it changes which customers count


class Value(NamedTuple):
    """The value of a metric under one definition."""

    value: Fraction | None
    reason: str | None
    formula: str
    totals: Mapping[str, Number]
    unit: str
    units: Mapping[str, str] = {}  # of totals that are not counts
    window: Period | None = None
    kept: tuple[Kept, ...] = ()
    sides: tuple[Fraction, ...] = ()  # the numerator and the denominator, where the formula is a ratio

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for definitions that agree: the same value from the same counts over the same days."""
        return (self.value, self.reason, self.sides, self.unit, self.window)


class Step(NamedTuple):
    """The effect of changing one axis; of several, where a definition between them has no value."""

    changes: tuple[Change, ...]
    value: Fraction  # after the step
    difference: Fraction
    formula: str = ""


class Line(NamedTuple):
    """A definition, or several that agree."""

    names: tuple[str, ...]  # of profiles; 'ours' for our own definition
    value: Value
    difference: Fraction | None  # from our own definition
    steps: tuple[Step, ...] = ()
    sources: tuple[Source, ...] = ()
    kept: tuple[tuple[Kept, ...], ...] = ()  # of each source: choices that the files do not allow


class Comparison(NamedTuple):
    """A metric under all definitions."""

    metric: Metric
    period: Period
    lines: tuple[Line, ...]
    currency: str | None = None
    inputs: tuple[InputReport, ...] = ()
    warnings: tuple[Notice, ...] = ()
    policies: Mapping[str, str] = {}
    options: Mapping[str, str | Number] = {}


class Match(NamedTuple):
    """Definitions that give a reported value, with equal counts."""

    starts: tuple[str, ...]  # the shipped definition from which each is reached
    changes: tuple[Change, ...]  # of the first
    value: Value
    others: int = 0  # further definitions with the same counts


class Reconciliation(NamedTuple):
    """The definitions that give a value shown elsewhere."""

    metric: Metric
    period: Period
    reported: str
    low: Fraction
    high: Fraction
    distance: int  # axes changed, of the nearest matches
    matches: tuple[Match, ...]
    tried: int
    expected: Fraction  # how many of those tried would fit a random number of this precision
    nearest: tuple[Line, ...]  # the shipped definitions with the nearest values, if there is no match
    unit: str
    currency: str | None = None
    inputs: tuple[InputReport, ...] = ()
    warnings: tuple[Notice, ...] = ()
    policies: Mapping[str, str] = {}
