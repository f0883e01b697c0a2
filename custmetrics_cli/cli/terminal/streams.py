"""The three streams as a tool finds them: closed, broken, full, unable to show a letter. Nothing of it is a crash."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import Any, TextIO


class Pipe(io.FileIO):
    """A descriptor whose reader may have left (`| head`): what follows goes nowhere, quietly."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data) or 0
        except BrokenPipeError:
            _nowhere(self.fileno())
            return len(data)


class Closed(io.FileIO):
    """Standard output that was closed: who asks for an answer is told that nothing could be written."""

    def write(self, data: Any) -> int:
        raise OSError(errno.EBADF, "standard output is closed")


def _nowhere(number: int) -> None:
    empty = os.open(os.devnull, os.O_RDWR)
    if empty != number:
        os.dup2(empty, number)
        os.close(empty)


def prepare() -> None:
    """Called once, before anything is written."""
    closed = [number for number in (0, 1, 2) if _is_closed(number)]
    for number in closed:
        _nowhere(number)  # else the next file opened would become standard output
    sys.stdin = sys.stdin or io.TextIOWrapper(io.FileIO(0, "r", closefd=False))
    sys.stdout = _stream(1, sys.stdout, Closed if 1 in closed else Pipe)
    sys.stderr = _stream(2, sys.stderr, Pipe)
    for name in ("COLUMNS", "LINES"):  # 0 or nonsense would be taken as the width of the screen
        if not os.environ.get(name, "1").isdecimal() or os.environ.get(name) == "0":
            del os.environ[name]


def _is_closed(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return True
    return False


def _stream(number: int, given: TextIO | None, kind: type[io.FileIO]) -> TextIO:
    """Same encoding, but what it cannot show is escaped instead of raising."""
    encoding = given.encoding if given is not None else "utf-8"
    buffer = io.BufferedWriter(kind(number, "w", closefd=False))
    return io.TextIOWrapper(buffer, encoding=encoding, errors="backslashreplace", newline="\n", line_buffering=number == 2)


def close() -> int:
    """Flush what is left; 2 when standard output would not take it (a full disk), which was not noticed before."""
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    try:
        sys.stdout.flush()
    except OSError:
        _nowhere(1)
        return 2
    return 0


def is_terminal(stream: TextIO) -> bool:
    """Whether a person looks at it."""
    try:
        return stream.isatty()
    except ValueError:
        return False


def can_show(stream: TextIO, letters: str) -> bool:
    """Whether the encoding has these letters; an explicit C locale says that it has not."""
    if os.environ.get("LC_ALL") in ("C", "POSIX"):
        return letters.isascii()
    try:
        letters.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
