"""Reads all files of a table into a host: texts, numbers, rules, proof; twice where the first guess of a reading was wrong.

The guess comes from the first slice. From the moment the evidence speaks against it only evidence is collected, even if it comes round
again, and the second read knows everything. A file that the fast reader refuses, or that holds a row that is not proven, goes through
the scan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa

from custmetrics_cli.core.errors import SHOWN, CustmetricsError, Problem
from custmetrics_cli.engines.base import RowSink
from custmetrics_cli.ingest import currency
from custmetrics_cli.ingest.check.batch import batch, cells_of
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.check.row_count import check_row_counts, disagreement_error
from custmetrics_cli.ingest.model import Settings
from custmetrics_cli.ingest.observations import Observations
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpack import recode
from custmetrics_cli.ingest.parse.csv_slices import CODED, IDS, NotUtf8, Refused, Slice, parsed, slices, texts
from custmetrics_cli.ingest.parse.distinct import DistinctTexts
from custmetrics_cli.ingest.parse.fallbacks import count_filled, fill_from_fallbacks
from custmetrics_cli.ingest.parse.formats import (
    EvidenceByColumn,
    Formats,
    add_evidence,
    ambiguous_columns,
    for_file,
    merge_presets,
    preset_format,
    resolve_formats,
)
from custmetrics_cli.ingest.parse.iso_dates import IsoDateParser
from custmetrics_cli.ingest.parse.prefetch import Prefetch
from custmetrics_cli.ingest.places import locate

if TYPE_CHECKING:
    from custmetrics_cli.ingest.check.file_progress import Patch
    from custmetrics_cli.ingest.repair.scan import Rejected

AHEAD = 4  # slices parsed before they are needed
PARSERS = max(1, min(3, pa.cpu_count() - 1))  # slices parsed at once: one core makes ready what was parsed


class Again(Exception):
    """A file was replaced by a copy in UTF-8: what was read of it does not count."""


@dataclass(eq=False, repr=False)
class TableReader:
    """One table on its way into a host."""

    plan: ReadPlan
    settings: Settings
    engine: RowSink
    scratch: Scratch
    observations: Observations
    rejected: Rejected | None = None
    evidence: EvidenceByColumn = field(default_factory=dict)  # the evidence by which readings were decided, once it is all there

    def __post_init__(self) -> None:
        self.settings = merge_presets(self.settings, [progress.layout for progress in self.plan.inputs])

    def run(self) -> None:
        """Raises CustmetricsError: E406, E407 for what is ambiguous, E322 for what contradicts itself, E4xx and E5xx for what is wrong.

        E901 and E902 for what we lose.
        """
        while True:
            try:
                self._run()
                check_row_counts(self.plan, self.engine.row_count(self.plan.table_spec))
                return currency.check_currencies(self.plan, self.evidence)
            except Again:
                continue

    def _run(self) -> None:
        readings = self._decided()
        if any(progress.dirty for progress in self.plan.inputs):
            self._explain(readings)
            self._read(readings)
            for progress in self.plan.inputs:
                if progress.dirty:
                    raise CustmetricsError(disagreement_error(progress))

    def _decided(self) -> Formats:
        """Reads until it is known how cells are to be read, and all were read so."""
        tallies, taken = self._read(None)
        self.evidence = tallies
        if unclear := [*ambiguous_columns(tallies, self.settings), *currency.mixed(self.plan, tallies)]:
            raise CustmetricsError(*(locate(problem, self.plan, *cell) for problem, cell in unclear))
        final = resolve_formats(self.plan.table, tallies, self.settings)
        if final != taken:
            self._read(final)
        return final

    def _read(self, readings: Formats | None) -> tuple[EvidenceByColumn, Formats]:
        """One read of all files, and how all its rows were taken; {} = not all were. readings: as decided; None = to be guessed."""
        self.observations.clear()
        tallies: EvidenceByColumn = {}
        guess, whole = readings or {}, True
        for progress in self.plan.inputs:
            progress.restart()
            offset = 0
            for offset, part in self._texts(progress, anew=progress is self.plan.inputs[0]):
                progress.parsed += part.num_rows
                cells = cells_of(part, self.plan, progress.layout)
                if readings is None:
                    tallies = add_evidence(self.plan.table, cells, tallies, preset_format(self.settings, progress.layout))
                    now = resolve_formats(self.plan.table, tallies, self.settings)
                    guess = guess or now
                    whole = whole and now == guess
                if whole:
                    self._take(progress, offset, part, cells, guess)
            if progress.is_truncated and offset not in progress.patches:
                progress.bad_slices.add(offset)
        return tallies, guess if whole else {}

    def _texts(self, progress: FileProgress, anew: bool) -> Iterator[tuple[int, pa.Table]]:
        """The slices of a file, each with its offset. One that the fast reader refuses is replaced by what its records give.

        anew: the host forgets what it holds of the table, as soon as it is loaded.
        """
        kinds = self._kinds(progress)
        days = [name for name in kinds if self.plan.is_day(name) and name not in progress.csv_part.instead]
        parse = partial(self._parsed, progress, IsoDateParser(progress.csv_part, kinds, days))
        with Prefetch(slices(progress.csv_part), parse, AHEAD, PARSERS) as pieces:
            self.engine.prepare()
            if anew:
                self.engine.clear(self.plan.table_spec)
            for piece, part in pieces:
                if isinstance(part, NotUtf8):
                    self._recode(progress)
                    raise CustmetricsError(disagreement_error(progress))
                if isinstance(part, pa.Table):
                    yield piece.offset, self._merged(progress, part)
                    continue
                if piece.offset not in progress.patches:
                    self._patch(progress, piece, None)
                for mended in self._patched(progress, piece, kinds):
                    yield piece.offset, self._merged(progress, mended)

    def _merged(self, progress: FileProgress, part: pa.Table) -> pa.Table:
        if self.plan.id:
            progress.fallback_ids += count_filled(part, progress.csv_part, progress.layout, self.plan.id.name)
        return fill_from_fallbacks(part, progress.csv_part, progress.layout)

    def _parsed(self, progress: FileProgress, quick: IsoDateParser, piece: Slice) -> tuple[Slice, pa.Table | NotUtf8 | None]:
        """A slice with its columns, or why the fast reader has none. Runs in threads of its own."""
        if not piece.well_quoted or piece.offset in progress.patches:
            return piece, None
        try:
            return piece, quick.parsed(piece.data)
        except Refused:
            return piece, None
        except NotUtf8 as letters:
            return piece, letters

    def _patched(self, progress: FileProgress, piece: Slice, kinds: Mapping[str, pa.DataType]) -> Iterator[pa.Table]:
        patch = progress.patches[piece.offset]
        for begin, end in patch.ranges:
            yield parsed(piece.data[begin:end], progress.csv_part, kinds)
        missing = patch.rows
        try:
            for part in texts(patch.copy, kinds):
                missing -= part.num_rows
                yield part
        except Refused:
            raise CustmetricsError(disagreement_error(progress)) from None
        if missing:
            raise CustmetricsError(disagreement_error(progress))

    def _kinds(self, progress: FileProgress) -> dict[str, pa.DataType]:
        mine = self.plan.id.name if self.plan.id else ""
        ids = {mine, *progress.csv_part.instead.get(mine, ())}
        return {key: IDS if key in ids else CODED for key in progress.csv_part.positions}

    def _take(self, progress: FileProgress, offset: int, part: pa.Table, cells: Mapping[str, DistinctTexts], readings: Formats) -> None:
        try:
            made = batch(part, cells, self.plan, progress.layout, for_file(readings, progress.layout))
        except CustmetricsError:
            progress.bad_slices.add(offset)
            return
        progress.count(made)
        if made.verdicts.bad.any():
            progress.bad_slices.add(offset)
        if not progress.bad_slices:
            self.observations.add(made, self.plan)
            self.engine.add(self.plan.table_spec, made.chunk(self.plan.table_spec, self.plan.split_columns))

    def _patch(self, progress: FileProgress, piece: Slice, readings: Formats | None) -> Patch:
        """Replaces a slice by what its records give. readings: how their cells are proven; None = they are not."""
        from custmetrics_cli.ingest.repair.patch import make_patch
        from custmetrics_cli.ingest.repair.scan import Scan

        if not progress.text_file.checked:
            self._recode(progress)
        scan = Scan(progress, self.plan, readings, self.rejected if readings else None)
        patch = make_patch(piece, scan, lambda data: self._good(progress, data, readings), self.scratch.file())
        progress.patches[piece.offset] = patch
        return patch

    def _good(self, progress: FileProgress, data: bytes, readings: Formats | None) -> bool:
        """Whether the fast way takes these records and, if readings are given, proves them."""
        if progress.is_truncated and not data.endswith((b"\n", b"\r")):
            return False
        try:
            part = fill_from_fallbacks(parsed(data, progress.csv_part, self._kinds(progress)), progress.csv_part, progress.layout)
            cells = cells_of(part, self.plan, progress.layout)
            return not readings or not batch(part, cells, self.plan, progress.layout, readings).verdicts.bad.any()
        except (Refused, CustmetricsError):
            return False

    def _recode(self, progress: FileProgress) -> None:
        """Makes sure that all of a file is UTF-8. Raises Again when it is now another file."""
        plain = recode(progress.text_file, self.scratch, self.settings.encoding)
        before, progress.text_file = progress.text_file, plain
        if plain.path != before.path:
            progress.csv_part = progress.csv_part._replace(path=plain.path)
            progress.patches.clear()
            raise Again

    def _explain(self, readings: Formats) -> None:
        """Says what is wrong, or sets it aside where the user said so."""
        problems: list[Problem] = []
        total = 0
        for progress in self.plan.inputs:
            dirty = progress.dirty
            for piece in slices(progress.csv_part) if dirty else ():
                if piece.offset in dirty:
                    patch = self._patch(progress, piece, for_file(readings, progress.layout))
                    problems += patch.problems[: SHOWN - len(problems)]
                    total += patch.total
        if problems and not self.settings.skip_bad_rows:
            raise CustmetricsError(*problems, total=total)
        for progress in self.plan.inputs:
            progress.patches = {offset: patch._replace(total=0) for offset, patch in progress.patches.items()}
