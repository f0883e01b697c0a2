"""The progress of reading one file: how many of its rows are used, skipped or repaired."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli.core.errors import Problem
from custmetrics_cli.ingest.check.batch import Batch
from custmetrics_cli.ingest.check.truncation import Truncation, detect_truncation
from custmetrics_cli.ingest.model import Layout, Remark, TextFile
from custmetrics_cli.ingest.parse.csv_slices import CsvPart
from custmetrics_cli.ingest.parse.rounding import Rounding

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

BAD = "bad row"  # the reason of rows that --skip-bad-rows skips


class LeftOut(NamedTuple):
    """A row that the scan left out."""

    line: int  # of the input
    text: str
    reason: str


class Patch(NamedTuple):
    """A slice after its scan: the ranges of bytes that are good, and a copy of the good rows of the rest."""

    ranges: tuple[tuple[int, int], ...]
    copy: CsvPart
    rows: int  # in the copy
    skipped: Counter[str]  # rows left out, by reason
    problems: tuple[Problem, ...]  # the first of them
    total: int  # all problems
    left_out: tuple[LeftOut, ...] = ()  # the rows left out, if they are to be written


@dataclass(eq=False, repr=False)
class FileProgress:
    """One file of a table, and the counts of its rows so far."""

    text_file: TextFile
    layout: Layout
    csv_part: CsvPart
    patches: dict[int, Patch] = field(default_factory=dict)  # offset of a slice -> what is read in its place
    parsed: int = 0  # rows that the parser returned, from slices and patches
    read: int = 0  # rows of these that were judged
    skipped_by_rule: Counter[str] = field(default_factory=Counter)  # judged rows that a rule skips, by reason
    kept: int = 0  # skipped rows that go to the engine all the same
    currencies: Counter[str] = field(default_factory=Counter)  # used rows, by currency
    combinations: Counter[tuple[str, tuple[int, ...]]] = field(default_factory=Counter)  # used rows: name of a check, its numbers
    truncation: Truncation | None = None  # the last row, where it may be incomplete
    bad_slices: set[int] = field(default_factory=set)  # offsets of slices with a row that has an error
    fallback_ids: int = 0  # rows whose id is from another column
    rounding: dict[str, Rounding] = field(default_factory=dict)  # column of money -> its amounts with too many decimals
    older: Counter[str] = field(default_factory=Counter)  # rows left out because a newer file holds them, by reason
    remarks: list[Remark] = field(default_factory=list)  # about its rows beside those of other files

    @property
    def skipped_by_scan(self) -> Counter[str]:
        """The rows that the scan left out, by reason."""
        return sum((patch.skipped for patch in self.patches.values()), Counter[str]())

    @property
    def dirty_slices(self) -> set[int]:
        """The offsets of the slices whose errors must be explained."""
        return self.bad_slices | {offset for offset, patch in self.patches.items() if patch.total}

    @property
    def rows(self) -> int:
        """All rows of the file."""
        return self.read + self.skipped_by_scan.total() + self.older.total()

    @property
    def used(self) -> int:
        return self.read - self.skipped_by_rule.total()

    @property
    def is_truncated(self) -> bool:
        """True if the last row is certainly incomplete."""
        return self.truncation is not None and self.truncation.is_certain

    def use_text(self) -> bool:
        """Read typed rows as text from now on, so that each can be shown. Return False if the file is text already."""
        if not self.text_file.typed:
            return False
        self.text_file = self.text_file.whole()
        self.csv_part = self.csv_part._replace(path=self.text_file.path)
        self.patches.clear()
        return True

    def restart(self) -> None:
        """Reset the counts before the file is read, or read again."""
        self.parsed = self.read = self.kept = self.fallback_ids = 0
        self.skipped_by_rule.clear()
        self.currencies.clear()
        self.combinations.clear()
        self.older.clear()
        self.rounding.clear()
        self.bad_slices.clear()
        self.truncation = detect_truncation(self.layout, self.csv_part)

    def count(self, batch: Batch) -> None:
        """Add the rows of a slice to the counts."""
        self.read += batch.rows
        for number, reason in enumerate(self.layout.reasons, 1):
            self.skipped_by_rule[reason] += int((batch.verdicts.skip_rules == number).sum())
        used = batch.used
        self.kept += batch.kept.rows - used.rows
        for column in self.layout.table.columns:
            if column.is_currency:
                self.currencies.update(used.words(column.name).row_counts())
        for name, rests in batch.rests.items():
            self._count_rounding(name, batch, rests)
        for check in self.layout.table.file_errors:
            counts = used.count_combinations(check.columns)
            self.combinations.update({(check.name, numbers): n for numbers, n in counts.items()})

    def _count_rounding(self, name: str, batch: Batch, rests: Array) -> None:
        counted = batch.verdicts.used
        if "quantity" in batch.verdicts.values:  # the product is rounded, not the price
            counted = counted & (batch.verdicts.values["quantity"] == self.layout.table.by_name["quantity"].empty)
        self.rounding[name] = self.rounding.get(name, Rounding()).add(rests[counted], batch.verdicts.original[name][counted])
