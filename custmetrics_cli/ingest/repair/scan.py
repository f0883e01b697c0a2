"""Reads a file that is known not to be clean, record by record: says where and why, and lets the good rows pass.

It judges the same cells by the same functions as the fast way, only in smaller portions and with their lines in hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa

from custmetrics_cli.columns.text import BLANKS
from custmetrics_cli.core.errors import SHOWN, CustmetricsError, Place, Problem
from custmetrics_cli.ingest.check.file_progress import BAD, FileProgress
from custmetrics_cli.ingest.check.group_rows import GROUP_ROW, Groups
from custmetrics_cli.ingest.check.make_batch import make_batch, read_cells
from custmetrics_cli.ingest.check.noise_rows import BLANK, Readable
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.check.record_kind import BadRecord, classify, truncated_row
from custmetrics_cli.ingest.parse.csv_slices import REPEATED_TEXT
from custmetrics_cli.ingest.parse.fallbacks import fill_from_fallbacks
from custmetrics_cli.ingest.parse.formats import Formats
from custmetrics_cli.ingest.parse.records import Record, read_records
from custmetrics_cli.ingest.repair import explain

PORTION = 20_000  # records judged at a time
Rejected = Callable[[Problem, Sequence[str]], None]


@dataclass(eq=False, repr=False)
class Scan:
    """One scan of one input. readings: how its cells are read; None = only records are looked at, not their cells."""

    progress: FileProgress
    plan: ReadPlan
    formats: Formats | None
    rejected: Rejected | None = None
    seen: int = 0  # records
    skipped: Counter[str] = field(default_factory=Counter)  # rows that do not pass, by reason
    problems: list[Problem] = field(default_factory=list)  # the first SHOWN
    total: int = 0  # problems
    groups: Groups = field(default_factory=Groups)

    @property
    def passed(self) -> int:
        return self.seen - self.skipped.total()

    def good(self, found: Iterator[Record]) -> Iterator[list[str]]:
        """The cells that are read, of the rows that are good; the others are counted and explained."""
        while portion := list(islice(found, PORTION)):
            self.seen += len(portion)
            for record in self._good(portion):
                yield _cells(self.progress, record)

    def _good(self, portion: Sequence[Record]) -> list[Record]:
        """The rows of a portion that are good. A total row or the like is one only if it is not read: the fast way does not know them."""
        columns = [(at, self.plan.table.by_name[name]) for name, at in self.progress.layout.columns.items()]
        required = {at: partial(explain.readable, column, readings=self.formats) for at, column in columns if column.never_empty}
        sorted_ = [(record, self._sorted(record, required)) for record in self._grouped(portion)]
        rows = [record for record, verdict in sorted_ if isinstance(verdict, str) and verdict != BLANK]
        wrong = [(record, explain.misfit(self.progress, record, verdict)) for record, verdict in sorted_ if isinstance(verdict, BadRecord)]
        wrong += self._unproven(rows) if self.formats else []
        unfit = {record.line for record, _ in wrong}
        named = {record.line: verdict for record, verdict in sorted_ if verdict and isinstance(verdict, str)}
        reasons = {line: verdict for line, verdict in named.items() if verdict == BLANK or line in unfit}
        self.skipped.update(reasons.values())
        self._note([(record, problem) for record, problem in wrong if record.line not in reasons])
        return [record for record in rows if record.line not in unfit]

    def _grouped(self, portion: Sequence[Record]) -> list[Record]:
        """Records with their group; lines that only name one are counted and left out."""
        if self.progress.layout.group_position < 0:
            return [*portion]
        kept = list(self.groups.assign(portion, self.progress.layout))
        self.skipped.update({GROUP_ROW: len(portion) - len(kept)} if len(kept) < len(portion) else {})
        return kept

    def _sorted(self, record: Record, required: Mapping[int, Readable]) -> str | BadRecord:
        cut = self.progress.truncation
        if cut and cut.is_certain and record.line == cut.line:
            return truncated_row(cut.at, cut.text)
        return classify(record, self.progress.layout, required)

    def _note(self, wrong: list[tuple[Record, Problem]]) -> None:
        wrong.sort(key=lambda pair: (pair[0].line, pair[1].place.column))
        self.skipped.update({BAD: len({record.line for record, _ in wrong})} if wrong else {})
        self.total += len(wrong)
        self.problems += [problem for _, problem in wrong][: SHOWN - len(self.problems)]
        if self.rejected:
            for record, problem in wrong:
                self.rejected(problem, record.cells)

    def _unproven(self, rows: Sequence[Record]) -> list[tuple[Record, Problem]]:
        """What is wrong with the cells of rows. A row that leaves the range of numbers is found by halving."""
        assert self.formats is not None
        if not rows:
            return []
        texts = fill_from_fallbacks(_texts(self.progress, rows), self.progress.csv_part, self.progress.layout)
        try:
            cells = read_cells(texts, self.plan, self.progress.layout)
            judged = make_batch(texts, cells, self.plan, self.progress.layout, self.formats).verdicts
        except CustmetricsError as error:
            if len(rows) == 1:
                return [(rows[0], explain.outside(self.progress, rows[0], error))]
            half = len(rows) // 2
            return self._unproven(rows[:half]) + self._unproven(rows[half:])
        found: list[tuple[Record, Problem]] = []
        for row in np.flatnonzero(judged.bad).tolist():
            checks = [explain.failed(self.progress, rows[row], check) for check, holds in judged.errors if holds[row]]
            found += [(rows[row], problem) for problem in [*explain.unread(self.progress, rows[row], self.formats), *checks]]
        return found


def located(plan: ReadPlan, column: str, sample: str) -> dict[str, Any]:
    """Where a text first stands in a column of a table, and its row, as a problem has them."""
    for progress in plan.files:
        at = progress.csv_part.positions.get(column)
        for record in read_records(progress.csv_part) if at is not None else ():
            if at is not None and at < len(record.cells) and record.cells[at].strip(BLANKS) == sample:
                return {"place": explain.place(progress, record, at + 1), "excerpt": explain.excerpt(progress, record)}
    return {"place": Place(plan.files[0].text_file.source.path)}


def _cells(progress: FileProgress, record: Record) -> list[str]:
    return [explain.cell(progress, record, at) for at in progress.csv_part.positions.values()]


def _texts(progress: FileProgress, rows: Sequence[Record]) -> pa.Table:
    """The cells of rows as the fast reader gives them."""
    columns = zip(*(_cells(progress, record) for record in rows), strict=True)
    arrays = [pa.chunked_array([pa.array(cells, pa.string()).dictionary_encode().cast(REPEATED_TEXT)]) for cells in columns]
    return pa.table(arrays, names=list(progress.csv_part.positions))
