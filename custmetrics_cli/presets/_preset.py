"""The contents of a preset: required headers, columns, words, rules for rows, formats, and notes for the user.

Headers and words are compared without case, spaces, dashes and underscores. A * matches any text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Unit = Literal["units", "cents", "unknown"]
Texts = tuple[str, ...]


class RowChoice(NamedTuple):
    """A rule for rows, written [[rows]]. It has one of `is_`, `is_not` and `unlike`, and one of `aside` and `refuse`."""

    columns: Texts  # headers; the first one in the file is used; without any of them the rule is ignored
    is_: Texts = ()  # words of the cell
    is_not: Texts = ()
    unlike: str = ""  # another header, whose cell must differ
    aside: str = ""  # the reason to skip the rows
    refuse: str = ""  # the error in the rows
    unless: tuple[str, str] = ("", "")  # a policy, and the value with which the rule is ignored: unless = "unpaid=keep"


class Lines(NamedTuple):
    """Lines that are not rows, recognised by their first cell."""

    aside: Mapping[str, Texts] = {}  # reason to skip -> words
    groups: str = ""  # the column of the group that a line with only a first cell names for the rows below


class Preset(NamedTuple):
    """The layout of one export. Fields are the keys of the TOML file. Columns are the table's, or names of segments."""

    name: str
    vendor: str
    export: str  # the name of the export
    table: str
    confidence: str  # of the headers. high: seen in a file; medium: published by others; low: not confirmed
    all: tuple[Texts, ...]  # groups of headers; one of each group is required
    any: Texts = ()  # headers; one of them is required
    rows: int = 1  # lines of the header
    columns: Mapping[str, Texts] = {}  # column -> headers, the best first; () = no header
    instead: Mapping[str, Texts] = {}  # column -> headers of its fallbacks, used if its cell is empty
    words: Mapping[str, Mapping[str, str]] = {}  # column -> word in the file -> word to read
    constants: Mapping[str, str] = {}  # column -> its value in every row
    choices: tuple[RowChoice, ...] = ()
    lines: Lines = Lines()
    scale: Mapping[str, str] = {}  # kind of survey -> scale of its scores
    unit: Unit = "units"  # of amounts; unknown = the user must choose
    decimal: str = ""
    zone: str = ""  # time zone of times whose header has none
    order: str = ""  # of dates
    order_if: Texts = ()  # headers; the order applies if one of them is present; () = always
    epoch: bool = False  # times are seconds since 1970
    lacks: Mapping[str, str] = {}  # column -> how to export it
    notes: Texts = ()
    warns: Mapping[str, str] = {}  # column -> the warning if the file does not have it
    refuses: str = ""  # why no metric can be computed from the export
    path: str = ""  # of the user's file; '' = built in

    @property
    def experimental(self) -> bool:
        return self.confidence == "low"
