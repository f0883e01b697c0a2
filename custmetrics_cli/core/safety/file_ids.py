"""The identity of files: two paths name one file if its device and inode are equal. Links do not matter."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import NamedTuple

NAMED_STREAMS = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}
STREAM_FOLDERS = ("/dev/fd", "/proc/self/fd")


class FileId(NamedTuple):
    """The device and the inode of a regular file."""

    device: int
    inode: int


def file_id(path: str | Path | int) -> FileId | None:
    """Return the identity of a regular file. path: a path, or the number of an open stream. None for anything else."""
    try:
        named = stream_number(path) if isinstance(path, str) else path
        found = os.fstat(named) if isinstance(named, int) else Path(named).stat()
    except (OSError, ValueError):
        return None
    return FileId(found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def stream_number(path: str) -> str | int:
    """Return the number of the open stream that a path names, else the path.

    >>> stream_number("/dev/stdout"), stream_number("/dev/fd/3"), stream_number("a.csv")
    (1, 3, 'a.csv')
    """
    folder, _, name = path.rpartition("/")
    if folder in STREAM_FOLDERS and name.isascii() and name.isdecimal():
        return int(name)
    return NAMED_STREAMS.get(path, path)
