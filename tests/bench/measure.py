"""A whole process measured: wall time, processor time and peak memory, as the system accounts them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

KILOBYTE = 1 if sys.platform == "darwin" else 1024  # the unit of ru_maxrss
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE" and not k.startswith("CUSTMETRICS_")}


@dataclass(frozen=True)
class Spent:
    """Seconds of the clock, seconds of processors, bytes at the peak, and what was written."""

    wall: float
    cpu: float
    peak: int
    out: bytes


def spent(command: Sequence[str | Path], folder: Path) -> Spent:
    """Run a command to its end; a failure is an error that shows what it said."""
    said, wrong = folder / "stdout", folder / "stderr"
    with said.open("wb") as out, wrong.open("wb") as err:
        begun = time.perf_counter()
        child = subprocess.Popen(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL, env=ENVIRONMENT)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}: status {child.returncode}\n{wrong.read_text(errors='replace')}")
    return Spent(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * KILOBYTE, said.read_bytes())


def alternating(ours: Sequence[str | Path], theirs: Sequence[str | Path], times: int, folder: Path) -> tuple[list[Spent], list[Spent]]:
    """Both once to warm the disk cache, then in turns: A B A B, so that a slow minute of the machine hits both."""
    spent(ours, folder), spent(theirs, folder)
    pairs = [(spent(ours, folder), spent(theirs, folder)) for _ in range(times)]
    return [a for a, _ in pairs], [b for _, b in pairs]


def middle(runs: Sequence[Spent], of: str) -> float:
    return median(getattr(run, of) for run in runs)


def spread(runs: Sequence[Spent], of: str, unit: float = 1) -> str:
    """Median and, in brackets, least and most."""
    values = sorted(getattr(run, of) / unit for run in runs)
    return f"{median(values):.2f} ({values[0]:.2f}-{values[-1]:.2f})"
