"""The one writer of files: every output is written whole to a private temporary file beside its target, and renamed at the end of the run.

A run that fails leaves every target as it was. A temporary file has no name if the system allows that, so a killed run leaves nothing.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from custmetrics_cli.core.safety.file_ids import stream_number

PRIVATE = 0o600
NAMELESS = getattr(os, "O_TMPFILE", 0)
CLOSED_ON_EXEC = getattr(os, "O_CLOEXEC", 0)
DESCRIPTORS = Path("/proc/self/fd")  # the open files of this process, by number


class NewFile:
    """A file that is written completely or not at all. Devices, pipes and open streams are written directly."""

    def __init__(self, path: str) -> None:
        """Open the temporary file. Raises OSError if the target cannot be written."""
        self.path = path
        self._temporary: Path | None = None
        stream = stream_number(path)
        is_device = isinstance(stream, str) and Path(path).exists() and not Path(path).is_file() and not Path(path).is_dir()
        self._target = None if isinstance(stream, int) or is_device else _writable(Path(path).resolve())
        self.file: BinaryIO = os.fdopen(self._open(self._target) if self._target else _open_directly(stream), "wb")

    def _open(self, target: Path) -> int:
        if NAMELESS and DESCRIPTORS.is_dir():
            with suppress(OSError):  # some file systems have only named files
                return os.open(target.parent, os.O_WRONLY | NAMELESS | CLOSED_ON_EXEC, PRIVATE)
        self._temporary = _temporary_name(target)
        return os.open(self._temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | CLOSED_ON_EXEC, PRIVATE)

    def finish(self) -> None:
        """Complete the temporary file on the disk, with the mode, owner and group of the target."""
        self.file.flush()
        if self._target:
            _take_over(self._target, self.file.fileno())
            os.fsync(self.file.fileno())

    def commit(self) -> None:
        """Give the file the name of its target."""
        if self._target:
            if not self._temporary:
                self._temporary = _temporary_name(self._target)
                _link(self.file.fileno(), self._temporary)
            self._temporary.replace(self._target)
            self._temporary = None
        self.file.close()

    def discard(self) -> None:
        """Remove the temporary file."""
        with suppress(OSError):
            self.file.close()
        if self._temporary:
            self._temporary.unlink(missing_ok=True)


_finished: list[NewFile] = []  # files of this run, in order, which are complete and not yet renamed
_blocks: list[object] = []  # the open blocks of whole_run


@contextmanager
def whole_run() -> Iterator[None]:
    """Rename all files that were written within the outermost block at its end, or none of them if it fails."""
    block = object()
    _blocks.append(block)
    try:
        yield
        if _blocks[0] is block:
            _commit()
    finally:
        if _blocks[0] is block:
            _discard()
        _blocks.remove(block)


def _commit() -> None:
    while _finished:
        _finished[0].commit()
        _finished.pop(0)


def _discard() -> None:
    while _finished:
        _finished.pop().discard()


@contextmanager
def new_file(path: str) -> Iterator[BinaryIO]:
    """Yield the file to write. It gets its name at the end of the whole run. Raises OSError."""
    new = NewFile(path)
    try:
        with whole_run():
            yield new.file
            new.finish()
            _finished.append(new)
    except BaseException:
        new.discard()
        raise


def _writable(target: Path) -> Path:
    """Return the target. Raises OSError if it is a folder, or a file that this user may not change."""
    if target.is_dir():
        raise IsADirectoryError(21, "it is a directory")
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(13, "Permission denied")
    return target


def _open_directly(stream: int | str) -> int:
    """Return a number for an open stream or a device."""
    return os.dup(stream) if isinstance(stream, int) else os.open(stream, os.O_WRONLY | CLOSED_ON_EXEC)


def _link(number: int, name: Path) -> None:
    """Give a name to an open file without one. A folder must be passed: else Python links the entry of the process itself."""
    folder = os.open(DESCRIPTORS, os.O_RDONLY)
    try:
        os.link(str(number), name, src_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


def _temporary_name(target: Path) -> Path:
    return target.with_name(f".custmetrics-{os.urandom(8).hex()}.tmp")


def _take_over(target: Path, number: int) -> None:
    """Give an open file the owner, group and mode of the target, or those of a new file. Raises PermissionError."""
    try:
        old = target.stat()
    except FileNotFoundError:
        os.fchmod(number, 0o666 & ~_umask())
        return
    new = os.fstat(number)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        try:
            os.fchown(number, old.st_uid, old.st_gid)
        except PermissionError:
            raise PermissionError(1, "its owner and group cannot be kept") from None
    os.fchmod(number, stat.S_IMODE(old.st_mode))


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
