"""Private temporary copies, gone when the run is over."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO

CHUNK = 1 << 20


class Scratch:
    """A folder only we can read, made when the first copy is needed and removed with all its copies at the end."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._count = 0

    def __enter__(self) -> Scratch:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def file(self) -> Path:
        """A path for a new copy."""
        if not self._folder:  # named before it is made: whoever ends us at any moment, it is removed
            self._folder = Path(tempfile.gettempdir(), f"custmetrics-{os.urandom(8).hex()}")
            self._folder.mkdir(0o700)
        self._count += 1
        return self._folder / f"{self._count}.csv"

    def copy(self, stream: IO[bytes]) -> Path:
        """All that a stream holds, in a new file."""
        path = self.file()
        with path.open("wb") as copy:
            shutil.copyfileobj(stream, copy, CHUNK)
        return path
