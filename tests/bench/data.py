"""What files to measure with have in common: five years of days, rows of customers, and how they are written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

FIRST, DAYS = 17_532, 1_826  # 2018-01-01, and the days to 2023-01-01

Ints = np.ndarray[tuple[int], np.dtype[np.int64]]


def order(counts: Ints) -> Ints:
    """Which of its customer's rows a row is, from 0. counts: rows of each customer."""
    return np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)


def write(path: Path, header: bytes, rows: pa.Table) -> None:
    """Whole or not at all."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(header)
        pa.csv.write_csv(rows, file, pa.csv.WriteOptions(include_header=False, quoting_style="none"))
    part.rename(path)
