"""Private temporary copies, gone when the run is over."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO

CHUNK = 1 << 20


class Scratch:
    """A folder only we can read, made when the first copy is needed and removed with all its copies at the end."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._count = 0

    def __enter__(self) -> Scratch:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._folder:
            self._folder.cleanup()

    def file(self) -> Path:
        """A path for a new copy."""
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix="custmetrics-", ignore_cleanup_errors=True)
        self._count += 1
        return Path(self._folder.name) / f"{self._count}.csv"

    def copy(self, stream: IO[bytes]) -> Path:
        """All that a stream holds, in a new file."""
        path = self.file()
        with path.open("wb") as copy:
            shutil.copyfileobj(stream, copy, CHUNK)
        return path
