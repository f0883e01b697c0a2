"""The guard around reading: a file that changes while it is read gives no answer.

The size, the inode and the time of modification are compared before and after. They miss a change in the same tick of the clock, or
one that hides itself. A file whose state leaves room for that is hashed twice.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.safety.file_ids import stream_number

LONGEST_SETTINGS = 8 << 20  # bytes
FRESH = 2 * 10**9  # nanoseconds: the coarsest clock of a file system


class State(NamedTuple):
    """The state of a regular file: its identity and content, as far as the file system shows them."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int  # also by a new name or another mode, so it proves nothing alone

    @classmethod
    def of(cls, path: str | Path) -> State | None:
        """Return the state of a regular file; None for anything else."""
        named = stream_number(str(path))
        found = os.fstat(named) if isinstance(named, int) else Path(named).stat()
        if not stat.S_ISREG(found.st_mode):
            return None
        return cls(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)

    @property
    def is_fresh(self) -> bool:
        """True if a change right after this state could have the same time."""
        return abs(time.time_ns() - self.changed) < FRESH


class Watched:
    """A file, from before it is opened until after it is read."""

    def __init__(self, shown: str, path: str | Path) -> None:
        self.shown, self.path = shown, path
        self.sha256 = ""  # of the bytes that were read; "" = not known
        self._before = _state(path)
        self._is_stream = isinstance(stream_number(str(path)), int)
        self._needs_hash = self._before is not None and self._before.is_fresh and not self._is_stream
        if self._needs_hash:
            self.sha256 = sha256(path)

    @property
    def difference(self) -> str:
        """The kind of change; "" if there is none."""
        before, after = self._before, _state(self.path)
        if before is None:
            return ""
        if after is None:
            return "was deleted"
        if after[:2] != before[:2]:
            return "was replaced"
        if after.size != before.size:
            return "grew" if after.size > before.size else "became shorter"
        may_differ = self._needs_hash or (after.changed != before.changed and not self._is_stream)
        is_other = after.modified != before.modified or (may_differ and self.sha256 and sha256(self.path) != self.sha256)
        return "was changed" if is_other else ""


def _state(path: str | Path) -> State | None:
    try:
        return State.of(path)
    except OSError:
        return None


def sha256(path: str | Path) -> str:
    with Path(path).open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


@contextmanager
def unchanged(files: Iterable[tuple[str, str | Path]]) -> Iterator[list[Watched]]:
    """Watch files while they are read. files: each as shown, and its path or the name of its stream.

    Raise CustmetricsError E230 at the end, also instead of the errors that a change led to.
    """
    watched = [Watched(shown, path) for shown, path in files]
    try:
        yield watched
    except Exception:
        check_unchanged(watched)
        raise
    check_unchanged(watched)


def check_unchanged(files: Iterable[Watched]) -> None:
    """Raise CustmetricsError E230 for files that changed since they are watched."""
    changed = [(file.shown, how) for file in files if (how := file.difference)]
    if changed:
        raise CustmetricsError(*(changed_problem(shown, how) for shown, how in changed))


def changed_problem(shown: str, how: str) -> Problem:
    """Return E230. how: what happened to the file, such as 'was changed'."""
    return Problem("E230", f"{how} while it was read", Place(shown), "run the command again when the export is complete")


def read_small(path: Path, shown: str = "") -> bytes:
    """Return the bytes of a file of settings. Raises OSError, CustmetricsError E230, E231."""
    with unchanged([(shown or str(path), path)]), path.open("rb") as file:
        data = file.read(LONGEST_SETTINGS + 1)
    if len(data) > LONGEST_SETTINGS:
        message = f"is larger than {LONGEST_SETTINGS:,} bytes, so it is not a file of settings"
        raise CustmetricsError(Problem("E231", message, Place(shown or str(path)), "name the right file"))
    return data
