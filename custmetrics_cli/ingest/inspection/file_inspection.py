"""The state of one file while it is inspected: how it was read so far, and the problems in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.core.errors import SHOWN, Problem
from custmetrics_cli.engines.base import Chunk, RowSink, TableSpec
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.model import Layout, RecognisedFile, TextFile
from custmetrics_cli.ingest.parse.formats import TableEvidence

if TYPE_CHECKING:
    import numpy as np

    from custmetrics_cli.ingest.check.batch import Batch

    Array = np.ndarray[Any, Any]


@dataclass(eq=False, repr=False)
class DatedProgress(FileProgress):
    """The progress of a file, with the first and last day in each date column."""

    days: dict[str, tuple[int, int]] = field(default_factory=dict)

    def restart(self) -> None:
        super().restart()
        self.days.clear()

    def count(self, batch: Batch) -> None:
        super().count(batch)
        for column in self.layout.table.columns:
            if column.kind is DAY and column.name in self.layout.columns:
                days = batch.used.numbers(column.name)
                self._add_days(column.name, days[days != column.empty])

    def _add_days(self, name: str, days: Array) -> None:
        if len(days):
            known = [*self.days.get(name, ()), int(days.min()), int(days.max())]
            self.days[name] = (min(known), max(known))


class CountingSink(RowSink):
    """A row sink that counts rows instead of keeping them."""

    def __init__(self) -> None:
        self._rows = 0

    def prepare(self) -> None:
        """Do nothing: no library must be loaded."""

    def clear(self, table: TableSpec) -> None:
        self._rows = 0

    def add(self, table: TableSpec, chunk: Chunk) -> None:
        self._rows += chunk.row_count

    def row_count(self, table: TableSpec) -> int:
        return self._rows


@dataclass(eq=False, repr=False)
class FileInspection:
    """One file: what was learned about it, step by step. A step that fails leaves the later fields empty."""

    path: str
    text_file: TextFile | None = None
    layout: Layout | None = None
    progress: DatedProgress | None = None  # the rows read
    evidence: TableEvidence | None = None  # about the formats of all files of its table
    number: int = 0  # of the file in the evidence
    last_day: int | None = None  # the last known day of its table
    problems: list[Problem] = field(default_factory=list)  # the first SHOWN
    total: int = 0  # problems
    may_be_skipped: bool = False  # as in Inspection

    def add_problem(self, problem: Problem) -> None:
        self.total += 1
        if len(self.problems) < SHOWN:
            self.problems.append(problem)


def recognised(files: Iterable[FileInspection]) -> list[RecognisedFile]:
    return [RecognisedFile(file.text_file, file.layout) for file in files if file.text_file and file.layout]


def add_problems(files: Sequence[FileInspection], problems: Iterable[Problem]) -> None:
    """Add each problem to its file. A problem without a file goes to the first one."""
    for problem in problems:
        next((file for file in files if file.path == problem.place.path), files[0]).add_problem(problem)
