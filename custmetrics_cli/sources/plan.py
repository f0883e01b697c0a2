"""What is to be read of each file of a table: its declared columns, and the columns by which the user splits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.columns.text import ID
from custmetrics_cli.sources._nouns import Plain, Shape
from custmetrics_cli.sources.cut import Cut, found
from custmetrics_cli.sources.read import Feed
from custmetrics_cli.sources.rows import ASIDE, Judging, numeric
from custmetrics_cli.tables import Column, Table

if TYPE_CHECKING:
    from custmetrics_cli.sources.batch import Batch
    from custmetrics_cli.sources.mend import Patch

BAD = "bad row"  # why --skip-bad-rows sets one aside
SPLIT = "by "  # marks what is read as the text of a segment, beside the same column's numbers
ROW = "row "  # and what a preset chooses rows by
OTHER = " other"  # the cell that it is held against
OR = " or "  # and what is taken where the cell of a column is empty
TAKEN = ("id", "g", ASIDE)  # names in frames that are no column's


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


class Plan(NamedTuple):
    """A table, its files, and the columns of its frame."""

    table: Table
    inputs: Sequence[Input]
    present: frozenset[str]  # declared columns that are in some file, or said by its header
    segments: Mapping[str, str]  # as the user asks for it -> column of the frame
    chosen: Mapping[str, str]  # policies
    reads: tuple[str, ...]  # columns of numbers that somebody looks at
    given: frozenset[int]  # numbers of the rules whose rows are in the frame all the same
    told: Mapping[str, str]  # what checks must know of the metrics asked for

    @property
    def id(self) -> Column | None:
        return next((column for column in self.table.columns if column.kind is ID), None)

    @property
    def judging(self) -> Judging:
        days = (name for name in self.reads if self.is_day(name))
        return Judging(self.table, {**self.chosen, **self.told}, self.given, (*(column.name for column in (self.id,) if column), *days))

    @property
    def read(self) -> list[str]:
        """The columns of numbers that the frame takes from files."""
        return [*(name for name in self.reads if name not in self.constant), *([ASIDE] if self.given else [])]

    @property
    def constant(self) -> dict[str, int]:
        """The columns of numbers that no file has."""
        made = {derived.name for derived in self.table.derived}
        lacking = {column.name: column.empty for column in numeric(self.table) if column.name not in self.present | made}
        return {name: lacking[name] for name in self.reads if name in lacking}

    @property
    def money(self) -> list[str]:
        """The columns that are summed: amounts, and what is made of them."""
        return [name for name, kind in self.table.kinds.items() if kind is MONEY and name in self.answers]

    @property
    def currencies(self) -> dict[str, int]:
        """What rows that are used say of their currency, in order of name, and how many; '' = nothing; {} where nobody could say."""
        there = any(column.of_money and column.name in self.present for column in self.table.columns)
        every = sum((source.currencies for source in self.inputs), Counter[str]())
        return dict(sorted(every.items())) if there else {}

    def is_day(self, name: str) -> bool:
        return self.table.kinds.get(name) is DAY

    @property
    def answers(self) -> frozenset[str]:
        """Columns that can be answered for: in a file, or made from those of one."""
        return self.present.union(*(self.table.answered(source.shape.columns, self.chosen) for source in self.inputs))
