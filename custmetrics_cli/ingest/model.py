"""The values that the steps of ingest pass on: a file as given, as text, and its layout."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from custmetrics_cli.presets import Preset, RowChoice
from custmetrics_cli.tables import Table

GROUP = "(group)"  # the name of the column of groups, which a line above the rows names


class InputFile(NamedTuple):
    """A file as the user gave it."""

    path: str  # as messages and JSON show it: "a.csv", "-", "exports.zip/a.csv"
    table: str = ""  # set by the user: TABLE=FILE
    is_named: bool = True  # False: found in a folder, where a file that is not recognised is skipped without an error


class TextFile(NamedTuple):
    """A local, uncompressed UTF-8 file. It may begin with a UTF-8 BOM."""

    source: InputFile
    path: Path  # the file itself, or a private temporary copy of it
    encoding: str  # of the source: "utf-8", "utf-8 with BOM", "utf-16", "cp1251", "cp1252"
    size: int  # bytes of path
    original: Path  # the source's own bytes, compressed and encoded as they were: for sha256
    checked: bool = True  # False: only its head and tail are known to be UTF-8


class PresetRowRule(NamedTuple):
    """A rule of a preset for rows, with the positions of the cells that it reads."""

    choice: RowChoice
    at: int
    other: int = -1  # the cell that it is compared with; -1 = none
    renames: bool = False  # it skips no row, but names the reason of rows that later rules skip


class Layout(NamedTuple):
    """The layout of a file. Lines count from 1, positions of columns from 0."""

    delimiter: str
    quote: str
    header_line: int  # on which the header record starts
    data_line: int  # on which the first record after it starts
    header: tuple[str, ...]  # as written, stripped; made unique: name, name.2, name.3
    table: Table
    columns: Mapping[str, int]  # canonical name -> position
    extra: Mapping[str, int]  # all other columns, by their own name -> position
    zones: Mapping[str, str] = {}  # canonical name -> time zone in its header: "UTC", "GMT+3"
    notes: tuple[str, ...] = ()  # decisions that inspect shows
    header_values: Mapping[str, str] = {}  # canonical name -> value for every row, from the header or the preset
    duplicates: Mapping[str, str] = {}  # canonical name -> an extra column with the same header
    preset: Preset | None = None
    fallbacks: Mapping[str, tuple[int, ...]] = {}  # canonical name -> positions of the columns used where it is empty, the best first
    preset_rules: tuple[PresetRowRule, ...] = ()  # rules of the preset for rows
    group_position: int = -1  # of the column of groups, one after the last of the header; -1 = there is none
    cents: bool = False  # amounts are in hundredths
    order: str = ""  # of dates, set by the preset
    decimal: str = ""  # set by the preset
    other_tables: tuple[str, ...] = ()  # tables of the same file that are not read, described in words
    last_line: int = 0  # of this table; 0 = of the file
    escape: str = ""  # character before one that is meant literally, "\\" in dumps of databases; "" = quotes are doubled

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns that can be read, the column of groups included."""
        return self.header if self.group_position < 0 else (*self.header, GROUP)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons to skip rows, in the order of the rules' numbers: those of the table, then those of the preset."""
        return (*(rule.reason for rule in self.table.skip_rules), *(rule.choice.aside for rule in self.preset_rules))


class Settings(NamedTuple):
    """Settings of the user for reading files. An empty value means: detect it, or use the default."""

    tz: str = "UTC"
    order: str = ""  # of dates: "dmy", "mdy", "ymd"
    decimal: str = ""
    encoding: str = ""
    delimiter: str = ""
    quote: str = ""
    header_row: int = 0  # physical line of the header, from 1
    columns: Mapping[str, str] = {}  # canonical name, or table.canonical name -> header; '' = no column
    ends: str = "exclusive"  # or "inclusive": ended_at is the last day served
    skip_bad_rows: bool = False
    rejects: str = ""  # file for the rows skipped
    memory: int = 0  # bytes; 0 = the engine's default
    today: date | None = None
    policies: Mapping[str, str] = {}  # name -> value; a policy that is left out has its default
    presets: tuple[str, ...] = ()  # names of the presets to try
    preset_required: bool = False  # True: one of them must match; False: they only come before others
    own_presets: str = ""  # folder of the user's own presets
    amounts: str = ""  # "units", "cents"
