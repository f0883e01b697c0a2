"""What a kind of document gives to formats. A file of documents/ is one kind, a file of formats/ one format; neither knows the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    pass

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from custmetrics_cli.render.page import Page

Cell = str | int | float | None
Flat = tuple[Sequence[str], Sequence[Sequence[Cell]]]


class Document(Protocol):
    """One answer to one command. All but the page holds figures of the JSON contract."""

    def page(self, ascii: bool) -> Page:
        """For people; ascii: without other characters than those, data excepted."""

    def record(self) -> Record:
        """The whole, for one JSON document of the schema."""

    def records(self) -> Iterable[Record]:
        """Line by line; a line stands for itself."""

    def flat(self) -> Flat:
        """Names of columns and rows, for a spreadsheet. An absent value is None."""


Record = dict[str, Any]
