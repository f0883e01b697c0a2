"""From customers at the start and end of periods to base, kept and retained MRR, in plain Python.

Money is compared at the opening exchange rate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from custmetrics_cli.core.data.counts import WHOLE, Counts
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.packing import Packing
from custmetrics_cli.metrics.revenue.ledger.group_money import kept_in_groups
from custmetrics_cli.metrics.shared.counting import Counted, Row, with_details
from custmetrics_cli.metrics.shared.rates import Rates

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

Carry = Callable[[Sequence[Row]], Counted]


def count_single_rows(packing: Packing, sign: int, row: Row) -> Counted:
    """Count rows of customers without other rows. sign: -1 takes them back."""
    end_period, start_period = packing.unpack(row["packed"])
    money, count = sign * row["monthly"], sign * row["count"]
    if start_period != end_period:
        for group in (row["row_group"], WHOLE):
            yield start_period, group, {"base": money, "payers": count}
            yield end_period, group, {"base": -money, "payers": -count, "kept": -money, "retained": -money, "less": money}


def count_borders(is_grouped: bool, rates: Rates, with_ids: bool, row: Row) -> Counted:
    """Count customers with the same values. If money is converted and nobody is listed, base is left to carry_base."""
    period, before = row["period"], row["payers_before"]
    rate = rates.opening(row["currency"], period) if period and before else 1
    base = 0 if rates.money.converts and not with_ids else rate
    details = _details(rates, row, rate) if with_ids else ()
    flow: Counts = {"payers": -before, "base": -row["opening"] * base, "kept": row["change"] * rate, "retained": -row["less"] * rate}
    flow = {**flow, "less": row["less"] * rate, "more": (row["change"] + row["less"]) * rate}
    customer = row.get("id")
    for group in _groups(is_grouped, row["group_before"]) if before else ():
        yield period, group, with_details(flow, details, customer)
        if with_ids:
            yield 0, group, with_details({"payers": before, "base": row["opening"] * base}, details, customer)
    if row["payers_after"]:
        closing = row["closing"] * (rates.opening(row["currency"], period + 1) if base else 0)
        for group in _groups(is_grouped, row["group_after"]):
            yield period, group, with_details({"payers": row["payers_after"], "base": closing}, details, customer)


def _details(rates: Rates, row: Row, rate: Number) -> tuple[Number, Number]:
    """Return the MRR at the start and at the end; of a customer of the end alone, at the rate of the end."""
    if not row["payers_before"] and row["payers_after"]:
        rate = rates.opening(row["currency"], row["period"] + 1)
    return row["opening"] * rate, row["closing"] * rate


def _groups(is_grouped: bool, group: int) -> tuple[int, ...]:
    """Return the groups that a line counts for. With --by or --where, WHOLE has lines of its own."""
    return (group,) if is_grouped else (group, WHOLE)


def count_parts(rates: Rates, with_ids: bool, carry: Carry | None, lines: Mapping[str, Array]) -> Counted:
    """Count the lines of customers with rows in several groups. carry: counts base where count_borders leaves it out."""
    rows = [*_part_rows(lines)]
    for row in rows:
        yield from count_borders(True, rates, with_ids, row)
    if carry:
        yield from carry(rows)


def _part_rows(lines: Mapping[str, Array]) -> Iterator[Row]:
    """Yield the rows that count_borders reads, a row per line."""
    names, groups = ("id", "period", "currency", "opening", "closing", "group_before", "group_after", "kept"), kept_in_groups(lines)
    for values in zip(*(groups[name].tolist() for name in names), strict=True):
        row = dict(zip(names, values, strict=True))
        opening, change = row["opening"], row["kept"] - row["opening"]
        counts = {"payers_before": int(opening > 0), "payers_after": int(row["closing"] > 0), "count": 1}
        yield {**row, **counts, "change": change, "less": max(-change, 0)}
