"""The result of `custmetrics inspect`: how each file was read. `init` asks its questions from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from custmetrics_cli.core.errors import Problem
    from custmetrics_cli.core.result import Notice


class InspectedColumn(NamedTuple):
    """One column of a file."""

    name: str
    column: str = ""  # the column of the table that it is read as; '': a segment
    format: str = ""  # how its cells are read, and the evidence
    first: date | None = None  # the first day in the rows used
    last: date | None = None
    by: str = ""  # what it was found by: name, words, cells, option or preset
    fate: str = ""  # the other use of the column, or the reason it is ignored


class Inspection(NamedTuple):
    """One file. A file that is not a table has problems and little else."""

    path: str
    table: str = ""
    encoding: str = ""
    delimiter: str = ""
    quote: str = ""
    header_line: int = 0
    headers: tuple[InspectedColumn, ...] = ()
    absent: tuple[str, ...] = ()  # columns of the table that the file does not have
    answers: frozenset[str] = frozenset()  # columns of the table that it can answer for
    notes: tuple[str, ...] = ()
    read: int | None = None  # rows; None: they could not be read
    used: int = 0
    excluded: Mapping[str, int] = {}  # rows by reason
    problems: tuple[Problem, ...] = ()  # the first ones
    total: int = 0  # problems
    currencies: tuple[str, ...] = ()  # of the rows used, as the file writes them
    preset: str = ""  # the preset that read it
    preset_description: str = ""  # the vendor and the confidence
    missing_column_help: Mapping[str, str] = {}  # absent column -> how to export it
    surveys: frozenset[str] | None = None  # the kinds of survey its answers may be; None: unknown, or not a survey
    last_day: date | None = None  # the last known day of its table; planned ends lie after it
    may_be_skipped: bool = False  # it is one of several sheets or files of its input, and another of them is a table


class Inspected(NamedTuple):
    """All inspected files, and the formats that `--write` saves."""

    files: tuple[Inspection, ...]
    warnings: tuple[Notice, ...] = ()
    order: str = ""  # of dates; '': not needed, or not the same everywhere
    decimal: str = ""

    def days_until(self, today: date) -> list[date]:
        """Return the first and last days of columns that are known."""
        columns = [(column, min(file.last_day or today, today)) for file in self.files for column in file.headers]
        return [day for column, last in columns for day in (column.first, column.last) if day and day <= last]
