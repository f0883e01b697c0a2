"""Which rows are used, which are set aside and why, and whether the others are proven.

A rule, a check or a derivation judges only rows whose cells it looks at could be read: what could not be read never sets a row aside.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from custmetrics_cli.columns import ParsedColumn
from custmetrics_cli.columns.text import ID
from custmetrics_cli.core.tracked import TrackedMapping
from custmetrics_cli.tables import Table
from custmetrics_cli.tables.shared.column import Column as Declared
from custmetrics_cli.tables.shared.rules import Derived, RowError, RowWarning

if TYPE_CHECKING:
    from custmetrics_cli.tables.shared.rules import Arrays

    Array = np.ndarray[Any, Any]
    Numbers = Mapping[str, Array]

ASIDE = "aside"  # a column of numbers: 0 = not set aside, else the number of the rule, from 1


class JudgeConfig(NamedTuple):
    """How the rows of a table are judged.

    given: numbers of rules whose rows go on all the same, if their days that are looked at are there; then these must be proven,
    and nothing else of them.
    """

    table: Table
    chosen: Mapping[str, str]  # policies
    given: frozenset[int]
    looked: Collection[str]  # who it is, and days


class Verdicts(NamedTuple):
    """Rows with their numbers, derived ones included."""

    values: Numbers
    written: Numbers  # the same as the file has them, before anything is derived
    skip_numbers: Array  # of each row: 0 = not set aside, else the number of its rule, from 1
    bad: Array  # of each row: not set aside or given all the same, and a cell is unread or a check holds
    wrong: tuple[tuple[RowError, Array], ...]  # the checks that hold somewhere, and where
    doubted: tuple[tuple[RowWarning, Array], ...]  # where rows that are used are in doubt
    lent: Array | None  # of each row: set aside, and given all the same; None = there is none

    @property
    def used(self) -> Array:
        used: Array = (self.skip_numbers == 0) & ~self.bad
        return used

    @property
    def given(self) -> Array:
        """What goes to the host."""
        given: Array = self.used if self.lent is None else self.used | (self.lent & ~self.bad)
        return given


class _Columns(TrackedMapping[Any]):
    """The columns of rows by name, and the policies in effect."""

    def __init__(self, columns: Numbers, chosen: Mapping[str, str]) -> None:
        super().__init__(columns)
        self.chosen = chosen


@dataclass(eq=False, repr=False)
class _Cells:
    """The numbers of rows, and of each column where a cell could not be read."""

    values: dict[str, Array]
    unread: dict[str, Array]
    chosen: Mapping[str, str]

    def derive(self, derived: Derived) -> None:
        self.values[derived.name], hidden = self._looked(derived.make)
        self.unread |= {derived.name: hidden} if hidden is not None else {}

    def where(self, holds: Callable[[Arrays], Array]) -> Array:
        """Where it holds on cells that could be read."""
        answer, hidden = self._looked(holds)
        return answer if hidden is None else answer & ~hidden

    def _looked(self, make: Callable[[Arrays], Array]) -> tuple[Array, Array | None]:
        """What it makes, and the rows for which it looked at a cell that could not be read."""
        columns = _Columns(self.values, self.chosen)
        made = make(columns)
        return made, self.hidden(columns.names_read)

    def hidden(self, names: Iterable[str]) -> Array | None:
        """The rows in which a cell of these columns could not be read; None = there is none."""
        found = [self.unread[name] for name in names if name in self.unread]
        return np.logical_or.reduce(found) if found else None


def numeric(table: Table) -> list[Declared]:
    """The columns that are whole numbers in a frame."""
    return [column for column in table.columns if not column.kind.is_text and column.kind is not ID]


class PresetVerdicts(NamedTuple):
    """What a preset says of rows before the table looks at them: by which rule each is set aside, 0 = by none; and which are refused."""

    aside: Array
    wrong: tuple[tuple[RowError, Array], ...] = ()


def judge_rows(
    judging: JudgeConfig, columns: Mapping[str, ParsedColumn], rows: int, blank: Numbers, said: PresetVerdicts | None = None
) -> Verdicts:
    """columns: those that are in the file. blank: where a cell that a row needs is empty, of those that are looked at.

    Raises CustmetricsError when a derivation leaves its range.
    """
    table, cells = judging.table, _cells(judging, columns, rows)
    written = dict(cells.values)
    bad = np.logical_or.reduce([np.zeros(rows, bool), *cells.unread.values()])
    for derived in table.derived:
        cells.derive(derived)
    aside = _aside(table, cells, said.aside if said else np.zeros(rows, np.int8))
    wrong = tuple((check, holds & (aside == 0)) for check, holds in (*(said.wrong if said else ()), *_checked(table, cells)))
    bad = np.logical_or.reduce([bad, *(holds for _, holds in wrong)]) & (aside == 0)
    doubted = tuple((doubt, cells.where(doubt.matches) & (aside == 0) & ~bad) for doubt in table.row_warnings)
    lent = _lent(judging, aside, blank)
    if lent is not None and (hidden := cells.hidden(judging.looked)) is not None:
        bad |= lent & hidden
    found = tuple((check, holds) for check, holds in wrong if holds.any())
    return Verdicts(cells.values | {ASIDE: aside}, written, aside, bad, found, doubted, lent)


def _checked(table: Table, cells: _Cells) -> Iterator[tuple[RowError, Array]]:
    return ((check, cells.where(check.matches)) for check in table.row_errors)


def _lent(judging: JudgeConfig, aside: Array, blank: Numbers) -> Array | None:
    lent = np.isin(aside, [*judging.given]) if judging.given else np.zeros(0, bool)
    return lent & ~np.logical_or.reduce([np.zeros(len(lent), bool), *blank.values()]) if lent.any() else None


def _cells(judging: JudgeConfig, columns: Mapping[str, ParsedColumn], rows: int) -> _Cells:
    table = judging.table
    values: dict[str, Any] = {c.name: np.broadcast_to(np.int64(c.empty), rows) for c in numeric(table)}
    values |= {c.as_end: np.broadcast_to(np.int64(c.empty), rows) for c in table.columns if c.fallback_end}
    values |= {name: column.values for name, column in columns.items() if name in values}
    unread = {name: ~column.ok for name, column in columns.items() if not column.ok.all()}
    return _Cells(values, unread, judging.chosen)


def _aside(table: Table, cells: _Cells, aside: Array) -> Array:
    """The first rule that holds is the one that counts. aside: as it is before the table's own rules, and is written on."""
    for number, rule in enumerate(table.skip_rules, 1):
        holds = cells.where(rule.matches)
        if holds.any():
            aside[holds & (aside == 0)] = number
    return aside
