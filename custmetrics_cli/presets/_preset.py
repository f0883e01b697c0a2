"""What a preset says of a vendor's export: how it is recognised, which heading is which column, which rows count, what it cannot answer.

Headings and words are compared as people write them: without case, spaces, dashes and underscores; a * stands for anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Unit = Literal["units", "cents", "unknown"]
Texts = tuple[str, ...]


class RowChoice(NamedTuple):
    """Rows chosen by a cell: set aside and counted, or refused as wrong. One of `is_`, `is_not`, `unlike` says which."""

    columns: Texts  # headings, of which the first that a file has is looked at; a file with none of them has no such rows
    is_: Texts = ()  # words
    is_not: Texts = ()
    unlike: str = ""  # another heading, whose cell differs
    aside: str = ""  # why they are set aside
    refuse: str = ""  # what is wrong with them


class Lines(NamedTuple):
    """Lines of the file that are no rows, told by their first cell."""

    aside: Mapping[str, Texts] = {}  # reason -> words
    groups: str = ""  # a line of which only the first cell is filled names the group of those below: this column of theirs


class Preset(NamedTuple):
    """One file in this folder, or one of the user's own. Columns are those of the table, or names for segments."""

    name: str
    vendor: str
    export: str  # which of the vendor's exports
    table: str
    confidence: str  # high: the header was seen; medium: others read it so; low: not confirmed, experimental
    all: tuple[Texts, ...]  # headings that must be there, of each group one
    any: Texts = ()  # of these one
    rows: int = 1  # lines of the header
    columns: Mapping[str, Texts] = {}  # column -> headings, the best first; none: no heading is it
    instead: Mapping[str, Texts] = {}  # column -> headings whose cell is taken where its own is empty
    words: Mapping[str, Mapping[str, str]] = {}  # column -> word of a cell -> what is read in its place
    constants: Mapping[str, str] = {}  # column -> what every row says
    choices: tuple[RowChoice, ...] = ()
    lines: Lines = Lines()
    unit: Unit = "units"  # of amounts; unknown: not said, and not to be guessed
    decimal: str = ""
    zone: str = ""  # of times whose heading says none
    order: str = ""  # of dates
    order_if: Texts = ()  # headings of which one must be there for that order; none: it always holds
    epoch: bool = False  # times are seconds since 1970
    lacks: Mapping[str, str] = {}  # column -> which option of the export brings it
    notes: Texts = ()
    warns: Mapping[str, str] = {}  # column -> what is said beside every answer while a file does not have it
    refuses: str = ""  # why nothing can be answered from it
    path: str = ""  # of the user's own

    @property
    def experimental(self) -> bool:
        return self.confidence == "low"
