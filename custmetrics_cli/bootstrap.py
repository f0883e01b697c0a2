"""Percentile bootstrap of a ratio of sums (Efron and Tibshirani 1993, chapter 13), resampling customers; the same draws on every run.

Customers come as cells: (x, y, how many are alike); the ratio is the sum of y over the sum of x.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from custmetrics_cli.result import Interval

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

SEED, DRAWS = 20_220_401, 1000
MOST = 1000  # cells that are drawn from; of more, neighbours are drawn together
Cells = Sequence[tuple[Any, Any, int]]


def ratio(cells: Cells) -> Interval | None:
    """None where there are fewer than two customers.

    >>> i = ratio([(10.0, 10.0, 90), (10.0, 0.0, 10)])  # 90 of 100 kept
    >>> print(f"{i.low:.2f} {i.high:.2f}")
    0.84 0.95
    >>> ratio([(10.0, 10.0, 1)]) is None
    True
    """
    drawn = _drawn(cells, SEED)
    return None if drawn is None else _between(drawn)


def difference(now: Cells, then: Cells) -> Interval | None:
    """Of two ratios, each drawn by itself."""
    one, other = _drawn(now, SEED), _drawn(then, SEED + 1)
    return None if one is None or other is None else _between(one - other)


def _drawn(cells: Cells, seed: int) -> Array | None:
    """RandomState, because its draws are the same in every version of numpy."""
    import numpy as np

    many = sum(n for _, _, n in cells)
    if many < 2:
        return None
    x, y, n = (np.array([float(value) for value in side]) for side in zip(*_together(cells), strict=True))
    draws = np.random.RandomState(seed).multinomial(many, n / n.sum(), DRAWS)
    below: Array = draws @ (x / n)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratios: Array = (draws @ (y / n)) / below
    found: Array = ratios[below != 0]
    return found


def _together(cells: Cells) -> Cells:
    """Cells as sums over their customers, at most MOST of them: neighbours in order are one."""
    many = sum(n for _, _, n in cells)
    found: dict[int, tuple[Any, Any, int]] = {}
    ends = accumulate(n for _, _, n in cells)
    for (x, y, n), end in zip(sorted(cells), ends, strict=True):
        place = len(found) if len(cells) <= MOST else end * MOST // many
        a, b, c = found.get(place, (0, 0, 0))
        found[place] = (a + x * n, b + y * n, c + n)
    return list(found.values())


def _between(drawn: Array) -> Interval:
    import numpy as np

    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(float(low), float(high), "bootstrap")
