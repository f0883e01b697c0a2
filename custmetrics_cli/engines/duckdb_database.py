"""A private DuckDB database within a limit of memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

READING = 170 << 20  # bytes that reading the files takes (measured)
LEAST = 256 << 20  # bytes that DuckDB may always use: with less it cannot group ten million rows, spilling or not (measured)


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
    if memory:
        config["memory_limit"] = f"{max(LEAST, memory - _peak_memory() - READING)}B"
    return duckdb.connect(":memory:", config=config)


def _peak_memory() -> int:
    """Return the most bytes that the process has used so far, 0 where the system does not report it."""
    try:
        import resource
        import sys
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
