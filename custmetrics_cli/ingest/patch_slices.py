"""Replace slices that cannot be used as they are by their good rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.ingest.check.file_progress import FileProgress, Patch
from custmetrics_cli.ingest.check.make_batch import make_batch, read_cells
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.file_slices import FileSlices
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.parse.csv_slices import Refused, Slice
from custmetrics_cli.ingest.parse.formats import Formats

if TYPE_CHECKING:
    from custmetrics_cli.ingest.repair.scan import Rejected


class SlicePatcher(NamedTuple):
    """Makes the patches of a table's files."""

    plan: ReadPlan
    scratch: Scratch
    rejected: Rejected | None  # receives the rows that --skip-bad-rows skips
    keeps_places: bool = False  # the rows left out, and the places of the others, are wanted

    def patch(self, progress: FileProgress, piece: Slice, formats: Formats | None) -> Patch:
        """Replace a slice by its good rows. formats: how its cells are judged; None = only its records are."""
        from custmetrics_cli.ingest.repair.patch import make_patch
        from custmetrics_cli.ingest.repair.scan import Scan

        scan = Scan(progress, self.plan, formats, self.rejected if formats else None, left_out=[] if self.keeps_places else None)
        patch = make_patch(piece, scan, lambda data: self._is_good(progress, data, formats), self.scratch.file())
        progress.patches[piece.offset] = patch
        return patch

    def _is_good(self, progress: FileProgress, data: bytes, formats: Formats | None) -> bool:
        """Return whether some records can be parsed and, with formats, have no errors."""
        if progress.is_truncated and not data.endswith((b"\n", b"\r")):
            return False
        try:
            texts = FileSlices(progress, self.plan).parse(data)
            cells = read_cells(texts, self.plan, progress.layout)
            return not formats or not make_batch(texts, cells, self.plan, progress.layout, formats).verdicts.bad.any()
        except (Refused, CustmetricsError):
            return False
