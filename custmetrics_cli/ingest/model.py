"""What passes between the steps of reading: a file as given, as it can be read, as it was understood."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from custmetrics_cli.presets import Preset, RowChoice
from custmetrics_cli.tables import Table

GROUP = "(group)"  # stands for the heading of what is said above the rows


class InputFile(NamedTuple):
    """One file as the user gave it. path is what messages and the JSON show: "a.csv", "-", "exports.zip/a.csv"."""

    path: str
    table: str = ""  # said by the user, TABLE=FILE
    is_named: bool = True  # False: found in a folder; not recognised, it is set aside and no error


class TextFile(NamedTuple):
    """A local, uncompressed UTF-8 file (a UTF-8 BOM may stand first)."""

    source: InputFile
    path: Path  # the file itself, or a private temporary copy of it
    encoding: str  # of what was given: "utf-8", "utf-8 with BOM", "utf-16", "cp1251", "cp1252"
    size: int  # bytes of path
    original: Path  # holds the bytes that given.path names, packed and encoded as they were: for sha256
    checked: bool = True  # False: only its head and tail are known to be UTF-8


class PresetRowRule(NamedTuple):
    """Rows of a file that its preset chooses, by where the cells stand that it looks at."""

    choice: RowChoice
    at: int
    other: int = -1  # the cell that it is held against; -1 = none
    renames: bool = False  # it sets nothing aside, but says what rows are that others set aside


class Layout(NamedTuple):
    """What a file's text means. Lines count from 1; positions of columns from 0."""

    delimiter: str
    quote: str
    header_line: int  # on which the header record starts
    data_line: int  # on which the first record after it starts
    header: tuple[str, ...]  # as written, stripped; made unique: name, name.2, name.3
    table: Table
    columns: Mapping[str, int]  # canonical name -> position
    extra: Mapping[str, int]  # every other column, by its own name
    zones: Mapping[str, str] = {}  # canonical name -> zone said in its header: "UTC", "GMT+3"
    notes: tuple[str, ...] = ()  # what was skipped or decided, for inspect
    header_values: Mapping[str, str] = {}  # canonical name -> what the header says in its place, for every row
    duplicates: Mapping[str, str] = {}  # canonical name -> a free column that has the same heading, by its own name
    preset: Preset | None = None
    fallbacks: Mapping[str, tuple[int, ...]] = {}  # canonical name -> where its cell is looked for when it is empty, the best first
    preset_rules: tuple[PresetRowRule, ...] = ()  # rows that the preset chooses
    group_position: int = -1  # where the name of a row's group would stand, one place beyond the last heading; -1 = they have none
    cents: bool = False  # amounts are in hundredths
    order: str = ""  # of dates, as the preset says
    decimal: str = ""
    other_tables: tuple[str, ...] = ()  # tables of the same file that are not read, in words
    last_line: int = 0  # of this table; 0 = the file's
    escape: str = ""  # what stands before a sign that is meant as it is, "\\" in dumps of databases; "" = quotes are doubled

    @property
    def names(self) -> tuple[str, ...]:
        """Of every column that can be read, that of groups included."""
        return self.header if self.group_position < 0 else (*self.header, GROUP)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why rows are set aside, in the order of their numbers: those of the table, then those of the preset."""
        return (*(rule.reason for rule in self.table.skip_rules), *(one.choice.aside for one in self.preset_rules))


class Settings(NamedTuple):
    """What the user said instead of leaving it to be found out; an empty value leaves it to be found out."""

    tz: str = "UTC"
    order: str = ""  # of dates: "dmy", "mdy", "ymd"
    decimal: str = ""
    encoding: str = ""
    delimiter: str = ""
    quote: str = ""
    header_row: int = 0  # physical line of the header, from 1
    columns: Mapping[str, str] = {}  # canonical, or table.canonical -> header name; '' = none is it
    ends: str = "exclusive"  # or "inclusive": ended_at is the last day served
    skip_bad_rows: bool = False
    rejects: str = ""  # file for the rows skipped
    memory: int = 0  # bytes; 0 = the engine's default
    today: date | None = None
    policies: Mapping[str, str] = {}  # name -> value; those of POLICIES left out have their default
    presets: tuple[str, ...] = ()  # those named
    preset_required: bool = False  # one of them must fit; else they only go before others
    own_presets: str = ""  # the folder of the user's own
    amounts: str = ""  # "units", "cents"
