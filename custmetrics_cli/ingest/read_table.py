"""Read all files of a table into an engine.

The formats of columns (date order, decimal mark) are guessed from the first slice of each file, and rows go to the engine at once.
Every slice adds evidence about the formats, and as long as it confirms the guess, one read is enough.
When a slice contradicts the guess, the rest of this read only collects evidence, and a second read uses the formats that are then known.
A slice that the parser refuses, or that holds a row with an error, is scanned record by record, and a patch replaces it.
When a file turns out not to be UTF-8, a converted copy replaces it and everything is read again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from custmetrics_cli.core.errors import SHOWN, CustmetricsError, Problem
from custmetrics_cli.engines.base import RowSink
from custmetrics_cli.ingest import currency
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.make_batch import make_batch, read_cells
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.check.row_count import check_row_counts, disagreement_error
from custmetrics_cli.ingest.file_slices import FileSlices, SourceRows, replace_unless_utf8
from custmetrics_cli.ingest.observations import Observations
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.overlap.collect import Overlaps
from custmetrics_cli.ingest.parse.csv_slices import read_slices
from custmetrics_cli.ingest.parse.formats import Formats, FormattedFile, TableEvidence
from custmetrics_cli.ingest.parse.key_numbers import KeyNumbers
from custmetrics_cli.ingest.patch_slices import SlicePatcher
from custmetrics_cli.ingest.places import locate
from custmetrics_cli.ingest.read_pass import Pass, Places
from custmetrics_cli.ingest.refused_cells import check_cells
from custmetrics_cli.ingest.settings import Settings

if TYPE_CHECKING:
    from custmetrics_cli.ingest.repair.scan import Rejected


@dataclass(eq=False, repr=False)
class TableReader:
    """The reader of one table."""

    plan: ReadPlan
    settings: Settings
    engine: RowSink
    scratch: Scratch
    observations: Observations
    rejected: Rejected | None = None  # receives the rows that --skip-bad-rows skips
    places: Places | None = None  # they are lines of text: typed rows have none
    elsewhere: Mapping[str, Collection[str]] = field(default_factory=dict)  # as in TableEvidence
    evidence: TableEvidence = field(init=False)  # about formats: complete after the first pass

    def __post_init__(self) -> None:
        self.evidence = self._no_evidence()
        self._table = self.plan.table_spec
        self._overlaps = Overlaps(self.plan, self.settings, self.observations.today)
        self._patcher = SlicePatcher(self.plan._replace(keys=KeyNumbers(remembers=False)), self.scratch, self.rejected, bool(self.places))

    def _no_evidence(self) -> TableEvidence:
        files = [FormattedFile(progress.text_file.source.path, progress.layout) for progress in self.plan.files]
        return TableEvidence(self.plan.table, self.settings, files, elsewhere=self.elsewhere)

    def read(self) -> None:
        """Read the table.

        Raises CustmetricsError: E406, E407, E337 (ambiguous), E322, E338 (contradictory currencies), E4xx, E5xx (a bad cell or row),
        E901, E902 (an internal error).
        """
        if self.places:
            for progress in self.plan.files:
                self._replace_typed(progress)
        while not self._read_files():
            pass  # a file was replaced by its copy in UTF-8: what was read does not count
        while self._overlaps.needs_another_read():
            self._run(Pass(self._formats()))
        check_row_counts(self.plan, self.engine.row_count(self._table))
        currency.check_currencies(self.plan, self.evidence.by_file)

    def _read_files(self) -> bool:
        """Read until all rows were read with the right formats and without errors. Return False when a file was replaced."""
        self.evidence = self._no_evidence()
        guess = Pass({}, self.evidence)
        if not self._run(guess):
            return False
        self._check_formats()
        formats = self._formats()
        if not (guess.is_confirmed and guess.formats == formats) and not self._run(Pass(formats)):
            return False
        return self._repair(formats)

    def _formats(self) -> dict[int, Formats]:
        return {file: self.evidence.formats(file) for file in range(len(self.plan.files))}

    def _check_formats(self) -> None:
        """Raise CustmetricsError where cells can be read in two ways."""
        unclear = self.evidence.unclear()
        problems = [locate(problem, self.plan.files[file : file + 1], column, text) for problem, file, column, text in unclear]
        mixed = currency.mixed_currencies(self.plan, self.evidence.by_column)
        problems += [locate(problem, self.plan.files, *cell) for problem, cell in mixed]
        if problems:
            raise CustmetricsError(*problems)

    def _run(self, current: Pass) -> bool:
        """Read all files once. Return False when a file was replaced."""
        self.observations.clear()
        self.plan.keys.clear()
        self._overlaps.clear()
        return all(self._read_file(file, progress, current) for file, progress in enumerate(self.plan.files))

    def _read_file(self, file: int, progress: FileProgress, current: Pass) -> bool:
        progress.restart()
        file_slices, offset = FileSlices(progress, self.plan), 0
        with file_slices.parse_ahead(is_first=file == 0) as parsed_slices:
            self._prepare_engine(progress)
            for parsed_slice in parsed_slices:
                offset = parsed_slice.piece.offset
                if parsed_slice.texts is None and offset not in progress.patches:
                    if self._replace_file(progress, parsed_slice.is_utf8):
                        return False
                    self._patcher.patch(progress, parsed_slice.piece, None)
                for rows in file_slices.rows(parsed_slice):
                    self._take(file, offset, rows, current)
        if progress.is_truncated and offset not in progress.patches:
            progress.bad_slices.add(offset)
        return True

    def _prepare_engine(self, progress: FileProgress) -> None:
        """Load the engine and empty the table, while the first slices are being parsed."""
        self.engine.prepare()
        if progress is self.plan.files[0]:
            self.engine.clear(self._table)

    def _take(self, file: int, offset: int, rows: SourceRows, current: Pass) -> None:
        """Judge the rows of a slice and give them to the engine, or only collect evidence from them."""
        progress, texts = self.plan.files[file], self._overlaps.without_older(file, rows.texts, current.formats)
        cells = read_cells(texts, self.plan, progress.layout)
        progress.parsed += texts.num_rows
        if current.evidence:
            current.add_evidence(current.evidence, file, cells)
        if not current.is_confirmed:
            return
        try:
            batch = make_batch(texts, cells, self.plan, progress.layout, current.formats[file])
        except CustmetricsError:  # a number out of range: the scan finds its row
            progress.bad_slices.add(offset)
            return
        progress.count(batch)
        if batch.verdicts.bad.any():
            progress.bad_slices.add(offset)
        if not progress.bad_slices:
            self.observations.add(batch, self.plan)
            self._overlaps.add(file, texts, batch)
            if self.places:
                self.places.note(progress, batch, rows)
            self.engine.add(self._table, batch.chunk(self._table, self.plan.split_columns))

    def _replace_file(self, progress: FileProgress, is_utf8: bool = True) -> bool:
        return self._replace_typed(progress) or replace_unless_utf8(progress, self.scratch, self.settings.encoding, is_utf8)

    def _replace_typed(self, progress: FileProgress) -> bool:
        """Read typed rows as text, and return whether that was needed. Raises CustmetricsError E223 for cells of binary data."""
        is_replaced = progress.use_text()
        if is_replaced:
            check_cells([self.plan], self.settings)
        return is_replaced

    def _repair(self, formats: dict[int, Formats]) -> bool:
        """Scan the slices with errors and read again without them. Return False when a file was replaced."""
        dirty = {file: progress for file, progress in enumerate(self.plan.files) if progress.dirty_slices}
        replaced = [self._replace_file(progress) for progress in dirty.values()]  # all of them before the next read
        if any(replaced):
            return False
        if not dirty:
            return True
        self._explain(dirty, formats)
        is_complete = self._run(Pass(formats))
        for progress in self.plan.files:
            if is_complete and progress.dirty_slices:
                raise CustmetricsError(disagreement_error(progress))
        return is_complete

    def _explain(self, dirty: dict[int, FileProgress], formats: dict[int, Formats]) -> None:
        """Patch the slices with errors. Raises CustmetricsError with the errors found, unless bad rows are to be skipped."""
        problems: list[Problem] = []
        total = 0
        for file, progress in dirty.items():
            for piece in read_slices(progress.csv_part):
                if piece.offset in progress.dirty_slices:
                    patch = self._patcher.patch(progress, piece, formats[file])
                    problems += patch.problems[: SHOWN - len(problems)]
                    total += patch.total
        if problems and not self.settings.skip_bad_rows:
            raise CustmetricsError(*problems, total=total)
        for progress in self.plan.files:
            progress.patches = {offset: patch._replace(total=0) for offset, patch in progress.patches.items()}
