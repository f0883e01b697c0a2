"""Search the header: read each of the first lines with each delimiter, and keep the reading that matches a table best.

Preambles, comments and `sep=;` lines above the header therefore need no rules of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from custmetrics_cli.core.data.delimiters import DELIMITERS
from custmetrics_cli.ingest.recognise.head import Head, records
from custmetrics_cli.ingest.recognise.header_lines import HeaderLines, count_values, guess_quote
from custmetrics_cli.ingest.recognise.match_preset import AvailablePresets, best_preset
from custmetrics_cli.ingest.recognise.match_table import MatchOptions, TableMatch, best_match
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.presets._preset import Preset
from custmetrics_cli.tables import Table

LAST_HEADER_LINE = 40  # the last line on which a header may start
SAMPLE = 50  # records below the header
SEP = re.compile(r"\ufeff?\"?sep=(.)\"?\s*$", re.IGNORECASE)


class HeaderCandidate(NamedTuple):
    """One line, read as a header with one delimiter."""

    delimiter: str
    quote: str
    line: int
    header: tuple[str, ...]  # unique names
    original_header: tuple[str, ...]  # the names of the first line, with repeats
    match: TableMatch
    regularity: float = 0.0  # share of the records below that have as many cells
    equal_presets: tuple[Preset, ...] = ()  # other presets that fit equally well

    @property
    def is_data(self) -> bool:
        """Return whether the line has values, and at least as many as known columns."""
        values = sum(map(count_values, self.header))
        return values > 0 and values >= len(self.match.columns)

    @property
    def rank(self) -> tuple[bool, bool, bool, int, int, float, int, int]:
        complete, required, columns = self.match.quality
        preset = self.match.preset is not None
        return (complete, preset, not self.is_data, required, columns, self.regularity, len(self.header), -self.line)

    @property
    def is_recognised(self) -> bool:
        """Return whether this is the header of a table, or of a vendor's export even if columns are missing."""
        return not self.match.missing or self.match.preset is not None


@dataclass(frozen=True)
class HeaderSearch:
    """A search for the header of one file."""

    head: Head
    path: str
    tables: Sequence[Table]
    options: MatchOptions
    presets: AvailablePresets
    settings: Settings

    def candidates(self, first: int = 1, last: int = 0) -> list[HeaderCandidate]:
        """Return all readings, up to the first line that is recognised. last: 0 = the end of the file."""
        candidates: list[HeaderCandidate] = []
        for line in self._lines(first, last):
            readings = [self._candidate(line, delimiter) for delimiter in self._delimiters]
            candidates += (reading for reading in readings if reading)
            if any(candidate.is_recognised for candidate in candidates):
                break
        return candidates

    def _lines(self, first: int, last: int) -> Sequence[int]:
        if self.settings.header_row:
            return [self.settings.header_row]
        return range(first, min(first + LAST_HEADER_LINE - 1, last or len(self.head.lines)) + 1)

    @property
    def _delimiters(self) -> tuple[str, ...]:
        if self.settings.delimiter:
            return (self.settings.delimiter,)
        sep = SEP.match(self.head.lines[0]) if self.head.lines else None
        return (sep[1],) if sep else tuple(DELIMITERS)

    def _candidate(self, line: int, delimiter: str) -> HeaderCandidate | None:
        rows = (cells for _, cells in records(self.head, line, delimiter, self.settings.quote or '"'))
        cells, *below = [*islice(rows, SAMPLE + 1)] or [[]]
        if not any(cell.strip() for cell in cells):
            return None
        quote = self.settings.quote or guess_quote(cells, below)
        lines = HeaderLines(self.head, line, delimiter, quote)
        options = self.options._replace(sample=lines.sample)
        plain = best_match(lines.header(1), self.tables, options, self.path)
        match, equal = best_preset(lines.header, plain, self.tables, options, self.presets)
        header = lines.header(match.preset.rows if match.preset else 1).cells
        regularity = 0.0 if match.missing else _regularity(lines, len(header))
        return HeaderCandidate(delimiter, quote, line, header, lines.names(0), match, regularity, tuple(equal))


def _regularity(lines: HeaderLines, width: int) -> float:
    """Return the share of the records below the header that have as many cells."""
    rows = [cells for _, cells in islice(records(lines.head, lines.line, lines.delimiter, lines.quote), 1, SAMPLE + 1)]
    return sum(len(cells) == width for cells in rows) / len(rows) if rows else 1.0
