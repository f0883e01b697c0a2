"""Read a bad file record by record: report each problem with its place, and pass on the good rows.

The scan judges cells with the same functions as the fast reader, but in small portions and with line numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice

import numpy as np
import pyarrow as pa

from custmetrics_cli.core.errors import SHOWN, CustmetricsError, Problem
from custmetrics_cli.ingest.check.file_progress import BAD, FileProgress, LeftOut
from custmetrics_cli.ingest.check.group_rows import GROUP_ROW, Groups
from custmetrics_cli.ingest.check.judge import Verdicts
from custmetrics_cli.ingest.check.make_batch import make_batch, read_cells
from custmetrics_cli.ingest.check.noise_rows import BLANK, FOOTER, Readable, is_lone_footer
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.check.record_kind import BadRecord, classify, truncated_row
from custmetrics_cli.ingest.parse.csv_slices import REPEATED_TEXT
from custmetrics_cli.ingest.parse.fallbacks import fill_from_fallbacks
from custmetrics_cli.ingest.parse.formats import Formats
from custmetrics_cli.ingest.parse.records import Record, read_records
from custmetrics_cli.ingest.places import cell_text, excerpt_of
from custmetrics_cli.ingest.repair.explain import explain_bad_record, explain_cells, explain_row_error, explain_too_large, is_readable

SAMPLE = 100  # records that show what ids look like
PORTION = 20_000  # records judged at a time
Rejected = Callable[[Problem, Sequence[str]], None]
Errors = list[tuple[Record, Problem]]


@dataclass(eq=False, repr=False)
class Scan:
    """One scan of one file."""

    progress: FileProgress
    plan: ReadPlan
    formats: Formats | None  # None = the formats are not known yet: judge records, but not their cells
    rejected: Rejected | None = None  # called with each problem and the cells of its record
    seen: int = 0  # records
    skipped: Counter[str] = field(default_factory=Counter)  # rows that are not passed on, by reason
    problems: list[Problem] = field(default_factory=list)  # the first SHOWN
    total: int = 0  # problems
    groups: Groups = field(default_factory=Groups)
    left_out: list[LeftOut] | None = None  # receives the rows that are not passed on; good rows then carry their place

    @property
    def passed(self) -> int:
        return self.seen - self.skipped.total()

    def good_rows(self, records: Iterator[Record]) -> Iterator[list[str]]:
        """Yield the cells of good rows, in the order of CsvPart.positions. Count and report the other rows."""
        portion = list(islice(records, PORTION))
        while portion:
            following = list(islice(records, PORTION))
            self.seen += len(portion)
            for record in self._judge(portion, is_last=not following):
                yield self._copied_cells(record)
            portion = following

    def _judge(self, portion: Sequence[Record], is_last: bool) -> list[Record]:
        """Return the good rows of a portion.

        Noise such as a total row is skipped only if it cannot be read as a row, because the fast reader does not recognise noise.
        """
        verdicts = [(record, self._classify(record)) for record in self._add_groups(portion)]
        if is_last and verdicts and isinstance(verdicts[-1][1], BadRecord) and self._is_footer(verdicts[-1][0]):
            verdicts[-1] = (verdicts[-1][0], FOOTER)
        noise = {record.line: verdict for record, verdict in verdicts if verdict and isinstance(verdict, str)}
        rows = [record for record, verdict in verdicts if isinstance(verdict, str) and verdict != BLANK]
        errors = [(record, explain_bad_record(self.progress, record, bad)) for record, bad in verdicts if isinstance(bad, BadRecord)]
        errors += self._find_errors(rows)
        bad_lines = {record.line for record, _ in errors}
        skipped = {line: reason for line, reason in noise.items() if reason == BLANK or line in bad_lines}
        self.skipped.update(skipped.values())
        self._leave_out([(record, skipped[record.line]) for record, _ in verdicts if record.line in skipped])
        self._report([(record, problem) for record, problem in errors if record.line not in skipped])
        return [record for record in rows if record.line not in bad_lines]

    def _is_footer(self, last: Record) -> bool:
        """Return whether the last record is a word below the table."""
        return is_lone_footer(last.cells, [record.cells for record in islice(read_records(self.progress.csv_part), SAMPLE)])

    def _add_groups(self, portion: Sequence[Record]) -> list[Record]:
        """Return the records, each with its group. Skip the lines that only name a group."""
        if self.progress.layout.group_position < 0:
            return [*portion]
        rows = list(self.groups.assign(portion, self.progress.layout))
        kept = {record.line for record in rows}
        self._leave_out([(record, GROUP_ROW) for record in portion if record.line not in kept])
        self.skipped.update({GROUP_ROW: len(portion) - len(rows)} if len(rows) < len(portion) else {})
        return rows

    def _classify(self, record: Record) -> str | BadRecord:
        """Return "" for a row, the reason why it may be noise, or the error of a record that is not a row."""
        truncation = self.progress.truncation
        if truncation and truncation.is_certain and record.line == truncation.line:
            return truncated_row(truncation.at, truncation.text)
        return classify(record, self.progress.layout, self._required)

    @cached_property
    def _required(self) -> Mapping[int, Readable]:
        """The positions of cells that must be filled, each with a function that shows if a text can be read there."""
        columns = [(position, self.progress.layout.column(name)) for name, position in self.progress.layout.columns.items()]
        return {position: partial(is_readable, column, formats=self.formats) for position, column in columns if column.never_empty}

    def _report(self, errors: Errors) -> None:
        errors.sort(key=lambda pair: (pair[0].line, pair[1].place.column))
        self.skipped.update({BAD: len({record.line for record, _ in errors})} if errors else {})
        self.total += len(errors)
        self._leave_out([(record, f"{BAD}: {problem.code} {problem.message}") for record, problem in _first_of_each(errors)])
        self.problems += [problem for _, problem in errors][: SHOWN - len(self.problems)]
        if self.rejected:
            for record, problem in errors:
                self.rejected(problem, record.cells)

    def _leave_out(self, rows: Sequence[tuple[Record, str]]) -> None:
        """Note the rows that are not passed on, with the reason."""
        if self.left_out is not None:
            self.left_out += [LeftOut(self._line(record), excerpt_of(self.progress, record), reason) for record, reason in rows]

    def _line(self, record: Record) -> int:
        return self.progress.text_file.line_of(record.line)

    def _find_errors(self, rows: Sequence[Record]) -> Errors:
        """Return the problems of rows. A row with a number that is too large is found by halving."""
        if not rows or self.formats is None:
            return []
        try:
            verdicts = self._verdicts(rows, self.formats)
        except CustmetricsError as error:
            if len(rows) == 1:
                return [(rows[0], explain_too_large(self.progress, rows[0], error))]
            half = len(rows) // 2
            return self._find_errors(rows[:half]) + self._find_errors(rows[half:])
        errors: Errors = []
        for at in np.flatnonzero(verdicts.bad).tolist():
            errors += [(rows[at], problem) for problem in explain_cells(self.progress, rows[at], self.formats)]
            broken = (error for error, matches in verdicts.errors if matches[at])
            errors += [(rows[at], explain_row_error(self.progress, rows[at], error)) for error in broken]
        return errors

    def _verdicts(self, rows: Sequence[Record], formats: Formats) -> Verdicts:
        """Judge rows as the fast reader does. Raise CustmetricsError if a number is too large."""
        columns = zip(*map(self._cells, rows), strict=True)
        arrays = [pa.chunked_array([pa.array(cells, pa.string()).dictionary_encode().cast(REPEATED_TEXT)]) for cells in columns]
        texts = pa.table(arrays, names=list(self.progress.csv_part.positions))
        texts = fill_from_fallbacks(texts, self.progress.csv_part, self.progress.layout)
        cells = read_cells(texts, self.plan, self.progress.layout)
        return make_batch(texts, cells, self.plan, self.progress.layout, formats).verdicts

    def _copied_cells(self, record: Record) -> list[str]:
        """Return the cells of a row for the copy, with its place if rows are written that rules skip."""
        place = [] if self.left_out is None else [str(self._line(record)), excerpt_of(self.progress, record)]
        return self._cells(record) + place

    def _cells(self, record: Record) -> list[str]:
        return [cell_text(self.progress, record, position) for position in self.progress.csv_part.positions.values()]


def _first_of_each(errors: Errors) -> Iterator[tuple[Record, Problem]]:
    """Yield each row with its first problem."""
    seen: set[int] = set()
    for record, problem in errors:
        if record.line not in seen:
            seen.add(record.line)
            yield record, problem
