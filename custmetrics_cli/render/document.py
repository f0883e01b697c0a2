"""A document: the content of one answer. A file of documents/ is one kind; formats write every kind and name none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from custmetrics_cli.render.page import Page

Cell = str | int | float | None
Flat = tuple[Sequence[str], Sequence[Sequence[Cell]]]
Record = dict[str, Any]


class Document(Protocol):
    """The answer to one command. All but the page contains values of the JSON contract."""

    def page(self, ascii: bool) -> Page:
        """Return the page for people. ascii: use no other characters, except in data."""

    def record(self) -> Record:
        """Return one JSON document of the schema."""

    def records(self) -> Iterable[Record]:
        """Yield the lines of JSON lines. Each line is complete by itself."""

    def flat(self) -> Flat:
        """Return column names and rows, for a spreadsheet. A missing value is None."""
