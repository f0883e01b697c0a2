"""A format. Each file in formats/ declares one as `FORMAT`; no other code names it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Document
    from custmetrics_cli.render.output import Output


class Format(NamedTuple):
    """A way to write any document: as text that ends with a newline, or as bytes."""

    suffixes: tuple[str, ...]  # of files in this format
    write: Callable[[Document, Output], str | bytes]
    paged: bool = False  # for people, who see the first of many rows
    binary: bool = False  # bytes, which a terminal cannot show
    paper: bool = False  # writes the paper of a document
    beside: Callable[[Document, str], Mapping[str, bytes]] | None = None  # pictures beside the file of this path, by path
    rows: Callable[[Document], int] | None = None  # the number of rows in the file of a document
    one_chart: bool = False  # holds one chart and nothing else
