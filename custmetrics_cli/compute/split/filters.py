"""Conditions of --where: a column, an operator and values."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from custmetrics_cli.core.errors import CustmetricsError, Problem, near

OPERATOR = re.compile(r"!=|<=|>=|=|<|>|(?<=\s)in(?=\s)", re.IGNORECASE)
COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {"<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}
NOT_IN = "not in"  # for groups that --limit folds; no one writes it
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Condition(NamedTuple):
    """A condition such as country = DE, plan in basic,pro or started_at < 2022-01-01. An empty value means a missing word.

    >>> Condition.parse("country in DE, FR")
    Condition(column='country', operator='in', values=('DE', 'FR'))
    """

    column: str
    operator: str
    values: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Condition:
        """Read a condition. Raises CustmetricsError E121."""
        column, sign, after = _split(text)
        if not sign:
            hint = "write country=DE, country!=DE, 'plan in basic,pro' or 'started_at<2022-01-31'"
            raise CustmetricsError(Problem("E121", f"--where {text!r} is not a condition", hint=hint))
        values = after.split(",") if sign == "in" else [after]
        return cls(column, sign, tuple(value.strip() for value in values))

    @property
    def is_comparison(self) -> bool:
        """True for < > <= >=, which compare days and numbers by size."""
        return self.operator in COMPARISONS

    def passes(self, word: str) -> bool:
        """Return True if a word fulfils the condition. A missing word is ""."""
        if self.is_comparison:
            return self._compare(word)
        return (word in self.values) != (self.operator in ("!=", NOT_IN))

    def _compare(self, word: str) -> bool:
        """Compare two numbers or two days. Any other word fails."""
        value = self.values[0]
        if NUMBER.fullmatch(word) and NUMBER.fullmatch(value):
            return bool(COMPARISONS[self.operator](float(word), float(value)))
        return bool(DAY.fullmatch(word) and DAY.fullmatch(value)) and bool(COMPARISONS[self.operator](word, value))

    def check(self, words: Sequence[str]) -> None:
        """Raise CustmetricsError E122 for a value that no row has, and E123 for a comparison with a word."""
        value = self.values[0]
        if self.is_comparison and not (NUMBER.fullmatch(value) or DAY.fullmatch(value)):
            message = f"--where {self.column}{self.operator}{value}: {value!r} is not a number or a day"
            raise CustmetricsError(
                Problem("E123", message, hint=f"write {self.column}{self.operator}10 or {self.column}{self.operator}2022-01-31")
            )
        unknown = [each for each in self.values if each and each not in words and not self.is_comparison]
        if unknown:
            raise CustmetricsError(Problem("E122", f"no row has {self.column} = {unknown[0]!r}", hint=self._hint(unknown[0], words)))

    def _hint(self, unknown: str, words: Sequence[str]) -> str:
        """Return the list that was meant, else the closest words."""
        parts = [part.strip() for part in unknown.split(",")]
        is_list = len(parts) > 1 and all(part in words for part in parts)
        return f"for a list write --where '{self.column} in {','.join(parts)}'" if is_list else near(unknown, words)


def _split(text: str) -> tuple[str, str, str]:
    """Split a condition at the first operator after its column. Without one, the operator is ""."""
    for match in OPERATOR.finditer(text):
        if column := text[: match.start()].strip():
            return column, match[0].casefold(), text[match.end() :].strip()
    return "", "", ""
