"""From customers at the edges to base, kept and retained MRR and to cells, in plain Python.

Money is compared at the rate of exchange of the opening; groups are those of the opening, but for who pays at the closing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from custmetrics_cli.columns.interval import MONTHLY
from custmetrics_cli.metric import WHOLE, Ask, Cells, Counts, Source
from custmetrics_cli.metric import Counted as Counting
from custmetrics_cli.metrics._calendar import edges
from custmetrics_cli.metrics._mrr_counts import Counted, Rates, Row, told
from custmetrics_cli.result import Number

Place = Callable[[int], int]
# Keys of cells: customers there, by (AT, currency, MRR); of these, touched in a period, by (MOVED, currency, before, after); those
# who pay in several currencies, converted: at the opening by (WALKED, before, after), at the closing by (ENDED, MRR).
AT, MOVED, WALKED, ENDED = "at", "moved", "walked", "ended"
Cell = tuple[Number, Number, Number]


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


def of_alone_cells(place: Place, base: int, sign: int, row: Row) -> Counted:
    """No total stands on cells that would have to be proven: nothing is counted for WHOLE."""
    ke, ks = divmod(row["what"], base)
    w, n = row["w"], sign * row["n"]
    if ks != ke:
        g = place(row["g"])
        yield ks, g, {(AT, 0, w): n}
        yield ke, g, {(AT, 0, w): -n, (MOVED, 0, w, 0): n}


def of_cells(place: Place, row: Row) -> Counted:
    """Nor here."""
    k, cur, o, c, n = (row[name] for name in ("k", "cur", "o", "c", "n"))
    if o:
        yield k, place(row["g0"]), {(AT, cur, o): -n, (MOVED, cur, o, c): n}
    if c:
        yield k, place(row["g1"]), {(AT, cur, c): n}


def at_opening(source: Source, ask: Ask, counted: Counting, k: int) -> Cells:
    """Customers with MRR when the period began: (at the opening, at the closing, how many), both at the opening rate."""
    rates = Rates(source.money, edges(ask.periods))
    there = _there(counted.before(k))
    cells: list[Cell] = []
    for key, n in counted.during(k).items():
        if key[0] == MOVED:
            _, cur, before, after = key
            there[cur, before] -= int(n)
            cells.append((before * rates.opening(cur, k), after * rates.opening(cur, k), n))
        elif key[0] == WALKED:
            cells.append((*key[1:], n))
    cells += [(money * rates.opening(cur, k), money * rates.opening(cur, k), n) for (cur, money), n in there.items()]
    return _ordered(cells)


def at_closing(source: Source, ask: Ask, counted: Counting, k: int) -> Cells:
    """Customers with MRR when the period ended: (one, their MRR, how many)."""
    border = edges(ask.periods)
    there = _there(counted.before(k))
    there.update(_there(counted.during(k)))
    cells: list[Cell] = [(MONTHLY, key[1], n) for key, n in counted.during(k).items() if key[0] == ENDED]
    for (cur, money), n in there.items():
        cells.append((MONTHLY, money * (source.money.rate(cur, border[k] - 1) if source.money.converts else 1), n))
    return _ordered(cells)


def _there(counts: Counts) -> Counter[tuple[int, int]]:
    return Counter({key[1:]: int(n) for key, n in counts.items() if key[0] == AT})


def _ordered(cells: Sequence[Cell]) -> Cells:
    return sorted((x, y, int(n)) for x, y, n in cells if n)
