"""Customers by their MRR at the start and at the end of a period, for confidence intervals.

Counts are PairCounts, under two kinds of keys. (AT, currency): the customers at a border, with their MRR twice. (MOVED, currency):
what the events of a period change of these. Customers who pay in several currencies are counted one by one and already converted: at the
start under (CONVERTED_MOVE, before, after), at the end under (CONVERTED_END, MRR), and with the rate of each day under (CONVERTED_ENDS,
before, after). WHOLE is not counted, as no total needs these counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.data.counts import CountsByPeriod
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.packing import Packing
from custmetrics_cli.metrics.revenue.ledger.group_money import kept_in_groups
from custmetrics_cli.metrics.shared.periods import borders_of
from custmetrics_cli.metrics.shared.rates import Rates
from custmetrics_cli.stats.means import TwoMeans
from custmetrics_cli.stats.pair_counts import PairCounts, split

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
    Columns = Mapping[str, Array]

After = Literal["kept", "closing"]
CountedPairs = Iterator[tuple[int, int, Mapping[tuple[str, int], PairCounts]]]
AT, MOVED, CONVERTED_MOVE, CONVERTED_END, CONVERTED_ENDS = "at", "moved", "converted move", "converted end", "converted ends"


def count_single_rows(packing: Packing, sign: int, rows: Columns) -> CountedPairs:
    """Count rows as if each were its customer's only one. sign: -1 takes them back."""
    end, start = packing.unpack(rows["packed"])
    count, monthly, group, currency = sign * rows["count"] * (start != end), rows["monthly"], rows["row_group"], 0 * start
    yield from _count(AT, (start, group, currency), monthly, monthly, count)
    yield from _count(AT, (end, group, currency), monthly, monthly, -count)
    yield from _count_moves((end, group, currency), monthly, 0 * monthly, count)


def count_borders(rows: Columns) -> CountedPairs:
    """Count customers with an event in a period, by their MRR at its start and end."""
    return _count_customers(rows, rows["closing"], rows["count"])


def count_parts(after: After, lines: Columns) -> CountedPairs:
    """Count the lines of customers with rows in several groups."""
    ordered = kept_in_groups(lines)
    return _count_customers(ordered, ordered[after], 0 * ordered["period"] + 1)


def _count_customers(rows: Columns, end: Array, count: Array) -> CountedPairs:
    """end: the money that is compared with that at the opening."""
    period, currency, opening, closing = (rows[name] for name in ("period", "currency", "opening", "closing"))
    before, after = ((period, rows[name], currency) for name in ("group_before", "group_after"))
    yield from _count(AT, before, opening, opening, -count * (opening != 0))
    yield from _count(AT, after, closing, closing, count * (closing != 0))
    yield from _count_moves(before, opening, end, count * (opening != 0))


def _count_moves(keys: tuple[Array, ...], before: Array, after: Array, count: Array) -> CountedPairs:
    """Take customers from their MRR before, and add them with their MRR after."""
    yield from _count(MOVED, keys, before, before, -count)
    yield from _count(MOVED, keys, before, after, count)


def _count(name: str, keys: tuple[Array, ...], before: Array, after: Array, count: Array) -> CountedPairs:
    for (period, group, currency), pairs in split(keys, before, after, count):
        yield period, group, {(name, currency): pairs}


def at_opening(view: TableView, scope: Scope, counts: CountsByPeriod, period: int) -> PairCounts:
    """Return the customers with MRR at the start of a period: their MRR at its start and end, both at the opening rate."""
    rates = Rates(view.money, borders_of(scope.periods))
    return _converted(CONVERTED_MOVE, counts, period) + _at_opening(counts, period, lambda code: (rates.opening(code, period),) * 2)


def _at_opening(counts: CountsByPeriod, period: int, of_both: Callable[[int], tuple[Number, Number]]) -> PairCounts:
    """of_both: the rates of a currency for the MRR at the start and at the end."""
    pairs = (*_by_currency(AT, counts.before(period)), *_by_currency(MOVED, counts.during(period)))
    return sum((customers.times(*of_both(currency)) for currency, customers in _summed(pairs) if customers.sums().aa), PairCounts())


def _summed(pairs: Iterable[tuple[int, PairCounts]]) -> Iterator[tuple[int, PairCounts]]:
    """Yield the pairs of each currency. A currency without customers needs no rate."""
    by_currency: dict[int, PairCounts] = {}
    for currency, customers in pairs:
        by_currency[currency] = by_currency.get(currency, PairCounts()) + customers
    yield from by_currency.items()


def at_closing(view: TableView, scope: Scope, counts: CountsByPeriod, period: int) -> PairCounts:
    """Return the customers with MRR at the end of a period: 1, and their MRR."""
    rates, during = Rates(view.money, borders_of(scope.periods)), counts.during(period)
    converted = PairCounts.of((0, key[1], int(count)) for key, count in during.items() if key[0] == CONVERTED_END)
    pairs = (*_by_currency(AT, counts.before(period)), *_by_currency(AT, during))
    known = (each for each in _summed(pairs) if each[1].sums().aa)
    return sum((customers.times(1, rates.opening(currency, period + 1)) for currency, customers in known), converted).with_x(MONEY_PARTS)


def two_means(view: TableView, scope: Scope, counts: CountsByPeriod, period: int) -> TwoMeans:
    """Return sums over the MRR of customers at the start and at the end of a period, each at the rate of its day."""
    rates, later = Rates(view.money, borders_of(scope.periods)), at_closing(view, scope, counts, period).sums()
    moves = _at_opening(counts, period, lambda code: (rates.opening(code, period), rates.opening(code, period + 1)))
    pairs = moves + _converted(CONVERTED_ENDS, counts, period)
    one, both = pairs.sums(), pairs.where(lambda before, after: after > 0).sums()
    means = TwoMeans(one.n, one.a, one.aa, later.n, later.d, later.dd, both.n, both.a, both.d, both.ad)
    return means.in_units(MONEY_PARTS)


def _converted(name: str, counts: CountsByPeriod, period: int) -> PairCounts:
    return PairCounts.of((*key[1:], int(count)) for key, count in counts.during(period).items() if key[0] == name)


def _by_currency(name: str, counts: Mapping[Any, Any]) -> list[tuple[int, PairCounts]]:
    return [(key[1], pairs) for key, pairs in counts.items() if key[0] == name]
