"""Keep private temporary copies of files until the run ends."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO

CHUNK = 1 << 20


class Scratch:
    """A private folder for copies. It is created for the first copy and removed at the end."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._count = 0

    def __enter__(self) -> Scratch:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def file(self) -> Path:
        """Return a path for a new copy."""
        if not self._folder:  # set before mkdir, so that an interrupt in between still removes it
            self._folder = Path(tempfile.gettempdir(), f"custmetrics-{os.urandom(8).hex()}")
            self._folder.mkdir(0o700)
        self._count += 1
        return self._folder / f"{self._count}.csv"

    def copy(self, stream: IO[bytes]) -> Path:
        """Copy a stream to a new file."""
        path = self.file()
        with path.open("wb") as copy:
            shutil.copyfileobj(stream, copy, CHUNK)
        return path
