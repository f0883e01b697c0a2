"""The columns of a stored table: their names and kinds in the Parquet file, and their values as Arrow has them.

Columns that only custmetrics needs begin with an underscore.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from custmetrics_cli.columns import FAR
from custmetrics_cli.columns.day import DAY as DAY_KIND
from custmetrics_cli.columns.money import MONEY as MONEY_KIND
from custmetrics_cli.core.time.calendar import FIRST_YEAR, LAST_YEAR
from custmetrics_cli.engines.stored.money import places_for, to_decimals
from custmetrics_cli.engines.stored.part import DAY, ID, MONEY, NUMBER, NUMBERED, SEVERAL, SKIPPED_BY, WORD, StoredColumn
from custmetrics_cli.ingest.check.judge import SKIP_RULE
from custmetrics_cli.ingest.check.plan import ReadPlan

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

FIRST, LAST = (FIRST_YEAR - 1970 - 1) * 366, (LAST_YEAR - 1970 + 1) * 366  # numbers beyond these are not dates
LINE, TEXT, REASON = "_line", "_text", "_reason"  # columns of a file of skipped rows, before those of the table


@dataclass
class Seen:
    """The numbers of a column seen so far, as far as its stored kind depends on them."""

    places: int = 2
    open_day: int | None = None  # the number that is not a date
    is_plain: bool = False  # the column cannot be stored as days or decimals

    def add_days(self, days: Array) -> None:
        beyond = np.unique(days[(days < FIRST) | (days > LAST)]).tolist()
        known = {*beyond, *(() if self.open_day is None else (self.open_day,))}
        self.is_plain = self.is_plain or len(known) > 1
        self.open_day = next(iter(known), None)

    def add_money(self, parts: Array) -> None:
        places = places_for(parts, self.places)
        self.is_plain = self.is_plain or places < 0
        self.places = max(self.places, places)


class Columns:
    """The columns of one stored file."""

    def __init__(self, plan: ReadPlan) -> None:
        self.plan, self.spec = plan, plan.table_spec
        made = {derived.name for derived in plan.table.derived} - {*plan.table.by_name}
        self.numbers = tuple(
            sorted((name for name in self.spec.numbers if name != SKIP_RULE), key=lambda name: (name in made, name != "monthly"))
        )
        self.has_id = bool(plan.id) and any(plan.id.name in each.layout.columns for each in plan.files if plan.id)
        self._seen = {name: Seen() for name in self.numbers}
        self._ids_are_words = self.has_id
        self._twins: dict[str, tuple[str, ...]] | None = None  # column of numbers -> earlier ones with the same numbers so far

    def see(self, numbers: Mapping[str, Array]) -> None:
        """Note the numbers of some rows."""
        self._see_twins(numbers)
        for name, seen in self._seen.items():
            if self.plan.is_day(name):
                seen.add_days(numbers[name])
            elif self._is_money(name):
                seen.add_money(numbers[name])

    @property
    def _id_words(self) -> str:
        """The column of words that holds the text of ids; "" = there is none."""
        return self.plan.split_columns.get(self.plan.id.name, "") if self.plan.id and self.has_id else ""

    def see_words(self, ids: pa.ChunkedArray, words: Mapping[str, pa.Array]) -> None:
        """Find out if the words of the column of ids are the ids: they are stored once."""
        key = self._id_words
        if key in words:
            self._ids_are_words = self._ids_are_words and ids.equals(pa.chunked_array([words[key]]))

    def _see_twins(self, numbers: Mapping[str, Array]) -> None:
        """Find the columns that are equal in all rows: they are stored once."""
        if self._twins is None:
            self._twins = {name: self.numbers[:at] for at, name in enumerate(self.numbers)}
        for name, twins in self._twins.items():
            self._twins[name] = tuple(
                each for each in twins if self._may_be_twins(name, each) and np.array_equal(numbers[name], numbers[each])
            )

    def _may_be_twins(self, name: str, other: str) -> bool:
        """Return whether one column can replace the other: a derived one for the one that people read."""
        return name not in self.plan.table.by_name and self.plan.is_day(name) == self.plan.is_day(other) and not self._is_money(other)

    def _is_money(self, name: str) -> bool:
        return name in self.plan.table.by_name and self.plan.table.by_name[name].kind is MONEY_KIND

    def stored(self) -> dict[str, StoredColumn]:
        """Return how the columns are stored, by the column of the frame, or id. It depends on all numbers."""
        found: dict[str, StoredColumn] = {}
        taken = {name.casefold() for name in (LINE, TEXT, REASON, SKIPPED_BY, f"_{SEVERAL}", f"_{NUMBERED}")}
        for key, name, column in sorted(self._all(), key=lambda each: each[1].startswith("_")):
            while name.casefold() in taken:
                name += "_"
            taken.add(name.casefold())
            found[key] = column._replace(name=name)
        if self._ids_are_words and self._id_words:
            found[self._id_words] = found["id"]
        return found | {name: found[twins[0]] for name, twins in (self._twins or {}).items() if twins}

    def _all(self) -> Iterator[tuple[str, str, StoredColumn]]:
        """Yield each column of the frame, the name it should have, and its kind."""
        if self.plan.id and self.has_id:
            yield "id", self.plan.id.name, StoredColumn("", ID)
        for name in (name for name in self.numbers if not (self._twins or {}).get(name)):
            column = self._number(name)
            yield name, name if self._is_public(name, column) else f"_{name}", column
        for name, key in self.plan.split_columns.items():
            if self._ids_are_words and key == self._id_words:
                continue
            is_number = name in self.numbers and self._is_public(name, self._number(name))
            is_other = is_number or key == self._id_words
            yield key, f"_{name}_text" if is_other else name, StoredColumn("", WORD)

    def _number(self, name: str) -> StoredColumn:
        seen = self._seen[name]
        if self.plan.is_day(name) and not seen.is_plain:
            return StoredColumn("", DAY, FAR if seen.open_day is None else seen.open_day)
        if self._is_money(name) and not seen.is_plain:
            return StoredColumn("", MONEY, places=seen.places)
        return StoredColumn("", NUMBER)

    def _is_public(self, name: str, column: StoredColumn) -> bool:
        """Return whether people can read the numbers of a column as they are."""
        declared = self.plan.table.by_name.get(name)
        if declared is None:
            return False
        return column.kind in (DAY, MONEY) or (
            declared.kind is not MONEY_KIND and declared.kind is not DAY_KIND and declared.kind.decode is int
        )


def number_array(numbers: Array, column: StoredColumn) -> pa.Array:
    """Return the numbers of a column as it is stored."""
    if column.kind == MONEY:
        return to_decimals(numbers.astype(np.int64, copy=False), column.places)
    if column.kind == DAY:
        is_open = numbers == column.empty
        return pa.array(np.where(is_open, 0, numbers).astype(np.int32), mask=is_open).cast(pa.date32())
    return pa.array(numbers, pa.int64())


def arrow_type(column: StoredColumn) -> pa.DataType:
    """Return the type of a stored column."""
    types = {DAY: pa.date32(), NUMBER: pa.int64(), MONEY: pa.decimal128(18, column.places)}
    return types.get(column.kind, pa.string())
