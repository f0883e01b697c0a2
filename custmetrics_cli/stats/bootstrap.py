"""Percentile bootstrap of a ratio of sums (Efron and Tibshirani 1993, chapter 13), resampling customers; the same draws on every run.

Customers come as cells: (x, y, how many are alike); the ratio is the sum of a part of y over the sum of x. Whatever the part, the same
customers are drawn: 1 - GRR is as sure as GRR.

Where there are too many cells to draw customer by customer, these are dealt into random groups (Wolter 2007, chapter 2), and groups are
drawn in their stead: as wide on average. Groups of neighbours would hide how much neighbours differ.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from custmetrics_cli.stats.intervals import Interval
from custmetrics_cli.stats.pair_counts import PairCounts, Part

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

SEED, DRAWS = 20_220_401, 1000
MOST = 1000  # cells of which customers are drawn; of more, so many groups
Units = tuple[Any, Any, tuple[int, ...]]  # what is drawn: x and y of each, and how many of it there are


def whole(x: Any, y: Any) -> Any:
    """The part that is all of y."""
    return y


def ratio(pairs: PairCounts, part: Part = whole) -> Interval | None:
    """None where there are fewer than two customers.

    >>> i = ratio(PairCounts.of([(10, 10, 90), (10, 0, 10)]))  # 90 of 100 kept
    >>> print(f"{i.low:.2f} {i.high:.2f}")
    0.84 0.95
    >>> ratio(PairCounts.of([(10, 10, 1)])) is None
    True
    """
    drawn = _drawn(pairs, part, SEED)
    return None if drawn is None else _between(drawn)


def difference(now: PairCounts, then: PairCounts, part: Part = whole) -> Interval | None:
    """Of two ratios, each drawn by itself."""
    one, other = _drawn(now, part, SEED), _drawn(then, part, SEED + 1)
    return None if one is None or other is None else _between(one - other)


def _drawn(pairs: PairCounts, part: Part, seed: int) -> Array | None:
    import numpy as np

    if pairs.customers < 2:
        return None
    x, y, n = _random_groups(pairs, part, seed) if len(pairs) > MOST else _customers(pairs, part)
    draws = _draws(n, seed)
    below: Array = draws @ x
    with np.errstate(invalid="ignore", divide="ignore"):
        ratios: Array = (draws @ y) / below
    found: Array = ratios[below != 0]
    return found


@lru_cache(4)  # of a report: at the opening and at the closing, and a period before
def _draws(counts: tuple[int, ...], seed: int) -> Array:
    """RandomState, because its draws are the same in every version of numpy. One line per draw; how often each cell is in it."""
    import numpy as np

    n = np.array(counts, float)
    return np.random.RandomState(seed).multinomial(sum(counts), n / n.sum(), DRAWS).astype(float)


def _customers(pairs: PairCounts, part: Part) -> Units:
    """One of each cell, and how many are alike."""
    x, y, n = pairs.columns
    return x.astype(float), part(x, y).astype(float), tuple(n.tolist())


def _random_groups(pairs: PairCounts, part: Part, seed: int) -> Units:
    """Their sums, each once."""
    import numpy as np

    x, y, n = pairs.columns
    group, cell = _dealt(pairs.customers, seed), np.repeat(np.arange(len(n)), n)
    sums = [np.bincount(group, values.astype(float)[cell], MOST) for values in (x, part(x, y))]
    return sums[0], sums[1], (1,) * MOST


@lru_cache(2)
def _dealt(many: int, seed: int) -> Array:
    """The group of each customer; all are of one size, or smaller by one."""
    import numpy as np

    return (np.random.RandomState(seed).permutation(many) % MOST).astype(np.int16)


def _between(drawn: Array) -> Interval:
    import numpy as np

    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(float(low), float(high), "bootstrap")
