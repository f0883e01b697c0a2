"""The one owner of temporary folders: private from the start, removed at every end of the run, and swept when a killed run left them."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "custmetrics-"
PRIVATE = 0o700
OLD = 24 * 3600  # seconds after which a folder without a live process was left behind
TRIES = 20  # a thread may still write into a folder that is being removed

_folders: dict[Path, int] = {}  # folders of this process, with the open file that locks each; -1 = not locked


def make_folder(parent: str | Path = "") -> Path:
    """Make a private folder, by default among the temporary files.

    It is registered first, so that an interrupt in between still removes it. Raises OSError.
    """
    folder = Path(parent or tempfile.gettempdir(), f"{PREFIX}{os.urandom(8).hex()}")
    _folders[folder] = -1
    folder.mkdir(PRIVATE)
    folder.chmod(PRIVATE)  # for any umask
    with suppress(OSError, ImportError):
        _folders[folder] = _lock(folder)
    return folder


@contextmanager
def temp_folder() -> Iterator[Path]:
    """Yield a private folder, and remove it at the end."""
    folder = make_folder()
    try:
        yield folder
    finally:
        remove(folder)


def remove(folder: Path) -> None:
    """Remove a folder of this process."""
    for _ in range(TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            break
        time.sleep(0.01)
    with suppress(OSError):
        os.close(_folders.pop(folder, -1))


def remove_all() -> None:
    """Remove every folder of this process, as its last act."""
    for folder in [*_folders]:
        remove(folder)


def sweep(parent: str | Path = "") -> None:
    """Remove the folders that killed runs of this user left. A folder of a live process is locked."""
    with suppress(OSError):
        for entry in os.scandir(parent or tempfile.gettempdir()):
            if entry.name.startswith(PREFIX):
                with suppress(OSError, ImportError):
                    _sweep_one(entry)


def _sweep_one(entry: os.DirEntry[str]) -> None:
    found = entry.stat(follow_symlinks=False)
    is_ours = entry.is_dir(follow_symlinks=False) and (not hasattr(os, "getuid") or found.st_uid == os.getuid())
    if is_ours and time.time() - found.st_mtime > OLD:
        lock = _lock(Path(entry.path))
        shutil.rmtree(entry.path, ignore_errors=True)
        os.close(lock)


def _lock(folder: Path) -> int:
    """Return an open file that locks the folder until this process ends. Raises OSError if another process holds it."""
    import fcntl

    number = os.open(folder, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BaseException:
        os.close(number)
        raise
    return number
