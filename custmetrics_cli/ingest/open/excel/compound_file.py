"""Read a stream of a compound file (OLE), the container of .xls workbooks and of workbooks with a password."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

END = 0xFFFFFFFA  # numbers of sectors from here on are marks, not sectors
ENTRY, MINI, CUTOFF = 128, 64, 4096  # bytes of a directory entry and of a mini sector; smaller streams use mini sectors


class CompoundFile:
    """A compound file, read into memory."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        self._size = 1 << struct.unpack_from("<H", self._data, 30)[0]
        self._fat = self._table(b"".join(map(self._sector, self._fat_sectors())))
        directory = self._chain(struct.unpack_from("<I", self._data, 48)[0])
        self._entries = {name: (start, size) for name, start, size in _entries(directory)}
        self._mini_fat = self._table(self._chain(struct.unpack_from("<I", self._data, 60)[0]))

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def stream(self, *names: str) -> bytes:
        """Return the first stream with one of some names; b"" if there is none."""
        start, size = next((self._entries[name] for name in names if name in self._entries), (END, 0))
        if size >= CUTOFF:
            return self._chain(start)[:size]
        root = self._chain(self._entries["Root Entry"][0]) if size else b""
        return b"".join(root[number * MINI : (number + 1) * MINI] for number in _follow(start, self._mini_fat))[:size]

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _follow(start, self._fat)))

    def _fat_sectors(self) -> list[int]:
        """Return the sectors of the allocation table: 109 are in the header, others in sectors of their own."""
        numbers = [*struct.unpack_from("<109I", self._data, 76)]
        further = struct.unpack_from("<I", self._data, 68)[0]
        while further < END:
            table = self._table(self._sector(further))
            numbers += table[:-1]
            further = table[-1]
        return [number for number in numbers if number < END]

    @staticmethod
    def _table(data: bytes) -> list[int]:
        return [*struct.unpack_from(f"<{len(data) // 4}I", data)]


def _follow(start: int, table: list[int]) -> Iterator[int]:
    """Yield the numbers of a chain of sectors. It ends where a damaged table would repeat."""
    for _ in table:
        if start >= len(table):
            return
        yield start
        start = table[start]


def _entries(directory: bytes) -> Iterator[tuple[str, int, int]]:
    """Yield the name, the first sector and the size of each entry."""
    for at in range(0, len(directory) - ENTRY + 1, ENTRY):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        start, size = struct.unpack_from("<II", directory, at + 116)
        yield directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace"), start, size
