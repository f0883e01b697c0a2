"""Money of customers with rows in several groups, at the start and the end of periods.

For each customer, the change of a group is its MRR at the end less its MRR at the start. L is the sum of the losses, G that of the
gains. The smaller of L and G has moved between groups. The rest of L is lost in the groups that lost, in proportion to their losses.
The rest of G is gained by the groups at the start, in proportion to their MRR. Whole units are split by largest remainder, then by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from custmetrics_cli.engines.query.run import Frame, materialise, sum_by
from custmetrics_cli.metrics.revenue.ledger.spans import part_keys

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

col, lit = nw.col, nw.lit
ZERO = lit(0).cast(nw.Int64)
COLUMNS = ("id", "period", "currency", "opening", "closing", "group_before", "group_after")
SAFE = 2**62  # a product that may be larger is not computed in 64 bits


def customers_by_group(customers: Frame, steps: Frame) -> tuple[Frame, Frame]:
    """Return the customers whose rows are all in one group, with that group, and the lines of the others by group and part.

    customers: a line per customer and period in which something happens, of all groups together.
    """
    part, *_ = part_keys(steps)
    ranges = steps.group_by("id").agg(first=col(part).min(), last=col(part).max(), row_group=col("row_group").min())
    of_one = materialise(ranges).with_columns(col("row_group").cast(nw.Int64))
    one = of_one.filter(col("first") == col("last")).select("id", group_before="row_group", group_after="row_group")
    several = of_one.filter(col("first") != col("last")).select("id")
    return customers.drop("group_before", "group_after").join(one, on="id", how="inner"), _by_part(customers, steps, several)


def _by_part(customers: Frame, steps: Frame, several: Frame) -> Frame:
    """Return a line per customer, period in which something happens to the customer, and part: the MRR opening and closing."""
    keys, names = part_keys(steps), ["id", "period", "currency"]
    touched = customers.filter(col("period") > 0).select(*names).join(several, on="id", how="inner")
    own = steps.join(several, on="id", how="inner").select(*names, *keys, "change").with_columns(col("period", *keys).cast(nw.Int64))
    empty = touched.join(own.select("id", *keys).unique(), on="id", how="inner").with_columns(change=ZERO)
    lines = nw.concat([each.select(*names, *keys, "change") for each in (own, empty.with_columns(col("period").cast(nw.Int64)))])
    changes = sum_by(lines, [*names, *keys], ["change"])
    ran = changes.with_columns(closing=col("change").cum_sum().over("id", keys[0], order_by="period").cast(nw.Int64))
    placed = {"part": col(keys[0]), "group_before": col("row_group"), "group_after": col("row_group")}
    return ran.with_columns(opening=col("closing") - col("change"), **placed).select(*COLUMNS, "part")


def kept_in_groups(lines: Mapping[str, Array]) -> dict[str, Array]:
    """Return a line per customer, period and group, with `kept`: what is left of opening, and what it gained.

    >>> import numpy as np
    >>> lines = dict(id=[7, 7, 7], period=[1, 1, 1], part=[0, 1, 2], opening=[10, 20, 0], closing=[0, 0, 45])
    >>> lines |= dict(group_before=[0, 1, 1], group_after=[0, 1, 1], currency=[0, 0, 0])
    >>> groups = kept_in_groups({name: np.array(values) for name, values in lines.items()})  # 30 move, and 15 are gained
    >>> [groups[name].tolist() for name in ("group_before", "opening", "kept", "closing")]
    [[0, 1], [10, 20], [15, 30], [0, 45]]
    """
    return _by_group(_with_kept(lines))


def _by_group(lines: dict[str, Array]) -> dict[str, Array]:
    """Add up the parts of each group. The lines are in order of customer and period."""
    import numpy as np

    if not len(lines["unit"]):
        return lines
    order = np.lexsort((lines["group_before"], lines["unit"]))
    unit, group = lines["unit"][order], lines["group_before"][order]
    first = np.concatenate([[0], 1 + np.flatnonzero((unit[1:] != unit[:-1]) | (group[1:] != group[:-1]))])
    sums = {name: np.add.reduceat(lines[name][order], first) for name in ("opening", "closing", "kept")}
    return {**{name: lines[name][order][first] for name in lines if name not in sums}, **sums}


def _with_kept(lines: Mapping[str, Array]) -> dict[str, Array]:
    """Return the lines in order of customer, period and part, with `unit`, the number of customer and period, and `kept`."""
    import numpy as np

    _, customer = np.unique(lines["id"], return_inverse=True)
    order = np.lexsort((lines["part"], lines["period"], customer))
    ordered = {name: values[order] for name, values in lines.items()}
    if not len(order):
        return {**ordered, "unit": order, "kept": ordered["opening"]}
    customer, period, opening = customer[order], ordered["period"], ordered["opening"]
    unit = np.concatenate([[0], np.cumsum((customer[1:] != customer[:-1]) | (period[1:] != period[:-1]))])
    change = ordered["closing"] - opening
    losses, gains = np.maximum(-change, 0), np.maximum(change, 0)
    net = _sum_by_unit(gains, unit) - _sum_by_unit(losses, unit)
    lost, gained = _shares(np.maximum(-net, 0), losses, unit), _shares(np.maximum(net, 0), opening, unit)
    return {**ordered, "unit": unit, "kept": opening - lost + gained}


def _sum_by_unit(values: Array, unit: Array) -> Array:
    """unit: the number of the unit of each value, in order."""
    import numpy as np

    sums: Array = np.add.reduceat(values, np.searchsorted(unit, np.arange(int(unit[-1]) + 1)))
    return sums


def _shares(amounts: Array, weights: Array, unit: Array) -> Array:
    """Split the amount of each unit by the weights of its lines, in whole numbers by largest remainder; without weights, into zeros."""
    import numpy as np

    sums = _sum_by_unit(weights, unit)
    amount, divisor = np.where(sums, amounts, 0)[unit], np.where(sums, sums, 1)[unit]
    if float(amount.max()) * float(weights.max()) >= SAFE:
        amount, divisor = amount.astype(object), divisor.astype(object)
    whole, rest = (((amount * weights) // divisor).astype(np.int64), ((amount * weights) % divisor).astype(np.int64))
    order = np.lexsort((-rest, unit))
    rank = np.empty(len(unit), np.int64)
    rank[order] = np.arange(len(unit)) - np.searchsorted(unit, unit)
    left = np.where(sums, amounts, 0) - _sum_by_unit(whole, unit)
    shares: Array = whole + (rank < left[unit])
    return shares
