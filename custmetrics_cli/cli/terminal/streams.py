"""Standard input, output and error, even when closed, broken, full or unable to show a character."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import Any, TextIO


class Pipe(io.FileIO):
    """A descriptor whose reader may stop early (`| head`): the rest is dropped silently."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data) or 0
        except BrokenPipeError:
            _connect_to_null(self.fileno())
            return len(data)


class Closed(io.FileIO):
    """A standard output that was closed: writing an answer fails with an error."""

    def write(self, data: Any) -> int:
        raise OSError(errno.EBADF, "standard output is closed")


def _connect_to_null(number: int) -> None:
    empty = os.open(os.devnull, os.O_RDWR)
    if empty != number:
        os.dup2(empty, number)
        os.close(empty)


def prepare() -> None:
    """Prepare the three streams. Call this once, before anything is written."""
    closed = [number for number in (0, 1, 2) if _is_closed(number)]
    for number in closed:
        _connect_to_null(number)  # else the next opened file would become standard output
    sys.stdin = sys.stdin or io.TextIOWrapper(io.FileIO(0, "r", closefd=False))
    sys.stdout = _stream(1, sys.stdout, Closed if 1 in closed else Pipe)
    sys.stderr = _stream(2, sys.stderr, Pipe)
    for name in ("COLUMNS", "LINES"):  # 0 or nonsense would become the width of the screen
        if not os.environ.get(name, "1").isdecimal() or os.environ.get(name) == "0":
            del os.environ[name]


def _is_closed(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return True
    return False


def _stream(number: int, original: TextIO | None, kind: type[io.FileIO]) -> TextIO:
    """Return a stream of the same encoding that escapes the characters it cannot show."""
    encoding = original.encoding if original is not None else "utf-8"
    buffer = io.BufferedWriter(kind(number, "w", closefd=False))
    return io.TextIOWrapper(buffer, encoding=encoding, errors="backslashreplace", newline="\n", line_buffering=number == 2)


def close() -> int:
    """Flush the streams. Return 2 if standard output fails now, as on a full disk."""
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    try:
        sys.stdout.flush()
    except OSError:
        _connect_to_null(1)
        return 2
    return 0


def is_terminal(stream: TextIO) -> bool:
    """Return True if the stream is a terminal."""
    try:
        return stream.isatty()
    except ValueError:
        return False


def can_show(stream: TextIO, characters: str) -> bool:
    """Return True if the encoding has these characters. An explicit C locale means ASCII."""
    if os.environ.get("LC_ALL") in ("C", "POSIX"):
        return characters.isascii()
    try:
        characters.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
