"""From customers at the edges to base, kept and retained MRR and to cells, in plain Python.

Money is compared at the rate of exchange of the opening; groups are those of the opening, but for who pays at the closing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from custmetrics_cli.cells import Cells, split, summed
from custmetrics_cli.columns.interval import MONTHLY
from custmetrics_cli.metric import WHOLE, Ask, Counts, Source
from custmetrics_cli.metric import Counted as Counting
from custmetrics_cli.metrics._calendar import edges
from custmetrics_cli.metrics._mrr_counts import Counted, Rates, Row, told

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
    Columns = Mapping[str, Array]

Place = Callable[[int], int]
# Cells by (AT, currency): who is there, with its MRR twice; by (MOVED, currency): what touches in a period make of these. Customers who
# pay in several currencies, converted: at the opening by (WALKED, before, after), at the closing by (ENDED, MRR).
AT, MOVED, WALKED, ENDED = "at", "moved", "walked", "ended"


def of_alone(place: Place, base: int, sign: int, row: Row) -> Counted:
    """Rows of customers who have no other, from period ks to period ke."""
    ke, ks = divmod(row["what"], base)
    w, n = sign * row["w"], sign * row["n"]
    if ks != ke:
        for g in (place(row["g"]), WHOLE):
            yield ks, g, {"base": w, "payers": n}
            yield ke, g, {"base": -w, "payers": -n, "kept": -w, "retained": -w, "less": w}


def of_edges(place: Place, rates: Rates, named: bool, row: Row) -> Counted:
    """Customers alike. Where money is converted and nobody wants to see who, base is left to of_opening."""
    k, n = row["k"], row["was"]
    rate = rates.opening(row["cur"], k) if k else 1
    base = 0 if rates.money.converts and not named else rate
    flow: Counts = {"payers": -n, "base": -row["o"] * base, "kept": row["change"] * rate, "retained": -row["less"] * rate}
    flow = {**flow, "less": row["less"] * rate, "more": (row["change"] + row["less"]) * rate}
    said = partial(told, facts=(row["o"] * rate, row["c"] * rate)) if named else _plain
    for g in (place(row["g0"]), WHOLE) if n else ():
        yield k, g, said(flow)
        if named:
            yield 0, g, said({"payers": n, "base": row["o"] * base})
    for g in (place(row["g1"]), WHOLE) if row["is"] else ():
        yield k, g, said({"payers": row["is"], "base": row["c"] * (rates.opening(row["cur"], k + 1) if base else 0)})


def _plain(counts: Counts) -> Counts:
    return counts


def of_alone_cells(place: Place, base: int, sign: int, rows: Columns) -> Counted:
    """No total stands on cells that would have to be proven: nothing is counted for WHOLE."""
    ke, ks = rows["what"] // base, rows["what"] % base
    n, w, g, cur = sign * rows["n"] * (ks != ke), rows["w"], _placed(place, rows["g"]), 0 * ks
    yield from _split(AT, (ks, g, cur), w, w, n)
    yield from _split(AT, (ke, g, cur), w, w, -n)
    yield from _moved((ke, g, cur), w, 0 * w, n)


def of_cells(place: Place, rows: Columns) -> Counted:
    """Nor here."""
    k, cur, o, c, n = (rows[name] for name in ("k", "cur", "o", "c", "n"))
    before, after = ((k, _placed(place, rows[name]), cur) for name in ("g0", "g1"))
    yield from _split(AT, before, o, o, -n * (o != 0))
    yield from _split(AT, after, c, c, n * (c != 0))
    yield from _moved(before, o, c, n * (o != 0))


def _moved(keys: tuple[Array, ...], before: Array, after: Array, n: Array) -> Counted:
    """Customers are taken from where they were."""
    yield from _split(MOVED, keys, before, before, -n)
    yield from _split(MOVED, keys, before, after, n)


def _split(name: str, keys: tuple[Array, ...], x: Array, y: Array, n: Array) -> Counted:
    for (k, g, cur), cells in split(keys, x, y, n):
        counts: dict[Any, Any] = {(name, cur): cells}
        yield k, g, counts


def _placed(place: Place, numbers: Array) -> Array:
    import numpy as np

    every, at = np.unique(numbers, return_inverse=True)
    return np.array([place(int(number)) for number in every], np.int64)[at]


def at_opening(source: Source, ask: Ask, counted: Counting, k: int) -> Cells:
    """Customers with MRR when the period began: their money at the opening and at the closing, both at the opening rate."""
    rates = Rates(source.money, edges(ask.periods))
    before, during = counted.before(k), counted.during(k)
    mine = [cells.times(rates.opening(cur, k)) for cur, cells in (*_of(AT, before), *_of(MOVED, during))]
    return summed([*mine, Cells.of((*key[1:], int(n)) for key, n in during.items() if key[0] == WALKED)])


def at_closing(source: Source, ask: Ask, counted: Counting, k: int) -> Cells:
    """Customers with MRR when the period ended: one, and their MRR."""
    day, during = edges(ask.periods)[k] - 1, counted.during(k)
    mine = [
        cells.times(source.money.rate(cur, day) if source.money.converts else 1)
        for cur, cells in (*_of(AT, counted.before(k)), *_of(AT, during))
    ]
    return summed([*mine, Cells.of((0, key[1], int(n)) for key, n in during.items() if key[0] == ENDED)]).beside(MONTHLY)


def _of(name: str, counts: Counts) -> list[tuple[int, Cells]]:
    """By currency."""
    every: Mapping[Any, Any] = counts
    return [(key[1], cells.ordered()) for key, cells in every.items() if key[0] == name]
