"""Read a line of a file, or several, as a header: names, quotes, and cells that cannot be headers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from custmetrics_cli.core.data.delimiters import DELIMITERS
from custmetrics_cli.ingest.recognise.head import Head, clean_header, records
from custmetrics_cli.ingest.recognise.headers import Header

VALUE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*|[-+]?[\d\s.,]*\d")  # a date or a number
SAMPLE = 1001  # records that show what the columns hold, the header included
AROUND_CELLS = " \t\r\n\"'"


@dataclass(frozen=True)
class HeaderLines:
    """The lines of a header under one delimiter and quote."""

    head: Head
    line: int
    delimiter: str
    quote: str

    def names(self, number: int) -> tuple[str, ...]:
        """Return the cells of the n-th record, from 0."""
        rows = records(self.head, self.line, self.delimiter, self.quote)
        return tuple(map(clean_header, next((cells for _, cells in islice(rows, number, None)), [])))

    def sample(self, at: int) -> list[str]:
        """Return the cells of a column in the first rows below the header."""
        return [cells[at] for cells in self._rows if at < len(cells)]

    @cached_property
    def _rows(self) -> list[list[str]]:
        rows = records(self.head, self.line, self.delimiter, self.quote)
        return [cells for _, cells in islice(rows, 1, SAMPLE)]

    def header(self, lines: int) -> Header:
        """Return the header made of so many lines. The second line names columns that have no name in the first."""
        names = self.names(0)
        if lines == 1:
            return Header(make_unique(names))
        second = self.names(1)[: len(names)]
        return Header(make_unique(_fill_names(names, second)), second)


def may_be_header(line: str) -> bool:
    """Return whether a line has several cells, and none is a value. All delimiters are tried at once."""
    return not has_values(line) and sum(map(bool, _cells(line))) > 1


def has_values(line: str) -> bool:
    """Return whether a cell of a line is a date or a number."""
    return count_values(line) > 0


def count_values(line: str) -> int:
    return sum(map(bool, map(VALUE.fullmatch, _cells(line))))


def _cells(line: str) -> list[str]:
    """Split a line at every delimiter."""
    return [cell.strip(AROUND_CELLS) for cell in re.split("|".join(map(re.escape, DELIMITERS)), line)]


def guess_quote(cells: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> str:
    """Return the single quote if most rows use it: around every cell, or around some cell if every name has it.

    Then a quarter of the lines suffices: cells with line breaks make several lines of one row.
    """
    all_names = all(_single_quoted(cells))
    flags = [row for row in map(_single_quoted, rows) if row]
    single = sum(any(row) if all_names else all(row) for row in flags) * (4 if all_names else 2) > len(flags) if flags else all_names
    return "'" if single else '"'


def _single_quoted(cells: Sequence[str]) -> list[bool]:
    """Return whether each cell that is not empty has single quotes around it."""
    return [len(cell) > 1 and cell[0] == cell[-1] == "'" for cell in map(str.strip, cells) if cell]


def make_unique(names: Sequence[str]) -> tuple[str, ...]:
    """Number repeated names: name, name.2, name.3. An empty name stays empty.

    >>> make_unique(["tag", "tag", "", "tag.2", ""])
    ('tag', 'tag.3', '', 'tag.2', '')
    """
    taken, counts, unique = {*names}, Counter[str](), []
    for name in names:
        counts[name] += 1
        new = name
        while name and counts[name] > 1 and (new := f"{name}.{counts[name]}") in taken:
            counts[name] += 1
        taken.add(new)
        unique.append(new)
    return tuple(unique)


def _fill_names(names: Sequence[str], second: Sequence[str]) -> list[str]:
    """Name each empty cell after the last name and the text below: "Question: Other"."""
    filled, last = [], ""
    for at, name in enumerate(names):
        last = name or last
        below = second[at] if at < len(second) else ""
        filled.append(name or (f"{last}: {below}" if last and below else below))
    return filled
