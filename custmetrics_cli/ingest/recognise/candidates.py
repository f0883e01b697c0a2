"""The lines of a file read as headers. Each delimiter is tried at each of the first physical lines, and the one under which the header is
recognised best is the one; so a preamble, a `sep=;` line or comments above the header need no rules of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from custmetrics_cli.ingest.model import Settings
from custmetrics_cli.ingest.recognise import match_preset, match_table
from custmetrics_cli.ingest.recognise.head import Head, clean_header, records
from custmetrics_cli.ingest.recognise.headers import Header
from custmetrics_cli.ingest.recognise.match_preset import AvailablePresets
from custmetrics_cli.ingest.recognise.match_table import MatchOptions, TableMatch
from custmetrics_cli.presets import Preset
from custmetrics_cli.tables import Table

DEEPEST = 40  # the last physical line on which a header may start
SAMPLE = 50  # records below the header by which two readings of it are compared
DELIMITERS = (",", ";", "\t", "|")
VALUE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*|[-+]?[\d\s.,]*\d")  # a date or a number, which no heading is
QUOTED = " \t\r\n\"'"
SEP = re.compile(r"\ufeff?\"?sep=(.)\"?\s*$", re.IGNORECASE)


class HeaderCandidate(NamedTuple):
    """A line read as a header."""

    delimiter: str
    quote: str
    line: int
    header: tuple[str, ...]  # names made unique
    original_header: tuple[str, ...]  # as they stand there
    match: TableMatch
    regularity: float = 0.0  # share of the records below it that have as many cells
    equal_presets: tuple[Preset, ...] = ()  # presets that fit as well as the one taken

    @property
    def is_data(self) -> bool:
        """Whether it holds values, and at least as many as names that are known."""
        values = sum(map(_values, self.header))
        return values > 0 and values >= len(self.match.columns)

    @property
    def rank(self) -> tuple[bool, bool, bool, int, int, float, int, int]:
        whole, required, columns = self.match.quality
        return (whole, self.match.preset is not None, not self.is_data, required, columns, self.regularity, len(self.header), -self.line)

    @property
    def recognised(self) -> bool:
        """It is a header: of a table, or of an export that a preset knows, whatever that lacks."""
        return not self.match.missing or self.match.preset is not None


@dataclass(frozen=True)
class HeaderSearch:
    """One file, and what its header could be of."""

    head: Head
    path: str
    tables: Sequence[Table]
    options: MatchOptions
    presets: AvailablePresets
    settings: Settings

    def candidates(self, first: int = 1, last: int = 0) -> list[HeaderCandidate]:
        """The readings of the first line, of these, that is recognised as a header; of every line when none is. last: 0 = the end."""
        found: list[HeaderCandidate] = []
        for line in self._lines(first, last):
            readings = [self._candidate(line, delimiter) for delimiter in self._delimiters]
            found += (reading for reading in readings if reading)
            if any(reading.recognised for reading in found):
                break
        return found

    def _lines(self, first: int, last: int) -> Sequence[int]:
        if self.settings.header_row:
            return [self.settings.header_row]
        return range(first, min(first + DEEPEST - 1, last or len(self.head.lines)) + 1)

    @property
    def _delimiters(self) -> tuple[str, ...]:
        if self.settings.delimiter:
            return (self.settings.delimiter,)
        named = SEP.match(self.head.lines[0]) if self.head.lines else None
        return (named[1],) if named else DELIMITERS

    def _candidate(self, line: int, delimiter: str) -> HeaderCandidate | None:
        rows = (cells for _, cells in records(self.head, line, delimiter, self.settings.quote or '"'))
        cells, *below = [*islice(rows, SAMPLE + 1)] or [[]]
        if not any(cell.strip() for cell in cells):
            return None
        quote = self.settings.quote or _quote(cells, below)
        lines = _Lines(self.head, line, delimiter, quote)
        plain = match_table.best_match(lines.header(1), self.tables, self.options, self.path)
        match, rivals = match_preset.best_preset(lines.header, plain, self.tables, self.options, self.presets)
        header = lines.header(match.preset.rows if match.preset else 1).cells
        even = 0.0 if match.missing else _even(self.head, line, delimiter, quote, len(header))
        return HeaderCandidate(delimiter, quote, line, header, lines.names(0), match, even, tuple(rivals))


@dataclass(frozen=True)
class _Lines:
    """The lines of a header under one delimiter and quote."""

    head: Head
    line: int
    delimiter: str
    quote: str

    def names(self, number: int) -> tuple[str, ...]:
        """Those of its n-th line, from 0."""
        every = records(self.head, self.line, self.delimiter, self.quote)
        return tuple(map(clean_header, next((cells for _, cells in islice(every, number, None)), [])))

    def header(self, rows: int) -> Header:
        """The header of so many lines. Where a name is missing, as beside a question of several choices, the next line says it."""
        names = self.names(0)
        if rows == 1:
            return Header(_unique(names))
        below = self.names(1)[: len(names)]
        return Header(_unique(_filled(names, below)), below)


def may_be_header(text: str) -> bool:
    """Whether a line has several cells, under any delimiter, and none that no heading is."""
    return not has_values(text) and sum(map(bool, _cells(text))) > 1


def has_values(text: str) -> bool:
    """Whether a cell of a line, under any delimiter, is one that no heading is."""
    return _values(text) > 0


def _values(text: str) -> int:
    return sum(map(bool, map(VALUE.fullmatch, _cells(text))))


def _cells(text: str) -> list[str]:
    """Of a line under all delimiters at once."""
    return [cell.strip(QUOTED) for cell in re.split(f"[{''.join(DELIMITERS)}]", text)]


def _filled(names: Sequence[str], below: Sequence[str]) -> list[str]:
    found, last = [], ""
    for at, name in enumerate(names):
        last = name or last
        under = below[at] if at < len(below) else ""
        found.append(name or (f"{last}: {under}" if last and under else under))
    return found


def _quote(cells: Sequence[str], below: Sequence[Sequence[str]] = ()) -> str:
    """The single quote, if most rows are wrapped in it: every cell, or where every name is, some cell."""
    named, rows = all(_wrapped(cells)), [found for found in map(_wrapped, below) if found]
    single = sum(any(row) if named else all(row) for row in rows) * 2 > len(rows) if rows else named
    return "'" if single else '"'


def _wrapped(cells: Sequence[str]) -> list[bool]:
    """Whether each cell that says something stands between single quotes."""
    return [len(cell) > 1 and cell[0] == cell[-1] == "'" for cell in map(str.strip, cells) if cell]


def _even(head: Head, line: int, delimiter: str, quote: str, width: int) -> float:
    rows = [cells for _, cells in islice(records(head, line, delimiter, quote), 1, SAMPLE + 1)]
    return sum(len(cells) == width for cells in rows) / len(rows) if rows else 1.0


def _unique(header: Sequence[str]) -> tuple[str, ...]:
    """name, name.2, name.3; a column without a name stays so."""
    taken, numbers, names = {*header}, Counter[str](), []
    for name in header:
        numbers[name] += 1
        new = name
        while name and numbers[name] > 1 and (new := f"{name}.{numbers[name]}") in taken:
            numbers[name] += 1
        taken.add(new)
        names.append(new)
    return tuple(names)


def said_of(table: Table, columns: Mapping[str, str]) -> dict[str, str]:
    """The user's mapping as far as it is about this table: 'table.column' goes before 'column'."""
    plain = {name: header for name, header in columns.items() if name in table.by_name}
    own = {name.removeprefix(f"{table.name}."): header for name, header in columns.items() if name.startswith(f"{table.name}.")}
    return plain | own
