"""Percentile bootstrap of a ratio of two sums over customers (B. Efron and R. Tibshirani 1993, chapter 13).

Each customer has two amounts x and y. The ratio is sum(part(x, y)) / sum(x), such as kept MRR over opening MRR.
Every run draws the same customers for every part. So the interval of 1 - GRR mirrors that of GRR.

With too many distinct pairs to draw single customers, customers are first put into random groups, and groups are drawn
(K. Wolter, Introduction to Variance Estimation, 2007, chapter 2). The interval is as wide on average. Groups of similar
customers would make it too narrow.
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
GROUPS = 1000  # the number of random groups, and the largest number of distinct pairs whose customers are drawn
Units = tuple[Any, Any, tuple[int, ...]]  # the units drawn: x, part(x, y) and how many there are of each


def all_of_y(x: Any, y: Any) -> Any:
    """Return y: the part for ratios such as NRR."""
    return y


def ratio(pairs: PairCounts, part: Part = all_of_y) -> Interval | None:
    """Return the interval of the ratio, None for fewer than two customers.

    >>> i = ratio(PairCounts.of([(10, 10, 90), (10, 0, 10)]))  # 90 of 100 kept
    >>> print(f"{i.low:.2f} {i.high:.2f}")
    0.84 0.95
    """
    ratios = _drawn_ratios(pairs, part, SEED)
    return None if ratios is None else _percentiles(ratios)


def difference(now: PairCounts, then: PairCounts, part: Part = all_of_y) -> Interval | None:
    """Return the interval of the difference of two ratios, drawn independently."""
    one, other = _drawn_ratios(now, part, SEED), _drawn_ratios(then, part, SEED + 1)
    return None if one is None or other is None else _percentiles(one - other)


def _drawn_ratios(pairs: PairCounts, part: Part, seed: int) -> Array | None:
    import numpy as np

    if pairs.customers < 2:
        return None
    x, y, n = _random_groups(pairs, part, seed) if len(pairs) > GROUPS else _customers(pairs, part)
    draws = _draws(n, seed)
    denominators: Array = draws @ x
    with np.errstate(invalid="ignore", divide="ignore"):
        ratios: Array = (draws @ y) / denominators
    defined: Array = ratios[denominators != 0]
    return defined


@lru_cache(4)  # a report needs four: at the opening and the closing, of two periods
def _draws(counts: tuple[int, ...], seed: int) -> Array:
    """Return one line per draw: how often each unit is in it. RandomState draws the same in every version of numpy."""
    import numpy as np

    n = np.array(counts, float)
    return np.random.RandomState(seed).multinomial(sum(counts), n / n.sum(), DRAWS).astype(float)


def _customers(pairs: PairCounts, part: Part) -> Units:
    """Return each distinct pair with its number of customers."""
    x, y, n = pairs.columns
    return x.astype(float), part(x, y).astype(float), tuple(n.tolist())


def _random_groups(pairs: PairCounts, part: Part, seed: int) -> Units:
    """Return the sums of random groups of customers, each group once."""
    import numpy as np

    x, y, n = pairs.columns
    group, pair = _group_numbers(pairs.customers, seed), np.repeat(np.arange(len(n)), n)
    sums = [np.bincount(group, values.astype(float)[pair], GROUPS) for values in (x, part(x, y))]
    return sums[0], sums[1], (1,) * GROUPS


@lru_cache(2)
def _group_numbers(customers: int, seed: int) -> Array:
    """Return a random group for each customer. The sizes of groups differ by one at most."""
    import numpy as np

    return (np.random.RandomState(seed).permutation(customers) % GROUPS).astype(np.int16)


def _percentiles(ratios: Array) -> Interval:
    import numpy as np

    low, high = np.percentile(ratios, [2.5, 97.5])
    return Interval(float(low), float(high), "bootstrap")
