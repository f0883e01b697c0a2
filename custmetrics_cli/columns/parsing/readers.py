"""Make the cell reader and the column reader of a kind from one function, so that they cannot disagree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, reduce
from operator import and_
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli.columns import ColumnFormat, ParsedColumn, Reason
from custmetrics_cli.columns.parsing.texts import OneText, group_by_layout

if TYPE_CHECKING:
    import pyarrow as pa

Why = Reason | Callable[[], Reason]  # a function is called for one text only: its reason may depend on the text


class Check(NamedTuple):
    """A condition that texts must meet."""

    ok: Any  # a bool, or an array with one per text
    why: Why  # not, where it is not met


class Parsed(NamedTuple):
    """The values of texts. A value counts only if the text passes all checks."""

    values: Any  # a whole number, or an array with one per text
    checks: tuple[Check, ...] = ()
    rests: Any = 0  # what rounding leaves out of each value: see Number


@dataclass(frozen=True)
class LayoutReader:
    """Read numbers: all texts of one layout at once. `read` returns a reason if it can read none of them."""

    read: Callable[[OneText, ColumnFormat], Parsed | Why]

    def cell(self, text: str, format: ColumnFormat) -> int | Reason:
        parsed = self.read(OneText(text), format)
        if not isinstance(parsed, Parsed):
            return _reason(parsed)
        return next((_reason(check.why) for check in parsed.checks if not check.ok), None) or int(parsed.values)

    def column(self, texts: pa.StringArray, format: ColumnFormat) -> ParsedColumn:
        import numpy as np

        values, ok = np.zeros(len(texts), np.int64), np.zeros(len(texts), bool)
        rests: list[tuple[Any, Any]] = []  # rows, and what rounding leaves out of them
        for same in group_by_layout(texts):
            parsed = self.read(same, format)
            if isinstance(parsed, Parsed):
                passed = reduce(and_, (check.ok for check in parsed.checks), True)
                ok[same.rows] = passed
                values[same.rows] = np.where(passed, parsed.values, 0)
                rests += [(same.rows, np.where(passed, parsed.rests, 0))] if np.any(parsed.rests) else []
        return ParsedColumn(values, ok, _scatter(rests, len(texts)) if rests else None)


def _scatter(parts: list[tuple[Any, Any]], size: int) -> Any:
    """Put the numbers of some rows into one array; other rows have 0."""
    import numpy as np

    values = np.zeros(size, np.int64)
    for rows, numbers in parts:
        values[rows] = numbers
    return values


@dataclass(frozen=True)
class WordReader:
    """Read words one by one, because their digits matter ("3 months")."""

    find: Callable[[str], int | Reason]  # returns the number of a word, 0 or more

    def cell(self, text: str, format: ColumnFormat) -> int | Reason:
        return self.find(text)

    def column(self, texts: pa.StringArray, format: ColumnFormat) -> ParsedColumn:
        import numpy as np

        results = map(self.find, texts.to_pylist())
        numbers = np.fromiter((number if isinstance(number, int) else -1 for number in results), np.int64, len(texts))
        return ParsedColumn(np.maximum(numbers, 0), numbers >= 0)


def _reason(why: Why) -> Reason:
    return why if isinstance(why, Reason) else why()


def without_code(parsed: Parsed | Why) -> Parsed | Why:
    """Return the same, but let each failure have the error code and the hint of the kind that asks."""
    if not isinstance(parsed, Parsed):
        return partial(_without_code, parsed)
    return Parsed(parsed.values, tuple(check._replace(why=partial(_without_code, check.why)) for check in parsed.checks), parsed.rests)


def _without_code(why: Why) -> Reason:
    return Reason(_reason(why).message)
