"""A private DuckDB database within the memory of a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from custmetrics_cli.engines.memory import is_little, peak_memory

if TYPE_CHECKING:
    import duckdb

READING = 170 << 20  # bytes that reading the files takes (measured)
LEAST = 256 << 20  # bytes that DuckDB may always use: with less, several threads cannot group ten million rows (measured)
LEAST_ALONE = 180 << 20  # bytes with which one thread may group them, spilling


def connect(memory: int, scratch: Path) -> duckdb.DuckDBPyConnection:
    """Open a database that downloads no extension, spills to a private folder, and leaves room for the rest of the process.

    memory: bytes for the whole process, 0 = DuckDB's own limit.
    """
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": False,
        "temp_directory": str(scratch / "spill"),
    }
    if is_little(memory):
        config["threads"] = 1
    if memory:
        least = LEAST_ALONE if is_little(memory) else LEAST
        config["memory_limit"] = f"{max(least, memory - peak_memory() - READING)}B"
    return duckdb.connect(":memory:", config=config)
