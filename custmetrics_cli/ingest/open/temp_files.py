"""Keep private temporary copies of files until the run ends, within the limits of unpacking."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import TracebackType
from typing import IO

from custmetrics_cli.core.safety.temp_folders import make_folder, remove, sweep
from custmetrics_cli.ingest.open.unpacked_size import DEFAULT_LIMIT, UnpackedSize

CHUNK = 1 << 20


class Scratch:
    """A private folder for copies. It is created for the first copy and removed at the end."""

    def __init__(self, max_unpacked: int = 0) -> None:
        self._folder: Path | None = None
        self._count = 0
        self.unpacked = UnpackedSize(max_unpacked or DEFAULT_LIMIT, is_chosen=bool(max_unpacked))

    def __enter__(self) -> Scratch:
        sweep()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._folder:
            remove(self._folder)

    def file(self) -> Path:
        """Return a path for a new copy."""
        if not self._folder:
            self._folder = make_folder()
        self._count += 1
        return self._folder / f"{self._count}.csv"

    def copy(self, stream: IO[bytes]) -> Path:
        """Copy a stream to a new file."""
        path = self.file()
        with path.open("wb") as copy:
            shutil.copyfileobj(stream, copy, CHUNK)
        return path

    def unpack(self, stream: IO[bytes], shown: str, packed: int) -> Path:
        """Copy what is unpacked from a file to a new file. packed: the bytes of that file. Raises E232."""
        path = self.file()
        with path.open("wb") as copy:
            while data := stream.read(CHUNK):
                self.unpacked.add(len(data), shown, packed)
                copy.write(data)
        return path
