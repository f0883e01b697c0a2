"""Progress of reading one file: its rows by what became of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.errors import Problem
from custmetrics_cli.ingest.check.truncation import Cut, found
from custmetrics_cli.ingest.model import Plain, Shape
from custmetrics_cli.ingest.parse.csv_slices import Feed

if TYPE_CHECKING:
    from custmetrics_cli.ingest.check.batch import Batch


@dataclass(eq=False, repr=False)
class Input:
    """One file of a table on its way, and what became of its rows so far."""

    plain: Plain
    shape: Shape
    feed: Feed
    patches: dict[int, Patch] = field(default_factory=dict)  # offset of a slice -> what is read in its place
    parsed: int = 0  # rows that the reader gave, slices and patches
    read: int = 0  # of these, rows taken
    excluded: Counter[str] = field(default_factory=Counter)  # of these, by reason
    given: int = 0  # of the excluded, rows that go to the host all the same
    currencies: Counter[str] = field(default_factory=Counter)  # of rows used, by what they say of it
    tallied: Counter[tuple[str, tuple[int, ...]]] = field(default_factory=Counter)  # of rows used: code of a check, numbers it looks at
    cut: Cut | None = None  # its last row, where that may not be whole
    spoilt: set[int] = field(default_factory=set)  # offsets of slices with a row that is not proven
    stood_in: int = 0  # rows whose id is another column's

    @property
    def aside(self) -> Counter[str]:
        """Rows that the scan left out, by reason."""
        return sum((patch.aside for patch in self.patches.values()), Counter[str]())

    @property
    def dirty(self) -> set[int]:
        """Offsets of the slices that must be explained."""
        return self.spoilt | {offset for offset, patch in self.patches.items() if patch.total}

    @property
    def rows(self) -> int:
        """Rows of the file."""
        return self.read + self.aside.total()

    @property
    def used(self) -> int:
        return self.read - self.excluded.total()

    def begin(self) -> None:
        """Before it is read (again)."""
        self.parsed = self.read = self.given = self.stood_in = 0
        self.excluded.clear()
        self.currencies.clear()
        self.tallied.clear()
        self.spoilt.clear()
        self.cut = found(self.shape, self.feed)

    @property
    def is_cut(self) -> bool:
        """Whether its last row is not whole."""
        return self.cut is not None and self.cut.sure

    def count(self, batch: Batch) -> None:
        """Accounts for the rows of a slice."""
        self.read += batch.rows
        for number, reason in enumerate(self.shape.reasons, 1):
            self.excluded[reason] += int((batch.judged.aside == number).sum())
        used = batch.used
        self.given += batch.given.rows - used.rows
        for column in self.shape.table.columns:
            if column.of_money:
                self.currencies.update(used.segment(column.name).counted)
        for check in self.shape.table.together:
            self.tallied.update({(check.code, numbers): n for numbers, n in used.tally(check.columns).items()})


class Patch(NamedTuple):
    """The ranges of the slice that are sound, and a copy of the good rows of the rest."""

    ranges: tuple[tuple[int, int], ...]
    copy: Feed
    rows: int  # of the copy
    aside: Counter[str]  # rows left out, by reason
    problems: tuple[Problem, ...]  # the first of them
    total: int  # of problems
