"""What passes between the steps of reading: a file as given, as it can be read, as it was understood."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from custmetrics_cli.tables import Table


class Given(NamedTuple):
    """One file as the user gave it. path is what messages and the JSON show: "a.csv", "-", "exports.zip/a.csv"."""

    path: str
    table: str = ""  # said by the user, TABLE=FILE
    asked: bool = True  # False: found in a folder; not recognised, it is set aside and no error


class Plain(NamedTuple):
    """A local, uncompressed UTF-8 file (a UTF-8 BOM may stand first)."""

    given: Given
    path: Path  # the file itself, or a private temporary copy of it
    encoding: str  # of what was given: "utf-8", "utf-8 with BOM", "utf-16", "cp1251", "cp1252"
    size: int  # bytes of path
    original: Path  # holds the bytes that given.path names, packed and encoded as they were: for sha256
    checked: bool = True  # False: only its head and tail are known to be UTF-8


class Shape(NamedTuple):
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
    said: Mapping[str, str] = {}  # canonical name -> what the header says in its place, for every row
    doubled: Mapping[str, str] = {}  # canonical name -> a free column that has the same heading, by its own name


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
