"""What files were taken for, as values: what `custmetrics inspect` shows and `init` asks about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from custmetrics_cli.core.errors import Notice, Problem


class InspectedColumn(NamedTuple):
    """One column of a file. column: the canonical name it is taken for, '' = a segment."""

    name: str
    column: str = ""
    format: str = ""  # how its cells are read, and what says so
    first: date | None = None  # of the days in rows that are used
    last: date | None = None
    fate: str = ""  # what else becomes of it, in words


class Inspection(NamedTuple):
    """What one file was taken for. A file that is no table has problems and little else."""

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
    excluded: Mapping[str, int] = {}  # by reason
    problems: tuple[Problem, ...] = ()  # the first of each file
    total: int = 0  # problems
    currencies: tuple[str, ...] = ()  # that rows used are in, as the file says it
    preset: str = ""  # by which it was understood
    preset_description: str = ""  # that preset, in words: whose export, and how sure that is
    missing_column_help: Mapping[str, str] = {}  # column that is absent -> how the export is made to have it
    surveys: frozenset[str] | None = None  # the kinds of survey that its answers can be of; None = not known, or no survey


class Inspected(NamedTuple):
    """What `custmetrics inspect` says, and what `--write` keeps of it."""

    files: tuple[Inspection, ...]
    warnings: tuple[Notice, ...] = ()
    order: str = ""  # of dates, as found or said; '' = not needed, or not the same everywhere
    decimal: str = ""
