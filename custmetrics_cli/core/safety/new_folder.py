"""The one writer of folders: a folder is written whole beside its target, and gets its name at the end. A run that fails leaves nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from custmetrics_cli.core.safety.temp_folders import make_folder, remove, sweep


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Yield a private folder beside the target. At the end it takes the place of the target, if nothing failed. Raises OSError."""
    target = Path(os.path.realpath(target))
    sweep(target.parent)
    folder = make_folder(target.parent)
    try:
        yield folder
        _sync(folder)
        folder.chmod(_mode(target))
        _exchange(folder, target)
    finally:
        remove(folder)


def _exchange(folder: Path, target: Path) -> None:
    """Give the folder the name of its target. The old target is removed; until then it is beside it under a temporary name."""
    if not target.exists() or not any(target.iterdir()):
        folder.rename(target)
        return
    old = make_folder(target.parent)
    target.rename(old)
    try:
        folder.rename(target)
    except BaseException:
        old.rename(target)
        raise
    remove(old)


def _sync(folder: Path) -> None:
    """Complete all files on the disk."""
    for path in [*folder.rglob("*"), folder]:
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
        if path.is_dir() and path != folder:
            path.chmod(0o777 & ~_umask())


def _mode(target: Path) -> int:
    return target.stat().st_mode & 0o777 if target.exists() else 0o777 & ~_umask()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
