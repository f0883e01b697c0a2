"""Customers by what they paid: the top payers, and the fewest customers who make 80 % of the revenue.

The engine counts customers who paid the same, and the ranking follows from these counts. If money is converted, the payments of
each customer are added up here, exactly.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
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
from custmetrics_cli.metrics.shared.counting import Counted, Row
from custmetrics_cli.metrics.shared.periods import borders_of, with_periods, with_steps
from custmetrics_cli.metrics.shared.rates import Rates

col, lit = nw.col, nw.lit
CORE = Fraction(4, 5)  # of the revenue
Names = Callable[[Sequence[Any]], list[str]]
Payers = Mapping[Any, tuple[Number, int]]  # by customer (or by amount): what each paid, and how many paid it


def payers(view: TableView, scope: Scope) -> list[Aggregation]:
    """Return all that customers paid. All payers of a period are counted together, as the ranking depends on all."""
    paid = _paid(view, scope)
    if not (scope.with_ids or view.money.converts):
        keys = ["period", "row_group", "amount", "currency", "rate_step"]
        counted = paid.filter(col("amount") > 0).with_columns(count=lit(1).cast(nw.Int64))
        paid = sum_by(counted.select(*keys, "count"), keys, ["count"]).with_columns(customer=col("amount"))
    rates, top = Rates(view.money, borders_of(scope.periods)), Fraction(scope.options["top"])
    return [
        Aggregation(
            paid.with_columns(id=col("period")), partial(_count, rates, top, view.id_texts if scope.with_ids else None), by="customer"
        )
    ]


def _paid(view: TableView, scope: Scope) -> Frame:
    """Return what each customer paid, by period, row_group, currency and rate_step."""
    currency = view.currency() if view.money.converts else lit(0)
    rows = view.frame().select("date", "amount", customer="id", row_group=view.group_column(), currency=currency)
    dated = with_steps(with_periods(rows, scope.periods, period="date"), view.money.change_days, rate_step="date")
    within = dated.filter(col("period") > 0, col("period") <= len(scope.periods))
    keys = ["period", "row_group", "customer", "currency", "rate_step"]
    return sum_by(within.select(*keys, "amount"), keys, ["amount"]).with_columns(count=lit(1).cast(nw.Int64))


class Level(NamedTuple):
    """Customers who paid the same."""

    paid: Number
    customers: int
    top: int  # how many of them are top payers
    core: int  # how many of them are among the fewest who make 80 %


def _levels(counts: Mapping[Number, int], top: Fraction) -> Iterator[Level]:
    """Yield the levels from the largest payment down. counts: how many customers paid each amount."""
    places, rest = ceil(top * sum(counts.values())), CORE.numerator * sum(paid * count for paid, count in counts.items())
    for paid, count in sorted(counts.items(), reverse=True):
        weight = CORE.denominator * paid
        needed = max(0, -(-rest // weight))
        yield Level(paid, count, min(count, places), min(count, int(needed)))
        places, rest = places - min(count, places), rest - count * weight


def _count(rates: Rates, top: Fraction, names: Names | None, rows: Sequence[Row]) -> Counted:
    """Count the payers of one period. If several customers paid as much as the last place, the first by name get it.

    names: the texts of ids, if customers are listed.
    """
    period = rows[0]["period"]
    for row_group, customers in _payers(rates, rows).items():
        counts: Counter[Number] = Counter()
        for paid, count in customers.values():
            counts[paid] += count
        levels = {level.paid: level for level in _levels(counts, top)}
        if names:
            yield from ((period, row_group, counted) for counted in _listed(names, customers, levels))
        else:
            yield period, row_group, _sum(levels.values())


def _payers(rates: Rates, rows: Sequence[Row]) -> dict[int, Payers]:
    """Return by row_group the customers who paid more than was refunded to them."""
    found: dict[int, dict[Any, tuple[Number, int]]] = defaultdict(dict)
    for row in rows:
        customers, customer = found[row["row_group"]], row["customer"]
        before = customers[customer][0] if customer in customers else 0
        customers[customer] = (before + row["amount"] * rates.at(row["currency"], row["rate_step"]), row["count"])
    return {group: {customer: paid for customer, paid in customers.items() if paid[0] > 0} for group, customers in found.items()}


def _sum(levels: Collection[Level]) -> Counts:
    return {
        "payers": sum(level.customers for level in levels),
        "net_revenue": sum(level.customers * level.paid for level in levels),
        "top_payers": sum(level.top for level in levels),
        "top_revenue": sum(level.top * level.paid for level in levels),
        "core_payers": sum(level.core for level in levels),
    }


def _listed(names: Names, customers: Payers, levels: Mapping[Number, Level]) -> Iterator[DetailedCounts]:
    """Yield the counts of each customer. The first by name get the places of customers who paid the same."""
    places: Counter[Number] = Counter()
    texts = dict(zip(customers, names([*customers]), strict=True))
    for customer in sorted(customers, key=lambda each: texts[each]):
        paid, _ = customers[customer]
        level, place = levels[paid], places[paid]
        places[paid] += 1
        top, core = int(place < level.top), int(place < level.core)
        counts = DetailedCounts(payers=1, net_revenue=paid, top_payers=top, top_revenue=top * paid, core_payers=core)
        counts.customer = customer
        yield counts
