"""Percentile bootstrap of a ratio of sums (Efron and Tibshirani 1993, chapter 13), resampling customers; the same draws on every run.

Customers come as cells: (x, y, how many are alike); the ratio is the sum of a part of y over the sum of x. Whatever the part, the same
customers are drawn: 1 - GRR is as sure as GRR.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from custmetrics_cli.result import Interval

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

SEED, DRAWS = 20_220_401, 1000
MOST = 1000  # cells that are drawn from; of more, neighbours are drawn together
Cells = Sequence[tuple[Any, Any, int]]
Part = Callable[[Any, Any], Any]  # of y, from x and y


def whole(x: Any, y: Any) -> Any:
    """The part that is all of y."""
    return y


def ratio(cells: Cells, part: Part = whole) -> Interval | None:
    """None where there are fewer than two customers.

    >>> i = ratio([(10.0, 10.0, 90), (10.0, 0.0, 10)])  # 90 of 100 kept
    >>> print(f"{i.low:.2f} {i.high:.2f}")
    0.84 0.95
    >>> ratio([(10.0, 10.0, 1)]) is None
    True
    """
    drawn = _drawn(cells, part, SEED)
    return None if drawn is None else _between(drawn)


def difference(now: Cells, then: Cells, part: Part = whole) -> Interval | None:
    """Of two ratios, each drawn by itself."""
    one, other = _drawn(now, part, SEED), _drawn(then, part, SEED + 1)
    return None if one is None or other is None else _between(one - other)


def _drawn(cells: Cells, part: Part, seed: int) -> Array | None:
    import numpy as np

    if sum(n for _, _, n in cells) < 2:
        return None
    together = _together(cells, part)
    x, y, n = (np.array([float(value) for value in side]) for side in zip(*together, strict=True))
    draws = _draws(tuple(n for _, _, n in together), seed)
    below: Array = draws @ (x / n)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratios: Array = (draws @ (y / n)) / below
    found: Array = ratios[below != 0]
    return found


@lru_cache(4)  # of a report: at the opening and at the closing, and a period before
def _draws(counts: tuple[int, ...], seed: int) -> Array:
    """RandomState, because its draws are the same in every version of numpy. One line per draw; how often each cell is in it."""
    import numpy as np

    n = np.array(counts, float)
    return np.random.RandomState(seed).multinomial(sum(counts), n / n.sum(), DRAWS).astype(float)


def _together(cells: Cells, part: Part) -> Cells:
    """Cells as sums over their customers, at most MOST of them: neighbours in order are one."""
    many = sum(n for _, _, n in cells)
    found: dict[int, tuple[Any, Any, int]] = {}
    ends = accumulate(n for _, _, n in cells)
    for (x, y, n), end in zip(sorted(cells), ends, strict=True):
        place = len(found) if len(cells) <= MOST else end * MOST // many
        a, b, c = found.get(place, (0, 0, 0))
        found[place] = (a + x * n, b + part(x, y) * n, c + n)
    return list(found.values())


def _between(drawn: Array) -> Interval:
    import numpy as np

    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(float(low), float(high), "bootstrap")
