"""The texts of columns. A column with values of several types is written so that all of them are read in the same way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from custmetrics_cli.ingest.open.excel.cell_text import TEXTS, timestamp

EXPONENT = "E+"  # in the text of a large number
NUMBERS = frozenset((int, float))
GROUPED = r"-?\d+(?:[ \u00a0\u202f'{}]\d{{3}})*{}\d{{1,2}}"
COMMA, POINT = re.compile(GROUPED.format(".", ",")), re.compile(GROUPED.format(",", r"\."))
POINT_IN_NUMBER = re.compile(r"(?<=\d)\.(?=\d)")


@dataclass(eq=False, repr=False)
class ColumnTexts:
    """Converts columns, block by block. What it learns in a first pass over a sheet may need a second one."""

    has_large: bool = False  # a number may have lost digits
    has_comma: bool = False  # a number that was typed as text beside numbers has a decimal comma
    has_point: bool = False
    has_date: set[int] = field(default_factory=set)  # columns with a date that has no time of day
    has_time: set[int] = field(default_factory=set)  # columns with a date and a time of day
    timestamps: frozenset[int] = frozenset()  # columns in which every date is written with a time of day
    uses_comma: bool = False

    def settle(self) -> bool:
        """Decide how times and numbers are written. Return whether the sheet must be written again."""
        self.timestamps = frozenset(self.has_date & self.has_time)
        self.uses_comma = self.has_comma and not self.has_point
        return bool(self.timestamps) or self.uses_comma

    def texts(self, at: int, values: Sequence[Any]) -> list[str]:
        """Return the texts of a column. at: its position."""
        kinds = {*map(type, values)}
        if date in kinds:
            self.has_date.add(at)
        if datetime in kinds:
            self.has_time.add(at)
        if at in self.timestamps:
            return [timestamp(value) if isinstance(value, date) else TEXTS[type(value)](value) for value in values]
        if NUMBERS.isdisjoint(kinds):
            return self._plain(values, kinds)
        return self._numbers(values, kinds)

    def number(self, text: str) -> str:
        """Return the text of a number with the decimal mark of the sheet."""
        return POINT_IN_NUMBER.sub(",", text) if self.uses_comma else text

    def _plain(self, values: Sequence[Any], kinds: set[type]) -> list[str]:
        return [*map(TEXTS[kinds.pop()], values)] if len(kinds) == 1 else [TEXTS[type(value)](value) for value in values]

    def _numbers(self, values: Sequence[Any], kinds: set[type]) -> list[str]:
        """Return the texts of a column with numbers."""
        if str in kinds:
            typed = [value for value in values if type(value) is str and value]
            self.has_comma = self.has_comma or any(map(COMMA.fullmatch, typed))
            self.has_point = self.has_point or any(map(POINT.fullmatch, typed))
        texts = self._plain(values, kinds)
        self.has_large = self.has_large or any(EXPONENT in text for text in texts)
        return (
            [self.number(text) if type(value) is float else text for text, value in zip(texts, values, strict=True)]
            if self.uses_comma
            else texts
        )
