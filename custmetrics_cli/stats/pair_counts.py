"""Customers counted by two of their numbers, for intervals.

There may be as many distinct pairs as customers, so they are arrays. They hold 64-bit integers, or fractions of customers who pay in
several currencies. Sums are exact and need no sorting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli.stats.sums import Largest, Sums

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
    Columns = tuple[Array, Array, Array]  # x, y and n, the number of customers with both; a negative n takes customers back

SAFE_SUM = 2**62  # a sum that may be larger is not computed in 64 bits
TRIES = 4  # to find the largest pair that is not taken back, before all are sorted
LIMB = 20  # bits of a number that are multiplied at once: products of two, over 2^22 customers, fit into 64 bits
Value = Any  # int | Fraction
Part = Callable[[Any, Any], Any]  # a function of the columns x and y that gives a column


class _Lines(NamedTuple):
    """Columns, and the exchange rates by which x and y are multiplied."""

    x: Array
    y: Array
    n: Array
    x_rate: Value = 1
    y_rate: Value = 1


class PairCounts:
    """The number of customers for each pair (x, y). They add up as numbers do; 0 adds nothing.

    >>> both = PairCounts.of([(20, 0, 1), (10, 10, 2)]) + PairCounts.of([(10, 10, 3), (7, 9, 1), (7, 9, -1)]) + 0
    >>> both.sums(lambda x, y: x - y)
    Sums(n=6, a=70, d=20, aa=900, ad=400, dd=400)
    >>> both.times(2, 3).sums()
    Sums(n=6, a=140, d=150, aa=3600, ad=3000, dd=4500)
    >>> both.largest(lambda x, y: y)  # the customers with 9 are taken back
    Largest(a=10, d=10)
    >>> both.where(lambda x, y: y > 0).sums().n, both.with_x(1).sums().a
    (5, 6)
    """

    def __init__(self, *parts: _Lines) -> None:
        self._parts = parts

    @classmethod
    def from_columns(cls, x: Array, y: Array, n: Array) -> PairCounts:
        return cls(_Lines(x, y, n))

    @classmethod
    def of(cls, lines: Iterable[tuple[Value, Value, int]]) -> PairCounts:
        """Build from lines of x, y and the number of customers. Raises OverflowError for integers beyond 64 bits."""
        import numpy as np

        columns = list(zip(*lines, strict=True))
        return cls(_Lines(_array(columns[0]), _array(columns[1]), np.array(columns[2], np.int64))) if columns else cls()

    def __add__(self, other: object) -> PairCounts:
        if isinstance(other, PairCounts):
            return PairCounts(*self._parts, *other._parts)
        return self if other == 0 else NotImplemented

    __radd__ = __add__

    def times(self, x_rate: Value, y_rate: Value) -> PairCounts:
        """Return the pairs with x and y multiplied by rates."""
        return PairCounts(*(part._replace(x_rate=part.x_rate * x_rate, y_rate=part.y_rate * y_rate) for part in self._parts))

    def with_x(self, x: int) -> PairCounts:
        """Return the pairs with every x replaced by one number."""
        return PairCounts(*(part._replace(x=0 * part.n + x, x_rate=1) for part in self._parts))

    def where(self, condition: Part) -> PairCounts:
        """Return the pairs for which a condition on x and y holds."""
        return PairCounts(*(_taken(part, condition(part.x, part.y)) for part in self._parts))

    def sums(self, part: Part | None = None) -> Sums:
        """Return the exact sums of x as weight and of part(x, y), or y, over all customers."""
        return reduce(Sums.plus, (_sums(lines, part) for lines in self._parts), Sums())

    def largest(self, part: Part) -> Largest:
        """Return the customer with the largest part(x, y); of equal ones, the one with the smallest x."""
        rates = {(lines.x_rate, lines.y_rate) for lines in self._parts}
        found = [each for rate in rates if (each := self._largest_at(rate, part)) is not None]
        return min(found, key=lambda each: (-each.d, each.a), default=Largest(0, 0))

    def _largest_at(self, rates: tuple[Value, Value], part: Part) -> Largest | None:
        """Return the same for the pairs with these rates. Pairs that are taken back are not there."""
        import numpy as np

        parts = [lines for lines in self._parts if (lines.x_rate, lines.y_rate) == rates]
        x, y, n = (np.concatenate(column) for column in list(zip(*parts, strict=True))[:3])
        values, tries = part(x, y), 0
        while len(n):
            if tries == TRIES and values.dtype != object:
                x, values, n = _merged(x, values, n)
            top = values == values.max()
            x_of_top = x[top].min()
            same = top & (x == x_of_top)
            if n[same].sum() > 0:
                return Largest(_number(x_of_top) * rates[0], _number(values[same][0]) * rates[1])
            x, values, n, tries = x[~same], values[~same], n[~same], tries + 1
        return None


def _merged(x: Array, values: Array, n: Array) -> Columns:
    """Add up equal lines, and drop those that are taken back."""
    import numpy as np

    order = np.lexsort((x, values))
    x, values, n = x[order], values[order], n[order]
    first = _starts([values, x])
    n = np.add.reduceat(n, first)
    return x[first][n > 0], values[first][n > 0], n[n > 0]


def _taken(lines: _Lines, which: Array) -> _Lines:
    return lines._replace(x=lines.x[which], y=lines.y[which], n=lines.n[which])


def _number(value: Any) -> Value:
    return value.item() if hasattr(value, "item") else value


def _sums(lines: _Lines, part: Part | None) -> Sums:
    x, d, n = lines.x, lines.y if part is None else part(lines.x, lines.y), lines.n
    one = 0 * n + 1
    raw = Sums(int(n.sum()), _dot(x, one, n), _dot(d, one, n), _dot(x, x, n), _dot(x, d, n), _dot(d, d, n))
    return raw.scaled(lines.x_rate, lines.y_rate)


def _dot(one: Array, other: Array, n: Array) -> Value:
    """Return the exact sum of one x other x n."""
    if object in (one.dtype, other.dtype) or not len(n) or float(abs(n).sum()) >= 2.0 ** (62 - 2 * LIMB):
        return sum((one.astype(object) * other.astype(object) * n).tolist())
    if float(abs(one).max()) * float(abs(other).max()) * float(abs(n).sum()) < SAFE_SUM:
        return int((one * other * n).sum())
    return sum(int((a * b * n).sum()) << (LIMB * (i + j)) for i, a in enumerate(_limbs(one)) for j, b in enumerate(_limbs(other)))


def _limbs(values: Array) -> Iterator[Array]:
    """Yield the bits of the values, LIMB at a time. The last limb has the sign."""
    while len(values) and (values.max() >= 2**LIMB or values.min() < -(2**LIMB)):
        yield values & (2**LIMB - 1)
        values = values >> LIMB
    yield values


def split(keys: tuple[Array, ...], x: Array, y: Array, n: Array) -> Iterator[tuple[tuple[int, ...], PairCounts]]:
    """Yield the pairs of each distinct key, in order. keys: one column per part of the key. Lines with n = 0 are dropped."""
    import numpy as np

    used = np.flatnonzero(n)
    order = used[np.lexsort([key[used] for key in reversed(keys)])]
    ordered = [key[order] for key in keys]
    borders = [*_starts(ordered), len(order)] if len(order) else []
    for start, end in pairwise(borders):
        lines = order[start:end]
        yield tuple(int(key[start]) for key in ordered), PairCounts.from_columns(x[lines], y[lines], n[lines])


def _starts(columns: list[Array]) -> Array:
    """Return the positions in sorted columns where a line differs from the line above."""
    import numpy as np

    changed = reduce(np.logical_or, (column[1:] != column[:-1] for column in columns))
    return np.concatenate([[0], np.flatnonzero(changed) + 1])


def _array(column: tuple[Value, ...]) -> Array:
    import numpy as np

    return np.array(column, np.int64 if all(isinstance(value, int) for value in column) else object)
