"""Files to measure with: stints of customers 2018-2022, the same bytes for the same number of rows.

About 85 % of rows are customers with one stint. The others have two to four each: most come back after a while, one
in five the day after, one in five before the last stint ended; two in five times on another plan. Ids are text in no order.
Run as a process of its own: FILE ROWS.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
from data import DAYS, FIRST, Ints, order, write

PLANS = np.array(["basic", "pro", "team", "enterprise"])
COUNTRIES = np.array(["DE", "ES", "FR", "GB", "NL", "US"])
HEADER = b"customer_id,started_at,ended_at,plan,country\n"


def sizes(rows: int) -> Ints:
    """Stints of each customer."""
    several = int(rows * 0.15)
    cycle = np.resize([2, 3, 4], several // 3)
    return np.concatenate([np.ones(rows - cycle.sum(), dtype=np.int64), cycle])


def spans(rng: np.random.Generator, counts: Ints) -> tuple[Ints, Ints]:
    """Start and end (exclusive) of each stint, in days from 2018-01-01, customer by customer."""
    rows, nth = counts.sum(), order(counts)
    length = np.where(np.repeat(counts == 1, counts), rng.geometric(1 / 420, rows), rng.integers(20, 150, rows))
    kind = rng.random(rows)
    gap = np.where(kind < 0.2, 0, np.where(kind < 0.4, rng.integers(-15, 0, rows), rng.integers(1, 110, rows)))
    walked = np.cumsum(np.where(nth > 0, np.roll(length, 1) + gap, 0))
    since = walked - np.repeat(walked[np.cumsum(counts) - counts], counts)
    room = DAYS - since[np.cumsum(counts) - 1]
    start = np.repeat((rng.random(len(counts)) * room).astype(np.int64), counts) + since
    return start, start + length


def plans(rng: np.random.Generator, counts: Ints) -> Ints:
    """A customer keeps to one plan, but for two in five of those who come back."""
    usual = np.repeat(rng.choice(4, len(counts), p=[0.45, 0.3, 0.18, 0.07]), counts)
    other = (order(counts) > 0) & (rng.random(counts.sum()) < 0.4)
    return np.where(other, rng.integers(0, 4, counts.sum()), usual)


def table(rows: int) -> pa.Table:
    rng = np.random.default_rng(rows)
    counts = sizes(rows)
    start, end = spans(rng, counts)
    ids = np.repeat(rng.permutation(len(counts)), counts)
    mixed = rng.permutation(rows)
    days = pa.array((start + FIRST)[mixed].astype(np.int32)).cast(pa.date32())
    ends = pa.array((end + FIRST)[mixed].astype(np.int32), mask=(end >= DAYS)[mixed]).cast(pa.date32())
    text = pa.array(np.char.add("C", np.char.zfill(ids[mixed].astype("U8"), 7)))
    words = [
        pa.DictionaryArray.from_arrays(codes.astype(np.int32), names).cast(pa.string()) for codes, names in coded(rng, counts, ids, mixed)
    ]
    return pa.table({"customer_id": text, "started_at": days, "ended_at": ends, "plan": words[0], "country": words[1]})


def coded(rng: np.random.Generator, counts: Ints, ids: Ints, mixed: Ints) -> list[tuple[Ints, np.ndarray]]:  # type: ignore[type-arg]
    return [(plans(rng, counts)[mixed], PLANS), (ids[mixed] % len(COUNTRIES), COUNTRIES)]


if __name__ == "__main__":
    write(Path(sys.argv[1]), HEADER, table(int(sys.argv[2])))
