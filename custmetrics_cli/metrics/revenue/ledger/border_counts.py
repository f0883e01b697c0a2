"""From customers at the start and end of periods to base, kept and retained MRR, in plain Python.

Money is compared at the opening exchange rate. Groups are those at the start of a period, but for customers who pay at its end.
"""

from __future__ import annotations

from custmetrics_cli.core.data.counts import WHOLE, Counts
from custmetrics_cli.core.packing import Packing
from custmetrics_cli.metrics.shared.counting import Counted, Row, with_details
from custmetrics_cli.metrics.shared.groups import GroupOf
from custmetrics_cli.metrics.shared.rates import Rates


def count_single_rows(group_of: GroupOf, packing: Packing, sign: int, row: Row) -> Counted:
    """Count rows of customers without other rows. sign: -1 takes them back."""
    end_period, start_period = packing.unpack(row["packed"])
    money, count = sign * row["monthly"], sign * row["count"]
    if start_period != end_period:
        for group in (group_of(row["group"]), WHOLE):
            yield start_period, group, {"base": money, "payers": count}
            yield end_period, group, {"base": -money, "payers": -count, "kept": -money, "retained": -money, "less": money}


def count_borders(group_of: GroupOf, rates: Rates, with_ids: bool, row: Row) -> Counted:
    """Count customers with the same values. If money is converted and nobody is listed, base is left to carry_base."""
    period, before = row["period"], row["payers_before"]
    rate = rates.opening(row["currency"], period) if period else 1
    base = 0 if rates.money.converts and not with_ids else rate
    details = (row["opening"] * rate, row["closing"] * rate) if with_ids else ()
    flow: Counts = {"payers": -before, "base": -row["opening"] * base, "kept": row["change"] * rate, "retained": -row["less"] * rate}
    flow = {**flow, "less": row["less"] * rate, "more": (row["change"] + row["less"]) * rate}
    for group in (group_of(row["group_before"]), WHOLE) if before else ():
        yield period, group, with_details(flow, details)
        if with_ids:
            yield 0, group, with_details({"payers": before, "base": row["opening"] * base}, details)
    if row["payers_after"]:
        closing = row["closing"] * (rates.opening(row["currency"], period + 1) if base else 0)
        for group in (group_of(row["group_after"]), WHOLE):
            yield period, group, with_details({"payers": row["payers_after"], "base": closing}, details)
