"""Customers counted by two of their numbers, for intervals.

There may be as many distinct pairs as customers, so they are arrays. They hold 64-bit integers, or fractions where money
is converted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
    Columns = tuple[Array, Array, Array]  # x, y and n, the number of customers with both; a negative n takes customers back

SAFE_SUM = 2**62  # a sum that may be larger is not computed in 64 bits
Value = Any  # int | Fraction
Part = Callable[[Any, Any], Any]  # a function of the columns x and y that gives a column


class PairCounts:
    """The number of customers for each pair (x, y).

    They add up as numbers do; 0 adds nothing. Added parts are sorted and merged when they are first read.

    >>> both = PairCounts.of([(20, 0, 1), (10, 10, 2)]) + PairCounts.of([(10, 10, 3)]) + 0
    >>> list(both), list(both.times(2)), both.sum(lambda x, y: x - y)
    ([(10, 10, 5), (20, 0, 1)], [(20, 20, 5), (40, 0, 1)], 20)
    >>> list(both + PairCounts.of([(10, 10, -5)])), list(both.with_x(1))
    ([(20, 0, 1)], [(1, 0, 1), (1, 10, 5)])
    """

    def __init__(self, *parts: Columns) -> None:
        self._parts = parts

    @classmethod
    def of(cls, lines: Iterable[tuple[Value, Value, int]]) -> PairCounts:
        """Build from lines of x, y and the number of customers. Raises OverflowError for integers beyond 64 bits."""
        import numpy as np

        columns = list(zip(*lines, strict=True))
        return cls((_array(columns[0]), _array(columns[1]), np.array(columns[2], np.int64))) if columns else cls()

    def __add__(self, other: object) -> PairCounts:
        if isinstance(other, PairCounts):
            return PairCounts(*self._parts, *other._parts)
        return self if other == 0 else NotImplemented

    __radd__ = __add__

    def __len__(self) -> int:
        """Return the number of distinct pairs."""
        return len(self.columns[2])

    def __iter__(self) -> Iterator[tuple[Value, Value, int]]:
        return zip(*(column.tolist() for column in self.columns), strict=True)

    @property
    def columns(self) -> Columns:
        """The columns x, y and n, sorted by x and y. Each pair occurs once, and none has n = 0."""
        import numpy as np

        if not any(len(n) for _, _, n in self._parts):
            return (np.zeros(0, np.int64),) * 3
        if len(self._parts) > 1 or not _is_sorted(*self._parts[0]):
            joined = (np.concatenate(column) for column in zip(*self._parts, strict=True))
            self._parts = (_merged(*joined),)
        return self._parts[0]

    @property
    def customers(self) -> int:
        return int(self.columns[2].sum())

    def times(self, rate: Value) -> PairCounts:
        """Return the pairs with x and y multiplied by a rate."""
        x, y, n = self.columns
        return self if rate == 1 else PairCounts((_exact(x) * rate, _exact(y) * rate, n))

    def with_x(self, x: int) -> PairCounts:
        """Return the pairs with every x replaced by one number."""
        return PairCounts(*((0 * y + x, y, n) for _, y, n in self._parts))

    def sum(self, part: Part) -> Any:
        """Return the exact sum of part(x, y) over all customers."""
        x, y, n = self.columns
        values = part(x, y)
        large = len(n) and float(abs(values).max()) * float(abs(n).sum()) >= SAFE_SUM
        return sum(((_exact(values) if large else values) * n).tolist())


def split(keys: tuple[Array, ...], x: Array, y: Array, n: Array) -> Iterator[tuple[tuple[int, ...], PairCounts]]:
    """Yield the pairs of each distinct key, in order. keys: one column per part of the key. Lines with n = 0 are dropped."""
    import numpy as np

    used = np.flatnonzero(n)
    order = used[np.lexsort([key[used] for key in reversed(keys)])]
    ordered = [key[order] for key in keys]
    borders = [*_starts(ordered), len(order)] if len(order) else []
    for start, end in pairwise(borders):
        lines = order[start:end]
        yield tuple(int(key[start]) for key in ordered), PairCounts((x[lines], y[lines], n[lines]))


def _starts(columns: list[Array]) -> Array:
    """Return the positions in sorted columns where a line differs from the line above."""
    import numpy as np

    changed = reduce(np.logical_or, (column[1:] != column[:-1] for column in columns))
    return np.concatenate([[0], np.flatnonzero(changed) + 1])


def _array(column: tuple[Value, ...]) -> Array:
    import numpy as np

    return np.array(column, np.int64 if all(isinstance(value, int) for value in column) else object)


def _exact(values: Array) -> Array:
    """Return the values as Python numbers, which never overflow."""
    return values.astype(object)


def _is_sorted(x: Array, y: Array, n: Array) -> bool:
    above = (x[1:] > x[:-1]) | ((x[1:] == x[:-1]) & (y[1:] > y[:-1]))
    return bool(above.all() and n.all())


def _merged(x: Array, y: Array, n: Array) -> Columns:
    """Return the lines sorted by x and y, with equal pairs added up and pairs of n = 0 dropped."""
    import numpy as np

    order = _sort_order(x, y)
    x, y, n = x[order], y[order], n[order]
    first = _starts([x, y])
    n = np.add.reduceat(n, first)
    kept = first[n != 0]
    return x[kept], y[kept], n[n != 0]


def _sort_order(x: Array, y: Array) -> Array:
    """Return the order by x and y. Python sorts fractions faster than numpy sorts objects."""
    import numpy as np

    if x.dtype == object or y.dtype == object:
        return np.array(sorted(range(len(x)), key=lambda at: (x[at], y[at])))
    return np.lexsort((y, x))
