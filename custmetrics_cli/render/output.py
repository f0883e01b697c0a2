"""The device that text is written to: its width, colours and characters."""

from __future__ import annotations

from typing import NamedTuple


class Output(NamedTuple):
    """A terminal, a file or a pipe. The default is a file that accepts any character."""

    width: int | None = None  # columns of a terminal; None or 0: as wide as needed
    color: bool = False  # with ANSI colours
    ascii: bool = False  # its encoding has no box characters
    terminal: bool = False  # a person's screen: no cell may send an escape to it
    raw: bool = False  # for a program: CSV and TSV keep every character of a cell
    excel: str = ""  # the decimal mark of CSV for Excel; "" = CSV for programs
    path: str = ""  # the file of -o
