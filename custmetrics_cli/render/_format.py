"""What a format is. One file in formats/ that declares `FORMAT` is one format; nothing else knows it by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from custmetrics_cli.render._document import Document


class Screen(NamedTuple):
    """Where text goes. The default is a file or a pipe that takes any character.

    width: columns of a terminal; None or 0 = as wide as needed. color: with ANSI colours.
    ascii: the encoding has no box characters. terminal: a person's screen, to which no cell may send an escape.
    """

    width: int | None = None
    color: bool = False
    ascii: bool = False
    terminal: bool = False


class Format(NamedTuple):
    """From any document to text that ends with a newline. paged: for people, who are shown the first of many rows."""

    suffixes: tuple[str, ...]
    write: Callable[[Document, Screen], str]
    paged: bool = False
