"""What a format is. One file in formats/ that declares `FORMAT` is one format; nothing else knows it by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from custmetrics_cli.result import Answer, Inspected, Listing

Can = Mapping[str, Sequence[str]]  # path of a file -> the metrics that it can answer


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
    """From an answer, a listing or what files were taken for to text that ends with a newline."""

    suffixes: tuple[str, ...]
    answer: Callable[[Answer, Screen], str]
    listing: Callable[[Listing, Screen], str]
    inspection: Callable[[Inspected, Can, Screen], str]
