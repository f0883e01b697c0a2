"""The output device: its width, colours and characters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    pass


class Output(NamedTuple):
    """Where text goes. The default is a file or a pipe that takes any character.

    width: columns of a terminal; None or 0 = as wide as needed. color: with ANSI colours.
    ascii: the encoding has no box characters. terminal: a person's screen, to which no cell may send an escape.
    """

    width: int | None = None
    color: bool = False
    ascii: bool = False
    terminal: bool = False
