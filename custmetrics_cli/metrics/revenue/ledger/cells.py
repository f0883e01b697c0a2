"""From customers at the edges, in columns, to cells of customers alike: for the intervals of MRR kept, retained and per customer.

No total stands on cells that would have to be proven by groups: nothing is counted for WHOLE.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns.interval import MONTHLY
from custmetrics_cli.core.data.counts import CountsByPeriod
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.metrics.shared.groups import Place
from custmetrics_cli.metrics.shared.periods import edges
from custmetrics_cli.metrics.shared.rates import Rates
from custmetrics_cli.stats.pair_counts import PairCounts, split

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
    Columns = Mapping[str, Array]

Split = Iterator[tuple[int, int, Mapping[tuple[str, int], PairCounts]]]
# Cells by (AT, currency): who is there, with its MRR twice; by (MOVED, currency): what touches in a period make of these. Customers who
# pay in several currencies, converted: at the opening by (WALKED, before, after), at the closing by (ENDED, MRR).
AT, MOVED, WALKED, ENDED = "at", "moved", "walked", "ended"


def of_alone(place: Place, base: int, sign: int, rows: Columns) -> Split:
    """Rows as if each were its customer's only one, from period ks to period ke."""
    ke, ks = rows["what"] // base, rows["what"] % base
    n, w, g, cur = sign * rows["n"] * (ks != ke), rows["w"], _placed(place, rows["g"]), 0 * ks
    yield from _split(AT, (ks, g, cur), w, w, n)
    yield from _split(AT, (ke, g, cur), w, w, -n)
    yield from _moved((ke, g, cur), w, 0 * w, n)


def of_edges(place: Place, rows: Columns) -> Split:
    """Customers alike who are touched in a period k, from o at its opening to c at its closing."""
    k, cur, o, c, n = (rows[name] for name in ("k", "cur", "o", "c", "n"))
    before, after = ((k, _placed(place, rows[name]), cur) for name in ("g0", "g1"))
    yield from _split(AT, before, o, o, -n * (o != 0))
    yield from _split(AT, after, c, c, n * (c != 0))
    yield from _moved(before, o, c, n * (o != 0))


def _moved(keys: tuple[Array, ...], before: Array, after: Array, n: Array) -> Split:
    """Customers are taken from where they were."""
    yield from _split(MOVED, keys, before, before, -n)
    yield from _split(MOVED, keys, before, after, n)


def _split(name: str, keys: tuple[Array, ...], x: Array, y: Array, n: Array) -> Split:
    for (k, g, cur), cells in split(keys, x, y, n):
        yield k, g, {(name, cur): cells}


def _placed(place: Place, numbers: Array) -> Array:
    import numpy as np

    every, at = np.unique(numbers, return_inverse=True)
    return np.array([place(int(number)) for number in every], np.int64)[at]


def at_opening(view: TableView, scope: Scope, counts: CountsByPeriod, k: int) -> PairCounts:
    """Customers with MRR when the period began: their money at the opening and at the closing, both at the opening rate."""
    rates = Rates(view.money, edges(scope.periods))
    before, during = counts.before(k), counts.during(k)
    walked = PairCounts.of((*key[1:], int(n)) for key, n in during.items() if key[0] == WALKED)
    return sum((cells.times(rates.opening(cur, k)) for cur, cells in (*_of(AT, before), *_of(MOVED, during))), walked)


def at_closing(view: TableView, scope: Scope, counts: CountsByPeriod, k: int) -> PairCounts:
    """Customers with MRR when the period ended: one, and their MRR."""
    rates, during = Rates(view.money, edges(scope.periods)), counts.during(k)
    walked = PairCounts.of((0, key[1], int(n)) for key, n in during.items() if key[0] == ENDED)
    there = (*_of(AT, counts.before(k)), *_of(AT, during))
    return sum((cells.times(rates.opening(cur, k + 1)) for cur, cells in there), walked).with_x(MONTHLY)


def _of(name: str, counts: Mapping[Any, Any]) -> list[tuple[int, PairCounts]]:
    """By currency."""
    return [(key[1], cells) for key, cells in counts.items() if key[0] == name]
