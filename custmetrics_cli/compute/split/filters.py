"""Conditions of --where: a column, how it compares, and values. Words compare as text; days and numbers by size."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from custmetrics_cli.core.errors import CustmetricsError, Problem, near

SHAPE = re.compile(r"\s*(?P<column>.+?)\s*(?P<how>!=|<=|>=|=|<|>|\s+in\s+)\s*(?P<values>.*?)\s*", re.IGNORECASE | re.DOTALL)
SIZES: dict[str, Callable[[Any, Any], Any]] = {"<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Condition(NamedTuple):
    """column how values: country = DE; plan in basic,pro; started_at < 2022-01-01; an empty value means a missing one.

    >>> Condition.parse("country in DE, FR")
    Condition(column='country', how='in', values=('DE', 'FR'))
    """

    column: str
    how: str
    values: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Condition:
        """Raises CustmetricsError E121 when the text is no condition."""
        match = SHAPE.fullmatch(text)
        if not match:
            hint = "like country=DE, country!=DE, 'plan in basic,pro' or 'started_at<2022-01-01'"
            raise CustmetricsError(Problem("E121", f"--where {text!r} is not a condition", hint=hint))
        how = match["how"].strip().casefold()
        values = match["values"].split(",") if how == "in" else [match["values"]]
        return cls(match["column"], how, tuple(value.strip() for value in values))

    def holds(self, word: str) -> bool:
        """For a cell of words; a missing one is ''."""
        if self.how in SIZES:
            return self._compares(word)
        return (word in self.values) != (self.how == "!=")

    def _compares(self, word: str) -> bool:
        value = self.values[0]
        if NUMBER.fullmatch(word) and NUMBER.fullmatch(value):
            return bool(SIZES[self.how](float(word), float(value)))
        return bool(DAY.fullmatch(word) and DAY.fullmatch(value)) and bool(SIZES[self.how](word, value))

    def compares_sizes(self) -> bool:
        return self.how in SIZES

    def check(self, words: Sequence[str]) -> None:
        """Raises CustmetricsError E122 for a value that no row has, E123 for one that cannot be compared by size."""
        value = self.values[0]
        if self.compares_sizes() and not (NUMBER.fullmatch(value) or DAY.fullmatch(value)):
            hint = f"{self.how} needs a number or a day like 2022-01-31"
            raise CustmetricsError(Problem("E123", f"--where {self.column}{self.how}{value}: {value!r} has no size", hint=hint))
        unknown = [v for v in self.values if v and v not in words and not self.compares_sizes()]
        if unknown:
            raise CustmetricsError(Problem("E122", f"no row has {self.column} = {unknown[0]!r}", hint=near(unknown[0], words)))
