"""What a format is. One file in formats/ that declares `FORMAT` is one format; nothing else knows it by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.render.screen import Output

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Document


class Format(NamedTuple):
    """From any document to text that ends with a newline. paged: for people, who are shown the first of many rows."""

    suffixes: tuple[str, ...]
    write: Callable[[Document, Output], str]
    paged: bool = False
