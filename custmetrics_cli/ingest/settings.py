"""The settings of the user for reading files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

REFUSE, NEWEST, KEEP = "refuse", "newest", "keep"  # values of --overlap


class Settings(NamedTuple):
    """Settings of the user for reading files. An empty value means: detect it, or use the default."""

    tz: str = "UTC"
    order: str = ""  # of dates: "dmy", "mdy", "ymd"
    decimal: str = ""
    file_orders: Mapping[str, str] = {}  # file -> its date order; overrides `order`
    file_decimals: Mapping[str, str] = {}  # file -> its decimal mark; overrides `decimal`
    encoding: str = ""
    delimiter: str = ""
    quote: str = ""
    header_row: int = 0  # physical line of the header, from 1
    columns: Mapping[str, str] = {}  # column, or table.column -> header; '' = no column of the file
    ends: str = "exclusive"  # or "inclusive": ended_at is the last day served
    skip_bad_rows: bool = False
    max_bad: Fraction = Fraction(1)  # the largest share of bad rows of a file
    rejects: str = ""  # file for the rows skipped
    memory: int = 0  # bytes; 0 = the engine's default
    master: str = ""  # address of the cluster of --engine spark
    today: date | None = None
    policies: Mapping[str, str] = {}  # name -> value; a policy that is left out has its default
    presets: tuple[str, ...] = ()  # names of the presets to try
    preset_required: bool = False  # True: one of them must match; False: they only come before others
    asked: Mapping[str, Any] = {}  # the options that decide the numbers, as answers state them
    max_unpacked: int = 0  # bytes that archives may unpack to; 0 = the default
    own_presets: str = ""  # folder of the user's own presets
    positive: tuple[str, ...] = ()  # the positive answers of surveys in words
    low_is_good: bool = False  # the lowest score of surveys is the best
    amounts: str = ""  # "units", "cents"
    explicit: frozenset[str] = frozenset()  # names of the options that were passed, also with their default
    overlap: str = REFUSE  # or newest, keep: rows that several files hold
    constants: Mapping[str, str] = {}  # column -> its value in every row of the files that do not have the column
