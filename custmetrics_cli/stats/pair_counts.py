"""Cells of customers alike, for intervals: two numbers of a customer, and how many have the same two.

There may be as many as there are customers, so they are arrays and not lines: whole numbers, or fractions where money is converted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
    Columns = tuple[Array, Array, Array]  # x, y, n; n below 0 takes customers back

ROOM = 2**62  # a sum that may be larger is not left to whole numbers of 64 bits
Value = Any  # int | Fraction
Part = Callable[[Any, Any], Any]  # from x and y, a column each: a column


class PairCounts:
    """How many customers have the numbers x and y. Adds up as numbers do, with 0 too; what was added is put in order when it is read.

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
        """From numbers: x, y and how many."""
        import numpy as np

        columns = list(zip(*lines, strict=True))
        return cls((_values(columns[0]), _values(columns[1]), np.array(columns[2], np.int64))) if columns else cls()

    def __add__(self, other: object) -> PairCounts:
        if isinstance(other, PairCounts):
            return PairCounts(*self._parts, *other._parts)
        return self if other == 0 else NotImplemented

    __radd__ = __add__

    def __len__(self) -> int:
        return len(self.columns[2])

    def __iter__(self) -> Iterator[tuple[Value, Value, int]]:
        return zip(*(column.tolist() for column in self.columns), strict=True)

    @property
    def columns(self) -> Columns:
        """x, y and how many, in order of x and then of y: each pair once, and none that nobody has."""
        import numpy as np

        if not any(len(n) for _, _, n in self._parts):
            return (np.zeros(0, np.int64),) * 3
        if len(self._parts) > 1 or not _in_order(*self._parts[0]):
            joined = (np.concatenate(column) for column in zip(*self._parts, strict=True))
            self._parts = (_summed(*joined),)
        return self._parts[0]

    @property
    def customers(self) -> int:
        return int(self.columns[2].sum())

    def times(self, rate: Value) -> PairCounts:
        """Both numbers in another unit."""
        x, y, n = self.columns
        return self if rate == 1 else PairCounts((_exact(x) * rate, _exact(y) * rate, n))

    def with_x(self, x: int) -> PairCounts:
        """Each y beside the same x."""
        return PairCounts(*((0 * y + x, y, n) for _, y, n in self._parts))

    def sum(self, part: Part) -> Any:
        """Over all customers, exactly."""
        x, y, n = self.columns
        values = part(x, y)
        large = len(n) and float(abs(values).max()) * float(abs(n).sum()) >= ROOM
        return sum(((_exact(values) if large else values) * n).tolist())


def split(keys: tuple[Array, ...], x: Array, y: Array, n: Array) -> Iterator[tuple[tuple[int, ...], PairCounts]]:
    """The cells of lines with the same keys, of whatever somebody has. keys: a column each."""
    import numpy as np

    there = np.flatnonzero(n)
    order = there[np.lexsort([key[there] for key in reversed(keys)])]
    ordered = [key[order] for key in keys]
    ends = [*_first(ordered), len(order)] if len(order) else []
    for begin, end in pairwise(ends):
        rows = order[begin:end]
        yield tuple(int(key[begin]) for key in ordered), PairCounts((x[rows], y[rows], n[rows]))


def _first(columns: list[Array]) -> Array:
    """Where in ordered columns another line begins."""
    import numpy as np

    changed = reduce(np.logical_or, (column[1:] != column[:-1] for column in columns))
    return np.concatenate([[0], np.flatnonzero(changed) + 1])


def _values(column: tuple[Value, ...]) -> Array:
    """Raises OverflowError for whole numbers past 64 bits: a column of money has none."""
    import numpy as np

    return np.array(column, np.int64 if all(isinstance(value, int) for value in column) else object)


def _exact(values: Array) -> Array:
    """Of Python's own numbers, which have no end."""
    return values.astype(object)


def _in_order(x: Array, y: Array, n: Array) -> bool:
    above = (x[1:] > x[:-1]) | ((x[1:] == x[:-1]) & (y[1:] > y[:-1]))
    return bool(above.all() and n.all())


def _summed(x: Array, y: Array, n: Array) -> Columns:
    import numpy as np

    order = _order(x, y)
    x, y, n = x[order], y[order], n[order]
    first = _first([x, y])
    n = np.add.reduceat(n, first)
    left = first[n != 0]
    return x[left], y[left], n[n != 0]


def _order(x: Array, y: Array) -> Array:
    """Sorting objects is not what arrays are good at."""
    import numpy as np

    if x.dtype == object or y.dtype == object:
        return np.array(sorted(range(len(x)), key=lambda at: (x[at], y[at])))
    return np.lexsort((y, x))
