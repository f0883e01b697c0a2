"""From customers at the edges to base, kept and retained MRR, in plain Python.

Money is compared at the rate of exchange of the opening; groups are those of the opening, but for who pays at the closing.
"""

from __future__ import annotations

from functools import partial

from custmetrics_cli.core.data.counts import WHOLE, Counts
from custmetrics_cli.metrics.shared.groups import Place
from custmetrics_cli.metrics.shared.rates import Counted, Rates, Row, detailed


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
    said = partial(detailed, facts=(row["o"] * rate, row["c"] * rate)) if named else _plain
    for g in (place(row["g0"]), WHOLE) if n else ():
        yield k, g, said(flow)
        if named:
            yield 0, g, said({"payers": n, "base": row["o"] * base})
    for g in (place(row["g1"]), WHOLE) if row["is"] else ():
        yield k, g, said({"payers": row["is"], "base": row["c"] * (rates.opening(row["cur"], k + 1) if base else 0)})


def _plain(counts: Counts) -> Counts:
    return counts
