"""Progress of reading one file: its rows by what became of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.errors import Problem
from custmetrics_cli.ingest.check.truncation import Truncation, detect_truncation
from custmetrics_cli.ingest.model import Layout, TextFile
from custmetrics_cli.ingest.parse.csv_slices import CsvPart

if TYPE_CHECKING:
    from custmetrics_cli.ingest.check.batch import Batch


@dataclass(eq=False, repr=False)
class FileProgress:
    """One file of a table on its way, and what became of its rows so far."""

    text_file: TextFile
    layout: Layout
    csv_part: CsvPart
    patches: dict[int, Patch] = field(default_factory=dict)  # offset of a slice -> what is read in its place
    parsed: int = 0  # rows that the reader gave, slices and patches
    read: int = 0  # of these, rows taken
    excluded: Counter[str] = field(default_factory=Counter)  # of these, by reason
    kept: int = 0  # of the excluded, rows that go to the host all the same
    currencies: Counter[str] = field(default_factory=Counter)  # of rows used, by what they say of it
    tallied: Counter[tuple[str, tuple[int, ...]]] = field(default_factory=Counter)  # of rows used: code of a check, numbers it looks at
    truncation: Truncation | None = None  # its last row, where that may not be whole
    bad_slices: set[int] = field(default_factory=set)  # offsets of slices with a row that is not proven
    fallback_ids: int = 0  # rows whose id is another column's

    @property
    def skipped_by_scan(self) -> Counter[str]:
        """Rows that the scan left out, by reason."""
        return sum((patch.skipped for patch in self.patches.values()), Counter[str]())

    @property
    def dirty(self) -> set[int]:
        """Offsets of the slices that must be explained."""
        return self.bad_slices | {offset for offset, patch in self.patches.items() if patch.total}

    @property
    def rows(self) -> int:
        """Rows of the file."""
        return self.read + self.skipped_by_scan.total()

    @property
    def used(self) -> int:
        return self.read - self.excluded.total()

    def restart(self) -> None:
        """Before it is read (again)."""
        self.parsed = self.read = self.kept = self.fallback_ids = 0
        self.excluded.clear()
        self.currencies.clear()
        self.tallied.clear()
        self.bad_slices.clear()
        self.truncation = detect_truncation(self.layout, self.csv_part)

    @property
    def is_truncated(self) -> bool:
        """Whether its last row is not whole."""
        return self.truncation is not None and self.truncation.sure

    def count(self, batch: Batch) -> None:
        """Accounts for the rows of a slice."""
        self.read += batch.rows
        for number, reason in enumerate(self.layout.reasons, 1):
            self.excluded[reason] += int((batch.verdicts.skip_numbers == number).sum())
        used = batch.used
        self.kept += batch.kept.rows - used.rows
        for column in self.layout.table.columns:
            if column.is_currency:
                self.currencies.update(used.segment(column.name).counted)
        for check in self.layout.table.file_errors:
            self.tallied.update({(check.code, numbers): n for numbers, n in used.tally(check.columns).items()})


class Patch(NamedTuple):
    """The ranges of the slice that are sound, and a copy of the good rows of the rest."""

    ranges: tuple[tuple[int, int], ...]
    copy: CsvPart
    rows: int  # of the copy
    skipped: Counter[str]  # rows left out, by reason
    problems: tuple[Problem, ...]  # the first of them
    total: int  # of problems
