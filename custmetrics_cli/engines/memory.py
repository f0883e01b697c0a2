"""The memory of a run: how much is used, and what fits into --memory."""

from __future__ import annotations

from custmetrics_cli.core.errors import CustmetricsError, Problem

LITTLE = 600_000_000  # bytes of --memory below which one thread works at a time, on less
BASE, TIMES = 250_000_000, 7  # pandas takes these bytes, and this many times the size of a CSV file (measured: 4 to 6)


def is_little(memory: int) -> bool:
    """Return whether --memory is so little that speed must be given up. 0 = there is no limit."""
    return 0 < memory < LITTLE


def fits_in_pandas(size: int, memory: int) -> bool:
    """Return whether files of this size fit into --memory as frames of pandas."""
    return not memory or BASE + TIMES * size <= memory


def check_pandas(size: int, memory: int) -> None:
    """Raise CustmetricsError E293 if the user chose pandas for more than fits into --memory."""
    if not fits_in_pandas(size, memory):
        needed = -(-(BASE + TIMES * size) // 10**8) / 10
        message = f"pandas needs about {needed:.1f} GB of memory for these files, which is more than --memory"
        raise CustmetricsError(Problem("E293", message, hint="pass --engine duckdb, which stays within --memory"))


def peak_memory() -> int:
    """Return the most bytes that the process has used so far, 0 where the system does not report it."""
    try:
        import resource
        import sys
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
