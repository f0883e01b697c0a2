"""Which rows are used, which are set aside and why, and whether the others are proven.

A rule, a check or a derivation judges only rows whose cells it looks at could be read: what could not be read never sets a row aside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from custmetrics_cli.columns import Column
from custmetrics_cli.columns.text import ID
from custmetrics_cli.tables import Column as Declared
from custmetrics_cli.tables import RowCheck, Table

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]
    Arrays = Mapping[str, Array]


class Judged(NamedTuple):
    """Rows with their numbers, derived ones included."""

    values: Arrays
    aside: Array  # of each row: 0 = not set aside, else the number of its rule, from 1
    bad: Array  # of each row: not set aside, and a cell is unread or a check holds
    wrong: tuple[tuple[RowCheck, Array], ...]  # the checks that hold somewhere, and where

    @property
    def used(self) -> Array:
        used: Array = (self.aside == 0) & ~self.bad
        return used


class _Noted(dict[str, Any]):
    """Arrays that note which of them were looked at."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__(arrays)
        self.seen: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.seen.add(name)
        return super().__getitem__(name)


def numeric(table: Table) -> list[Declared]:
    """The columns that are whole numbers in a frame."""
    return [column for column in table.columns if not column.kind.words and column.kind is not ID]


def judge(table: Table, columns: Mapping[str, Column], rows: int) -> Judged:
    """columns: those that are in the file. Raises CustmetricsError when a derivation leaves its range."""
    values: dict[str, Any] = {c.name: np.broadcast_to(np.int64(c.empty), rows) for c in numeric(table)}
    values |= {c.as_end: np.broadcast_to(np.int64(c.empty), rows) for c in table.columns if c.stands_in}
    values |= {name: column.values for name, column in columns.items() if name in values}
    unread = {name: ~column.ok for name, column in columns.items() if not column.ok.all()}
    bad = np.logical_or.reduce([np.zeros(rows, bool), *unread.values()])
    for derived in table.derived:
        values[derived.name], hidden = _looked(derived.make, values, unread)
        unread |= {derived.name: hidden} if hidden is not None else {}
    aside = _aside(table, values, unread, rows)
    wrong = tuple((check, _known(check.holds, values, unread) & (aside == 0)) for check in table.checks)
    bad = np.logical_or.reduce([bad, *(holds for _, holds in wrong)])
    return Judged(values, aside, bad & (aside == 0), tuple((check, holds) for check, holds in wrong if holds.any()))


def _aside(table: Table, values: Arrays, unread: Arrays, rows: int) -> Array:
    """The first rule that holds is the one that counts."""
    aside = np.zeros(rows, np.int8)
    for number, rule in enumerate(table.rules, 1):
        holds = _known(rule.holds, values, unread)
        if holds.any():
            aside[holds & (aside == 0)] = number
    return aside


def _known(holds: Callable[[Arrays], Array], values: Arrays, unread: Arrays) -> Array:
    """Where it holds on cells that could be read."""
    answer, hidden = _looked(holds, values, unread)
    return answer if hidden is None else answer & ~hidden


def _looked(make: Callable[[Arrays], Array], values: Arrays, unread: Arrays) -> tuple[Array, Array | None]:
    """What it makes, and the rows for which it looked at a cell that could not be read."""
    noted = _Noted(values)
    made = make(noted)
    hidden = [unread[name] for name in noted.seen if name in unread]
    return made, np.logical_or.reduce(hidden) if hidden else None
