"""What is not a file: a pipe is read if somebody writes to it; a device or a socket is refused. Opening never blocks."""

from __future__ import annotations

import os
import shutil
import stat
import time
from pathlib import Path
from typing import BinaryIO

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem

CHUNK = 1 << 20  # bytes
WAIT = 5.0  # seconds for somebody who writes to a pipe
NULL = Path(os.devnull).stat().st_rdev


def copy_pipe(path: Path, shown: str, is_named: bool, copy: BinaryIO) -> None:
    """Copy what a pipe holds. Raises E235 for anything else, and for a pipe that was found in a folder."""
    found = path.stat()
    is_ours = stat.S_ISFIFO(found.st_mode) or (stat.S_ISCHR(found.st_mode) and (found.st_rdev == NULL or _is_terminal(path)))
    if not is_named or not is_ours:
        raise _no_file(shown, "is a pipe, a device or a socket, not a file", "pass a file")
    if not stat.S_ISFIFO(found.st_mode):
        with path.open("rb") as stream:
            shutil.copyfileobj(stream, copy, CHUNK)
        return
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb", buffering=0) as pipe:
        copy.write(_first_bytes(descriptor, shown))
        os.set_blocking(descriptor, True)
        shutil.copyfileobj(pipe, copy, CHUNK)


def _first_bytes(descriptor: int, shown: str) -> bytes:
    """Return the first bytes; b"" if somebody writes and nothing has come yet."""
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        try:
            if first := os.read(descriptor, CHUNK):
                return first
        except BlockingIOError:
            return b""
        time.sleep(0.05)
    raise _no_file(shown, "is a pipe to which nobody writes", "start the program that writes to it first, or pass a file")


def _is_terminal(path: Path) -> bool:
    with path.open("rb", buffering=0) as stream:
        return stream.isatty()


def _no_file(shown: str, message: str, hint: str) -> CustmetricsError:
    return CustmetricsError(Problem("E235", message, Place(shown), hint=hint))
