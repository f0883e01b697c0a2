"""From sums of money to counts, in plain Python. Whole numbers of frames; fractions where rates of exchange come in.

Each function yields (k, g, {name: number}); what counts for a group counts for WHOLE too, unless that is summed apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from custmetrics_cli.core.data.counts import WHOLE, Counts
from custmetrics_cli.metrics.revenue.ledger.movements import KINDS
from custmetrics_cli.metrics.shared.rates import Counted, Rates, Row, detailed


def of_rows(base: int, row: Row) -> Counted:
    """The level of rows that run from period ks to period ke."""
    ke, ks = divmod(row["what"], base)
    for g in (row["p"], WHOLE):
        yield ks, g, {"net": row["w"]}
        yield ke, g, {"net": -row["w"]}


def of_sides(sign: int, level: bool, row: Row) -> Counted:
    """Rows that begin in period k, or end in it (side -1): each is its customer's only one, or taken back as such (sign -1)."""
    w, kind = sign * row["w"], "new" if row["side"] > 0 else "churned"
    counts: Counts = {kind: w, f"{kind}_n": sign * row["n"]}
    for g in (row["p"], WHOLE):
        yield row["k"], g, {**counts, "net": w * row["side"]} if level else counts


def of_levels(name: str, row: Row) -> Counted:
    """MRR of rows, at the ends of spans and at their beginnings."""
    for g in (row["p"], WHOLE):
        yield row["k"], g, {name: row["d"]}


def of_movements(groups: Callable[[Row], Iterable[int]], rates: Rates, row: Row) -> Counted:
    """Movements of a day, at the rates of that day."""
    rate, kind = rates.at(row["cur"], row["x"]), KINDS[row["kind"]]
    counts: Counts = {name: row[key] * rate for name, key in MOVED.items() if row[key]}
    counts = {**counts, kind: row["rest"] * rate, f"{kind}_n": row["n"]} if kind else counts
    if "t" in row:
        counts = detailed(counts, (row["t"], row["before"] * rate, row["after"] * rate))
    for g in groups(row):
        yield row["k"], g, counts


MOVED = {"moved_in": "moved_in", "moved_out": "moved_out", "resumed": "re", "paused": "pa"}
