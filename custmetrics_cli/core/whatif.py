"""Models for `custmetrics whatif`: quantities from the totals of metrics, levers that change them, and outcomes.

The model itself is declared with the metrics.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.core.options import OptionSpec

if TYPE_CHECKING:
    from custmetrics_cli.core.result import Answer
    from custmetrics_cli.core.time.period import Period

CHANGE = re.compile(r"\s*([+-])\s*([0-9]+(?:\.[0-9]+)?)\s*(%?)\s*")


class Change(NamedTuple):
    """A change by an amount or, if relative, by a share of the value.

    >>> Change.parse("+10%").apply(Fraction(200)), Change.parse("-5").apply(Fraction(200))
    (Fraction(220, 1), Fraction(195, 1))
    """

    by: Fraction
    relative: bool

    @classmethod
    def parse(cls, text: str) -> Change:
        """Read a change. The sign is required: without it the text could be the new value.

        Raises ValueError(problem, hint).
        """
        match = CHANGE.fullmatch(text)
        if not match:
            raise ValueError("is not a change", "write it with its sign, such as +5 or -5")
        by = Fraction(match[1] + match[2])
        return cls(by / 100, True) if match[3] else cls(by, False)

    def apply(self, value: Fraction) -> Fraction:
        return value * (1 + self.by) if self.relative else value + self.by


def points(text: str) -> str:
    """Return the text of a change in percentage points. Raises ValueError(problem, hint)."""
    if Change.parse(text).relative:
        raise ValueError("is a percentage, but shares change in points", "write it without %, such as +5")
    return text


def amount(text: str) -> str:
    """Return the text of a change of money. Raises ValueError(problem, hint)."""
    Change.parse(text)
    return text


class Lever(NamedTuple):
    """A quantity that the user may change."""

    option: OptionSpec
    quantity: str
    share: bool = False  # changed in points, from 0 to 1
    inverted: bool = False  # the option gives the complement: churn for retention
    follows: Mapping[
        str, tuple[Formula, ...]
    ] = {}  # quantities computed again by the first formula with a value; NAME_before: before the change


class Outcome(NamedTuple):
    """A number shown before and after the change."""

    name: str
    title: str
    unit: str
    formula: Formula
    needs: str = ""  # a quantity that not all files give; without it the outcome is left out


class WhatIf(NamedTuple):
    """A model."""

    model: tuple[str, ...]  # its assumptions, in words
    metrics: tuple[Metric, ...]  # the first gives the totals of the quantities; the others give their values, by symbol
    quantities: Mapping[str, Formula]
    levers: tuple[Lever, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def options(self) -> tuple[OptionSpec, ...]:
        """The options of the levers, then those of the metrics, each once."""
        own = {option.name: option for metric in self.metrics for option in metric.options}
        return (*(lever.option for lever in self.levers), *own.values())


class WhatIfOutcome(NamedTuple):
    """One outcome, before and after the change."""

    name: str
    title: str
    unit: str
    formula: str
    before: Fraction | None
    after: Fraction | None
    reason: str | None  # why one of the values is missing

    @property
    def difference(self) -> Fraction | None:
        return None if self.before is None or self.after is None else self.after - self.before


class WhatIfResult(NamedTuple):
    """The outcomes of a model before and after a change."""

    answer: Answer  # of the first metric
    period: Period
    changes: tuple[tuple[str, str], ...]  # option and change, as typed
    outcomes: tuple[WhatIfOutcome, ...]
    model: tuple[str, ...]
    currency: str | None
