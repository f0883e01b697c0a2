"""Customers by what they paid. The engine adds up customers, and counts those who paid the same; who is at the top is found from that.

What customers paid in several currencies is added up here, exactly, customer by customer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from math import ceil
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.counts import Aggregation, Counts, DetailedCounts
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.formula import Number
from custmetrics_cli.engines.query.run import Frame, sum_by
from custmetrics_cli.metrics.shared.periods import edges, looked_up, numbered
from custmetrics_cli.metrics.shared.rates import Rates

col, lit = nw.col, nw.lit
Row = Mapping[str, Any]
CORE = Fraction(4, 5)  # of revenue


def aggregations(view: TableView, scope: Scope) -> list[Aggregation]:
    """All who paid in a period are read together, as who is at the top depends on all."""
    nets = _nets(view, scope)
    if not (scope.with_ids or view.money.converts):
        alike = nets.filter(col("amount") > 0).with_columns(n=lit(1).cast(nw.Int64))
        keys = ["k", "p", "amount", "cur", "x"]
        nets = sum_by(alike.select(*keys, "n"), keys, ["n"]).with_columns(who=col("amount"))
    unfold = partial(_unfold, Rates(view.money, edges(scope.periods)), Fraction(scope.options["top"]), scope.with_ids)
    return [Aggregation(nets.with_columns(id=col("k")), unfold, by="customer")]


def _nets(view: TableView, scope: Scope) -> Frame:
    """What each customer paid, by period, group, currency and rate. who: the customer."""
    currency = view.currency() if view.money.converts else lit(0)
    rows = view.frame().select("date", "amount", who="id", p=view.group_column(), cur=currency)
    dated = looked_up(numbered(rows, scope.periods, k="date"), view.money.change_days, x="date")
    within = dated.filter(col("k") > 0, col("k") <= len(scope.periods))
    keys = ["k", "p", "who", "cur", "x"]
    return sum_by(within.select(*keys, "amount"), keys, ["amount"]).with_columns(n=lit(1).cast(nw.Int64))


class Level(NamedTuple):
    """n customers who paid the same; how many of them are at the top, and how many in the core."""

    net: Number
    n: int
    top: int
    core: int


def _levels(nets: Mapping[Number, int], top: Fraction) -> Iterator[Level]:
    """From those who paid most down. nets: how many customers paid so much."""
    places, rest = ceil(top * sum(nets.values())), CORE.numerator * sum(net * n for net, n in nets.items())
    for net, n in sorted(nets.items(), reverse=True):
        paid = CORE.denominator * net
        needed = max(0, -(-rest // paid))
        yield Level(net, n, min(n, places), min(n, int(needed)))
        places, rest = places - min(n, places), rest - n * paid


def _unfold(rates: Rates, top: Fraction, named: bool, rows: Sequence[Row]) -> Iterator[tuple[int, int, Counts]]:
    """The rows of one period. Where who is at the top is a matter of equals, each of these is so in part."""
    k, groups = rows[0]["k"], _paid(rates, rows)
    for p, customers in groups.items():
        nets: Counter[Number] = Counter()
        for net, n in customers.values():
            nets[net] += n
        levels = {level.net: level for level in _levels(nets, top)}
        if named:
            yield from ((k, p, _one(who, levels[net])) for who, (net, _) in customers.items())
        else:
            yield k, p, _all(levels.values())


def _paid(rates: Rates, rows: Sequence[Row]) -> dict[int, dict[Any, tuple[Number, int]]]:
    """By group and customer: what was paid, where that is more than nothing, and how many are alike."""
    found: dict[int, dict[Any, tuple[Number, int]]] = defaultdict(dict)
    for row in rows:
        of, who = found[row["p"]], row["who"]
        of[who] = ((of[who][0] if who in of else 0) + row["amount"] * rates.at(row["cur"], row["x"]), row["n"])
    return {p: {who: paid for who, paid in of.items() if paid[0] > 0} for p, of in found.items()}


def _all(levels: Iterable[Level]) -> Counts:
    every = [*levels]
    return {
        "payers": sum(level.n for level in every),
        "net_revenue": sum(level.n * level.net for level in every),
        "top_payers": sum(level.top for level in every),
        "top_revenue": sum(level.top * level.net for level in every),
        "core_payers": sum(level.core for level in every),
    }


def _one(who: Any, level: Level) -> DetailedCounts:
    """One of the customers of a level."""
    top, core = Fraction(level.top, level.n), Fraction(level.core, level.n)
    counts = DetailedCounts(payers=1, net_revenue=level.net, top_payers=top, top_revenue=top * level.net, core_payers=core)
    counts.customer = who
    return counts
