"""One read of all files of a table, with the formats that it assumes, and what may note the places of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from custmetrics_cli.ingest.check.batch import Batch
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.file_slices import SourceRows
from custmetrics_cli.ingest.parse.distinct import DistinctTexts
from custmetrics_cli.ingest.parse.formats import Formats, TableEvidence


@dataclass(eq=False, repr=False)
class Pass:
    """One read of all files of a table. Files are numbered."""

    formats: dict[int, Formats]  # how the cells of each file are read; without a file until its first slice is seen
    evidence: TableEvidence | None = None  # collected while the formats are a guess; None = they are known
    is_confirmed: bool = True  # no slice has contradicted the guess so far

    def add_evidence(self, evidence: TableEvidence, file: int, cells: Mapping[str, DistinctTexts]) -> None:
        """Compare the guess with the texts of one slice. A guess that was contradicted stays so, even if later slices agree with it."""
        evidence.add(file, cells)
        formats = evidence.formats(file)
        self.is_confirmed = self.is_confirmed and formats == self.formats.setdefault(file, formats)


class Places(Protocol):
    """Receives the place of rows right before the engine does."""

    def note(self, progress: FileProgress, batch: Batch, rows: SourceRows) -> None: ...
