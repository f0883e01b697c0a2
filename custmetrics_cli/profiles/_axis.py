"""An axis: one decision on which definitions of a metric differ."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple


class Meaning(NamedTuple):
    """A value of an axis."""

    about: str  # the effect, for people
    behind: str = ""  # the formula over totals behind the value, where the axis chooses one
    needs: str = ""  # the column without which the files cannot have it
    metrics: tuple[str, ...] = ()  # the metrics that can have it; (): all of the axis


class Axis(NamedTuple):
    """A decision and its values. The first value is our own definition."""

    name: str
    about: str  # the decision, as a question
    metrics: tuple[str, ...]
    values: Mapping[str, Meaning]
    field: str = ""  # of Reading, where the axis changes rows; '': it changes the formula
    pattern: str = ""  # further values: a text with a number of days
    moves: bool = False  # a step on it changes the customers that count, so that they can be listed

    @property
    def default(self) -> str:
        return next(iter(self.values))

    def accepts(self, value: str) -> bool:
        """Return True for a value of the axis."""
        return value in self.values or bool(self.pattern and re.fullmatch(self.pattern, value))

    def meaning(self, value: str) -> Meaning:
        """Return the meaning of a value. Values that differ only in their number of days share a meaning."""
        if value in self.values:
            return self.values[value]
        known = next(each for each in reversed([*self.values]) if re.fullmatch(self.pattern, each))
        days = re.findall(r"\d+", known)[0]
        own = re.findall(r"\d+", value)[0]
        return self.values[known]._replace(about=self.values[known].about.replace(days, own))

    def applies(self, metric: str, value: str) -> bool:
        """Return True if a metric can have a value."""
        return metric in self.metrics and (not (only := self.meaning(value).metrics) or metric in only)
