"""Folders that `convert` wrote, and their Parquet files: found by what is in them."""

from __future__ import annotations

from pathlib import Path

MANIFEST = "manifest.json"
MARK = "custmetrics"  # key of the version in a manifest, and of the facts in a Parquet file
HEAD = 100  # bytes of a manifest that show it
MAGIC, LENGTH = b"PAR1", 8  # the end of a Parquet file: the length of its footer in 4 bytes, then the magic
LONGEST = 64 << 20  # bytes of a footer


def is_conversion(folder: str | Path) -> bool:
    """Return whether a folder has the manifest of a conversion."""
    manifest = Path(folder, MANIFEST)
    if not manifest.is_file():
        return False
    with manifest.open("rb") as file:
        return f'"{MARK}"'.encode() in file.read(HEAD)


def is_part(path: str | Path) -> bool:
    """Return whether a file is a Parquet file of a conversion."""
    if not Path(path).is_file():
        return False
    with Path(path).open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            return False
        end = file.seek(0, 2)
        file.seek(max(0, end - LENGTH))
        length = int.from_bytes(file.read(LENGTH)[:4], "little")
        if not 0 < length < min(end, LONGEST):
            return False
        file.seek(end - LENGTH - length)
        return bytes([len(MARK)]) + MARK.encode() in file.read(length)
