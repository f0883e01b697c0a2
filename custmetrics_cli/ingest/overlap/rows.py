"""The rows of the files of one table, as hashes that are equal for equal rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from custmetrics_cli.columns import FAR
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.ingest.overlap.hashes import EMPTY, mix
from custmetrics_cli.ingest.overlap.row_ids import Identity
from custmetrics_cli.tables import Table

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

ENDS = ("ended_at", "paid_through")
NOT_SEEN = -FAR


class SliceRows(NamedTuple):
    """Some rows of a file whose key is in several files."""

    numbers: Array  # of the rows in their file, from 0
    keys: Array
    days: Array  # the day of the row, or its first day; FAR or -FAR = not known
    customers: Array  # hashes; 0 = not known
    ends: Array  # the day of the end; FAR = open
    contents: Array  # hashes of all numbers and days
    gives_back: Array  # True: a refund

    def select(self, chosen: Array) -> SliceRows:
        return SliceRows(*(column[chosen] for column in self))


@dataclass(eq=False, repr=False)
class FileRows:
    """The rows of a file: the key and the day of each, and all else about those whose key is in several files."""

    path: str
    keys: list[Array] = field(default_factory=list)  # 0 = a row that is not compared
    days: list[Array] = field(default_factory=list)
    newest: int = NOT_SEEN  # the last day, up to today, on which something happened
    whole: list[SliceRows] = field(default_factory=list)
    texts: list[pa.Array] = field(default_factory=list)  # the id, or the customer, of each of these rows

    def text(self, number: int) -> str:
        """Return the id, or the customer, of a row that is kept whole."""
        for rows, texts in zip(self.whole, self.texts, strict=True):
            if len(at := np.flatnonzero(rows.numbers == number)):
                return str(texts[int(at[0])].as_py() or "")
        return ""

    def numbers_of(self, key: int) -> Array:
        """Return the numbers of the rows with a key."""
        return np.flatnonzero(self.all_keys == np.uint64(key))

    @cached_property
    def all_keys(self) -> Array:
        return np.concatenate(self.keys) if self.keys else np.zeros(0, np.uint64)

    @cached_property
    def all_days(self) -> Array:
        return np.concatenate(self.days) if self.days else np.zeros(0, np.int32)

    @cached_property
    def span(self) -> tuple[int, int]:
        """The first and the last day of the rows."""
        known = self.all_days[np.abs(self.all_days) < FAR]
        return (int(known.min()), int(known.max())) if len(known) else (FAR, -FAR)


class Cells(NamedTuple):
    """The cells of some rows by which they are compared."""

    ids: Array | None  # hashes; None = the file has no ids
    customers: Array  # hashes; 0 = not known
    numbers: Mapping[str, Array]  # of the columns of numbers and days that the file has

    def days(self, table: Table) -> Array:
        return self.numbers[table.days[0]]

    def contents(self) -> Array:
        hashes = np.zeros(len(self.customers), np.uint64)
        for name in sorted(self.numbers):
            hashes = mix(hashes, self.numbers[name])
        return hashes

    def keys(self, identity: Identity, table: Table) -> Array:
        """Return hashes of what identifies each row."""
        if identity is Identity.ALL:
            return mix(self.customers, self.contents())
        if identity is Identity.START:
            return np.where(self.customers == EMPTY, EMPTY, mix(self.customers, self.days(table)))
        ids = np.zeros(len(self.customers), np.uint64) if self.ids is None else self.ids
        return ids if identity is Identity.ID else np.where(ids == EMPTY, EMPTY, mix(mix(ids, self.customers), self.contents()))

    def whole(self, numbers: Array, keys: Array, table: Table) -> SliceRows:
        """Return all that is known about the rows. numbers: of the rows in their file."""
        rows = len(keys)
        ends = np.minimum.reduce([np.full(rows, FAR, np.int64), *(self.numbers[name] for name in ENDS if name in self.numbers)])
        amounts = self.numbers.get("amount", np.zeros(rows, np.int64))
        return SliceRows(numbers, keys, self.days(table), self.customers, ends, self.contents(), amounts < 0)

    def newest(self, table: Table, today: int) -> int:
        """Return the last day, up to today, in the columns of days."""
        days = [self.numbers[column.name] for column in table.columns if column.kind is DAY and column.name in self.numbers]
        past = [values[(values <= today) & (values > NOT_SEEN)] for values in days]
        return max((int(each.max()) for each in past if len(each)), default=NOT_SEEN)
