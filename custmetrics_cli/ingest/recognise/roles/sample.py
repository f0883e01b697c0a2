"""The first cells of each column, below a header."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import islice

from custmetrics_cli.columns import ColumnKind
from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate
from custmetrics_cli.ingest.recognise.head import Head, records

MOST_ROWS = 1000


class Sample:
    """The first rows of a file. Rows of another length than the header are left out."""

    def __init__(self, head: Head, candidate: HeaderCandidate) -> None:
        self._head, self._candidate = head, candidate

    @cached_property
    def rows(self) -> Sequence[Sequence[str]]:
        """The stripped cells of each row."""
        skip = self._candidate.match.preset.rows if self._candidate.match.preset else 1
        below = islice(records(self._head, self._candidate.line, self._candidate.delimiter, self._candidate.quote), skip, skip + MOST_ROWS)
        width = len(self._candidate.header)
        return [[cell.strip() for cell in cells] for _, cells in below if len(cells) == width]

    def column(self, at: int) -> list[str]:
        return [row[at] for row in self.rows]

    def distinct(self, at: int) -> list[str]:
        """Return the distinct cells of a column that are not empty, in the order of the file."""
        return list(dict.fromkeys(cell for cell in self.column(at) if cell))

    def fit(self, at: int, kind: ColumnKind) -> float | None:
        """Return the share of the distinct cells that a kind can read; None if all cells are empty."""
        cells = self.distinct(at)
        return kind.fits(cells) if cells else None
