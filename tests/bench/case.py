"""A case to measure, and what cases share: sizes, files and the command of ours."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from measure import Spent, spent

HERE = Path(__file__).parent
WORK = HERE.parents[1] / ".bench"
OURS = Path(sys.executable).with_name("custmetrics")
QUARTER = ("2022-04-01", "2022-07-01")
MONTHS = ("--period", "2018-01-01..2022-12-31", "--every", "month")  # sixty

Command = Sequence[str | Path]
Check = Callable[[Spent, Spent], None]


@dataclass(frozen=True)
class Case:
    """Ours and theirs; at most `time` times the wall clock and `memory` times the peak (0: shown, not judged).

    seconds: may be added to `time` times the wall clock. most: MB of our peak.
    """

    about: str
    ours: Command
    theirs: Command
    times: int
    time: float = 0
    memory: float = 0
    check: Check | None = None
    seconds: float = 0
    most: float = 0


@dataclass(frozen=True)
class Sizes:
    small: int = 10_000
    middle: int = 1_000_000
    large: int = 10_000_000
    memory: str = "300MB"  # less than the largest file
    times: int = 5


QUICK = Sizes(middle=200_000, large=1_000_000, memory="400MB", times=3)


def converted(name: str, *files: Path) -> Path:
    """The folder of Parquet files that `convert` makes of files, made by the first run that wants it."""
    folder = WORK / f"{name}_{files[0].stem}"
    if not folder.exists():
        spent([OURS, "convert", "--no-config", "--quiet", "-o", folder, *files], WORK)
    return folder


def made(table: str, rows: int) -> Path:
    """The file of that many rows, made by the first run that wants it."""
    path = WORK / f"{table}_{rows}.csv"
    if not path.exists():
        spent([sys.executable, HERE / f"{table}.py", path, str(rows)], WORK)
    return path


def asked(metric: str, file: Path, *more: str | Path) -> Command:
    """Of the quarter, unless another --period is given."""
    return [OURS, metric, "--period", "2022-Q2", "--no-config", "--quiet", "--json", *more, file]


def by_hand(script: str, file: Path) -> Command:
    return [sys.executable, HERE / script, file, *QUARTER]
