"""Words for a value by a rule of thumb."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from custmetrics_cli.core.options import Value


class Band(NamedTuple):
    """A word for values up to a limit; the limit itself is in it or in the next. None: for all that are left."""

    word: str
    limit: int | None = None
    inclusive: bool = False

    def holds(self, value: Fraction) -> bool:
        return self.limit is None or value < self.limit or (self.inclusive and value == self.limit)


class RuleOfThumb(NamedTuple):
    """Words for a value, from the lowest band to the highest: a rule of thumb, said only where an option (its symbol) was."""

    option: str
    bands: tuple[Band, ...]

    def word(self, value: Fraction | None, said: Mapping[str, Value]) -> str | None:
        if value is None or self.option not in said:
            return None
        return next(band.word for band in self.bands if band.holds(value))
