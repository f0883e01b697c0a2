"""From sums of money to the counts of the ledger, in plain Python. Money is whole numbers, or fractions where it is converted.

Each function yields (period, group, {name: number}), and counts for WHOLE too, unless that has sums of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from custmetrics_cli.core.data.counts import WHOLE, Counts
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.packing import Packing
from custmetrics_cli.metrics.revenue.ledger.movements import KINDS
from custmetrics_cli.metrics.shared.counting import Counted, Row, with_details
from custmetrics_cli.metrics.shared.rates import Rates

PAUSES_AS_CHANGES = {"paused": "contraction", "resumed": "expansion"}
MOVES = ("moved_in", "moved_out", "resumed", "paused")


def count_rows(packing: Packing, row: Row) -> Counted:
    """Count the MRR of rows from the period in which they start to the one in which they end."""
    end_period, start_period = packing.unpack(row["packed"])
    for group in (row["row_group"], WHOLE):
        yield start_period, group, {"net": row["monthly"]}
        yield end_period, group, {"net": -row["monthly"]}


def count_sides(sign: int, has_level: bool, row: Row) -> Counted:
    """Count rows that begin in a period (side 1), or end in it (side -1), as if each were its customer's only one.

    sign: -1 takes them back. has_level: count the MRR at the borders of periods too.
    """
    money, kind = sign * row["monthly"], "new" if row["side"] > 0 else "churned"
    counts: Counts = {kind: money, f"{kind}_n": sign * row["count"]}
    for group in (row["row_group"], WHOLE):
        yield row["period"], group, {**counts, "net": money * row["side"]} if has_level else counts


def count_levels(name: str, row: Row) -> Counted:
    """Count changes of MRR under a name."""
    for group in (row["row_group"], WHOLE):
        yield row["period"], group, {name: row["change"]}


def count_movements(groups: Callable[[Row], Iterable[int]], rates: Rates, names: Mapping[str, str], row: Row) -> Counted:
    """Count the movements of a day, at the exchange rates of that day. names: movement -> the one that it counts as."""
    rate, kind = rates.at(row["currency"], row["rate_step"]), KINDS[row["kind"]]
    counts: dict[str, Number] = {names.get(name, name): row[name] * rate for name in MOVES if row[name]}
    if kind:
        counts |= {kind: counts.get(kind, 0) + row["moved"] * rate, f"{kind}_n": row["count"]}
    if "day" in row:
        counts = with_details(counts, (row["day"], row["before"] * rate, row["after"] * rate))
    for group in groups(row):
        yield row["period"], group, counts
