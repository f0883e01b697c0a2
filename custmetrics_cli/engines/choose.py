"""Choose the engine for files of a size."""

from __future__ import annotations

from pathlib import Path

from custmetrics_cli.engines.base import ENGINES, Engine
from custmetrics_cli.engines.memory import check_pandas, fits_in_pandas

# Bytes of input from which DuckDB is the better engine. Measured with churn --by plan: at 1 million rows (38 MB) both take as
# long; at 2 million DuckDB takes three quarters of the time and two thirds of the memory, at 4 million three fifths of the time.
LARGE = 48_000_000


def open_engine(name: str, size: int, memory: int, scratch: Path, master: str = "") -> Engine:
    """Return an engine. name: "auto" chooses; size: of the files as CSV, in bytes. Raises CustmetricsError E293."""
    if name == "auto":
        name = "pandas" if size < LARGE and fits_in_pandas(size, memory) else "duckdb"
    if name == "pandas":
        check_pandas(size, memory)
    return ENGINES[name](memory, scratch, master)
