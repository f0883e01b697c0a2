"""Judge rows: which are used, which are skipped and why, which have errors.

A derivation, rule or check sees only the columns that it declares. Where a cell of these could not be read, it does not judge the
row: an unreadable cell never makes a rule skip a row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from custmetrics_cli.columns import ParsedColumn
from custmetrics_cli.columns.text import ID
from custmetrics_cli.ingest.parse.key_numbers import NO_KEY
from custmetrics_cli.tables import Column, Table
from custmetrics_cli.tables.shared.rules import Derived, RowError, RowWarning

if TYPE_CHECKING:
    from custmetrics_cli.tables.shared.rules import Arrays

    Array = np.ndarray[Any, Any]
    Numbers = Mapping[str, Array]

SKIP_RULE = "skip_rule"  # column of frames: the number of the rule by which the row is skipped, from 1; 0 = it is used


class JudgeConfig(NamedTuple):
    """Settings for judging the rows of a table. Kept rows are skipped by a rule and go to the engine all the same."""

    table: Table
    chosen: Mapping[str, str]  # policies, and options that checks read
    kept_rules: frozenset[int]  # numbers of the rules whose rows are kept
    kept_columns: Collection[str]  # columns that a kept row must have, without errors: the id and days
    reads: Collection[str] = ()  # columns that metrics read


class Verdicts(NamedTuple):
    """The numbers of rows, and what was found about each row."""

    values: Numbers  # after derivations
    original: Numbers  # as the file has them
    skip_rules: Array  # the number of the rule by which the row is skipped, from 1; 0 = by none
    bad: Array  # True: a row that would be used or kept has an error
    errors: tuple[tuple[RowError, Array], ...]  # the checks that some row fails, and which rows
    warnings: tuple[tuple[RowWarning, Array], ...]  # the rows used with a warning
    kept_skipped: Array | None  # True: a skipped row that is kept; None = there is none

    @property
    def used(self) -> Array:
        """The rows that count."""
        used: Array = (self.skip_rules == 0) & ~self.bad
        return used

    @property
    def kept(self) -> Array:
        """The rows that go to the engine."""
        kept: Array = self.used if self.kept_skipped is None else self.used | (self.kept_skipped & ~self.bad)
        return kept


class PresetVerdicts(NamedTuple):
    """The decisions of a preset about rows before the rules of the table."""

    skip_rules: Array  # as in Verdicts; presets' rules are numbered after the table's
    errors: tuple[tuple[RowError, Array], ...] = ()


class _Columns(dict[str, "Array"]):
    """The columns that a rule declares."""

    def __init__(self, columns: Numbers, chosen: Mapping[str, str], rests: Numbers) -> None:
        super().__init__(columns)
        self.chosen, self.rests = chosen, rests


@dataclass(eq=False, repr=False)
class _Cells:
    """The numbers of rows, and where a cell could not be read."""

    values: dict[str, Array]
    unread: dict[str, Array]  # of columns with such a cell
    chosen: Mapping[str, str]
    rests: Numbers  # of columns of money whose amounts were rounded
    rows: int

    def apply(self, function: Callable[[Arrays], Array], reads: Collection[str]) -> Array:
        made = function(_Columns({name: _once(self.values[name]) for name in reads}, self.chosen, self.rests))
        return made if np.shape(made) == (self.rows,) else np.broadcast_to(made, self.rows)

    def holds(self, condition: Callable[[Arrays], Array], reads: Collection[str]) -> Array:
        """Return the rows for which a condition holds, all of whose cells could be read."""
        holds, unread = self.apply(condition, reads), self.unread_in(reads)
        return holds if unread is None else holds & ~unread

    def unread_in(self, names: Iterable[str]) -> Array | None:
        """Return the rows with an unread cell in these columns; None = there is none."""
        masks = [self.unread[name] for name in names if name in self.unread]
        return np.logical_or.reduce(masks) if masks else None


def _once(column: Array) -> Array:
    """Return a column that holds the same number in all rows as one number: numpy repeats it, and rules look at one row at a time."""
    return column[:1] if column.strides == (0,) else column


def numeric(table: Table) -> list[Column]:
    """Return the columns that are whole numbers in frames."""
    return [column for column in table.columns if not column.kind.is_text and column.kind is not ID]


def judge_rows(
    config: JudgeConfig, columns: Mapping[str, ParsedColumn], rows: int, empty: Numbers, presets: PresetVerdicts | None = None
) -> Verdicts:
    """Judge the rows of a slice. columns: those of the file. empty: where a cell that kept rows must have is empty.

    Raises CustmetricsError when a derived number leaves its range.
    """
    table, cells = config.table, _cells(config, columns, rows)
    original = dict(cells.values)
    unread = np.logical_or.reduce([np.zeros(rows, bool), *cells.unread.values()])
    _derive(table.derived_for(config.reads), cells)
    skip_rules = _skip(table, cells, presets.skip_rules if presets else np.zeros(rows, np.int8))
    is_used = skip_rules == 0
    checks = [*(presets.errors if presets else ()), *((check, cells.holds(check.matches, check.reads)) for check in table.row_errors)]
    errors = tuple((check, holds & is_used) for check, holds in checks)
    bad = np.logical_or.reduce([unread, *(holds for _, holds in errors)]) & is_used
    warnings = tuple((warning, cells.holds(warning.matches, warning.reads) & is_used & ~bad) for warning in table.row_warnings)
    kept_skipped = _kept_skipped(config, skip_rules, empty)
    if kept_skipped is not None and (unread_in_kept := cells.unread_in(config.kept_columns)) is not None:
        bad |= kept_skipped & unread_in_kept
    failed = tuple((check, holds) for check, holds in errors if holds.any())
    return Verdicts(cells.values | {SKIP_RULE: skip_rules}, original, skip_rules, bad, failed, warnings, kept_skipped)


def _cells(config: JudgeConfig, columns: Mapping[str, ParsedColumn], rows: int) -> _Cells:
    table = config.table
    values: dict[str, Array] = {c.name: np.broadcast_to(np.int64(c.empty), rows) for c in numeric(table)}
    values |= {c.as_key: np.broadcast_to(np.int64(NO_KEY), rows) for c in table.columns if c.kind.is_key}
    values |= {c.as_repeat: np.broadcast_to(np.int64(0), rows) for c in table.columns if c.kind.is_key}
    values |= {c.as_nobody: np.broadcast_to(np.int64(0), rows) for c in table.columns if c.nobody}
    values |= {c.as_order: np.broadcast_to(np.int64(0), rows) for c in table.columns if c.keeps_order}
    values |= {c.as_end: np.broadcast_to(np.int64(c.empty), rows) for c in table.columns if c.fallback_end}
    values |= {name: column.values for name, column in columns.items() if name in values}
    unread = {name: ~column.ok for name, column in columns.items() if not column.ok.all()}
    rests = {name: column.rests for name, column in columns.items() if column.rests is not None}
    return _Cells(values, unread, config.chosen, rests, rows)


def _derive(wanted: Iterable[Derived], cells: _Cells) -> None:
    """Add the derived columns. A derived number is unread where a number that it is made from is."""
    for derived in wanted:
        reads = derived.columns_read(cells.chosen)
        cells.values[derived.name], unread = cells.apply(derived.make, reads), cells.unread_in(reads)
        cells.unread |= {derived.name: unread} if unread is not None else {}


def _skip(table: Table, cells: _Cells, skip_rules: Array) -> Array:
    """Add the rows that the table's rules skip. The first rule that holds counts."""
    for number, rule in enumerate(table.skip_rules, 1):
        holds = cells.holds(rule.matches, rule.reads)
        skip_rules[holds & (skip_rules == 0)] = number
    return skip_rules


def _kept_skipped(config: JudgeConfig, skip_rules: Array, empty: Numbers) -> Array | None:
    if not config.kept_rules:
        return None
    kept = np.isin(skip_rules, [*config.kept_rules])
    return kept & ~np.logical_or.reduce([np.zeros(len(kept), bool), *empty.values()]) if kept.any() else None
