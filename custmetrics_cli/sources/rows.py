"""Which rows are used, which are set aside and why, and whether the others are proven.

A rule, a check or a derivation judges only rows whose cells it looks at could be read: what could not be read never sets a row aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from custmetrics_cli.columns import Column
from custmetrics_cli.tables import Table

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Judged:
    """Rows with their numbers, derived ones included."""

    values: Mapping[str, Array]
    aside: Array  # of each row: 0 = not set aside, else the number of its rule, from 1
    bad: Array  # of each row: not set aside, and a cell is unread or a check holds
    wrong: Mapping[str, Array]  # code of a check -> the rows it finds wrong


class _Noted(dict[str, "Array"]):
    """Arrays that note which of them were looked at."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        super().__init__(arrays)
        self.seen: set[str] = set()

    def __getitem__(self, name: str) -> Array:
        self.seen.add(name)
        return super().__getitem__(name)


def judge(table: Table, columns: Mapping[str, Column], rows: int) -> Judged:
    """columns: those that are in the file, by canonical name. Raises CustmetricsError when a derivation leaves its range."""
    values = {column.name: np.broadcast_to(np.int64(column.empty), rows) for column in table.columns if not column.kind.words}
    values |= {name: column.values for name, column in columns.items() if name in values}
    unread = {name: ~column.ok for name, column in columns.items() if not column.ok.all()}
    for name, made, unknown in list(_derived(table, values, unread)):
        values[name] = made
        if unknown is not None:
            unread[name] = unknown
    aside = _aside(table, values, unread, rows)
    bad, wrong = np.zeros(rows, bool), {}
    for name in columns:
        if name in unread:
            bad |= ~columns[name].ok
    for check in table.checks:
        holds = _known(check.holds, values, unread) & (aside == 0)
        if holds.any():
            wrong[check.code] = holds
            bad |= holds
    return Judged(values, aside, bad & (aside == 0), wrong)
