"""What if something went otherwise: a model as a value, over totals of metrics. What it stands on is declared with the metrics."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.core.options import OptionSpec

CHANGE = re.compile(r"\s*([+-])\s*([0-9]+(?:\.[0-9]+)?)\s*(%?)\s*")


class Change(NamedTuple):
    """By so much, or, where relative, by that share of what there is.

    >>> Change.parse("+10%").of(Fraction(200)), Change.parse("-5").of(Fraction(200))
    (Fraction(220, 1), Fraction(195, 1))
    """

    by: Fraction
    relative: bool

    @classmethod
    def parse(cls, text: str) -> Change:
        """Raises ValueError(what is wrong, how to write it): without a sign it may be meant as the new value."""
        found = CHANGE.fullmatch(text)
        if not found:
            raise ValueError("is no change", "write it with its sign, as +5 or -5")
        by = Fraction(found[1] + found[2])
        return cls(by / 100, True) if found[3] else cls(by, False)

    def of(self, value: Fraction) -> Fraction:
        return value * (1 + self.by) if self.relative else value + self.by


def points(text: str) -> str:
    """The text of a change in points of a share."""
    if Change.parse(text).relative:
        raise ValueError("is a share of a share", "points are written without %, as +5")
    return text


def amount(text: str) -> str:
    """The text of a change of money."""
    Change.parse(text)
    return text


class Lever(NamedTuple):
    """What may be changed. of: the quantity; turned: the option says its opposite; follows: quantities that a change of it sets anew."""

    option: OptionSpec
    quantity: str
    share: bool = False  # changed in points, from 0 to 1
    inverted: bool = False
    follows: Mapping[str, Formula] = {}


class Outcome(NamedTuple):
    """A number before and after; needs: a quantity that not all files give, without which it is left out."""

    name: str
    title: str
    unit: str
    formula: Formula
    needs: str = ""


class WhatIf(NamedTuple):
    """metrics: the first gives the totals that quantities are made of; the others give their value, under their name, if they have one."""

    model: tuple[str, ...]
    metrics: tuple[Metric, ...]
    quantities: Mapping[str, Formula]
    levers: tuple[Lever, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def options(self) -> tuple[OptionSpec, ...]:
        """Those that change something, then those of the metrics, each once."""
        own = {option.name: option for metric in self.metrics for option in metric.options}
        return (*(lever.option for lever in self.levers), *own.values())
