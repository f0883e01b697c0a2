"""The border between frames and numbers: one query per dataset and sequence of periods gives a table of counts.

Groups get their names here, the values of --by, so that totals of different tables fit into one formula.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from typing import Any, NamedTuple

from custmetrics_cli.core.data.counts import OUTSIDE, WHOLE, Aggregation
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.core.words import natural
from custmetrics_cli.engines.query.run import arrays, collect

Counts = dict[Any, Number]
Group = tuple[str | None, ...] | int  # the values of --by, or OUTSIDE or WHOLE
Periods = tuple[Period, ...]  # contiguous, so that one query counts them all


class Slot(NamedTuple):
    """The place of a number: one of the periods of a query, and a group."""

    periods: Periods
    period_number: int  # from 1
    group: Group

    @property
    def period(self) -> Period:
        return self.periods[self.period_number - 1]


def sort_key(group: Group) -> tuple[object, ...]:
    """Return a key that sorts groups by name, missing values last, and OUTSIDE and WHOLE first."""
    return (0, group) if isinstance(group, int) else (1, *((value is None, natural(value or "")) for value in group))


@dataclass(eq=False, repr=False)
class CountTable:
    """Counts by period number and group, and the running sums of earlier periods. Number 0 is the time before the first period."""

    counts: dict[tuple[int, Group], Counts]
    _sums_before: dict[tuple[int, Group], Counts] = field(default_factory=dict)

    @cached_property
    def all_groups(self) -> list[Group]:
        """Every group with a count that is not 0, WHOLE and OUTSIDE included."""
        return sorted({group for (_, group), counts in self.counts.items() if any(counts.values())}, key=sort_key)

    @property
    def groups(self) -> list[tuple[str | None, ...]]:
        return [group for group in self.all_groups if not isinstance(group, int)]

    def during(self, period_number: int, group: Group) -> Mapping[Any, Number]:
        return self.counts.get((period_number, group), {})

    def before(self, period_number: int, group: Group) -> Counts:
        """Return the sums over all periods before this one."""
        if period_number <= 0:
            return defaultdict(int)
        if (period_number, group) not in self._sums_before:
            for number in range(1, period_number + 1):
                key = (number, group)
                if key not in self._sums_before:
                    self._sums_before[key] = add(self.before(number - 1, group), self.during(number - 1, group))
        return self._sums_before[period_number, group]

    def value(self, total: Total, period_number: int, group: Group) -> Number:
        """Return a total: its flow of the period, and its stock of all earlier periods."""
        flow = self.during(period_number, group).get(total.flow, 0)
        return flow + self.before(period_number, group).get(total.stock, 0)

    def add_up(self, total: Total, period_numbers: Iterable[int], groups: Sequence[Group]) -> Number:
        return sum(self.value(total, number, group) for number in period_numbers for group in groups)


class GroupCounts(NamedTuple):
    """The counts of several groups together, as a FromCounts reads them."""

    table: CountTable
    groups: Sequence[Group]
    periods_before: int = 0  # periods of the table before the one that the reader numbers 1

    def during(self, period_number: int) -> Mapping[Any, Number]:
        return reduce(add, (self.table.during(self.periods_before + period_number, group) for group in self.groups), {})

    def before(self, period_number: int) -> Mapping[Any, Number]:
        return reduce(add, (self.table.before(self.periods_before + period_number, group) for group in self.groups), {})


def add(one: Mapping[Any, Number], other: Mapping[Any, Number]) -> Counts:
    return {name: one.get(name, 0) + other.get(name, 0) for name in {**one, **other}}


def count(aggregations: Iterable[Aggregation], last_period: int, group_values: Callable[[int], tuple[str | None, ...]]) -> CountTable:
    """Run the queries and add up what they count, up to the last period. group_values: the values of --by of a group number."""
    table: dict[tuple[int, Group], Counts] = defaultdict(lambda: defaultdict(int))
    groups: dict[int, Group] = {OUTSIDE: OUTSIDE, WHOLE: WHOLE}
    for aggregation in aggregations:
        for _, period_number, group_number, counts in run_query(aggregation):
            if period_number <= last_period:
                if group_number not in groups:
                    groups[group_number] = group_values(group_number)
                sums = table[period_number, groups[group_number]]
                for name, number in counts.items():
                    sums[name] += number
    return CountTable(table)


def run_query(aggregation: Aggregation) -> Iterator[tuple[Mapping[str, Any], int, int, Mapping[Any, Number]]]:
    """Run the query of an aggregation. Yield a row, a period number, a group number and the counts.

    The row is the one that counts, or the first of its customer. An aggregation by columns has none and yields {}.
    """
    if aggregation.by == "columns":
        yield from (({}, *counted) for counted in aggregation.counts(arrays(aggregation.frame)))
        return
    rows = collect(aggregation.frame)
    for each in _rows_by_customer(rows) if aggregation.by == "customer" else rows:
        row: Mapping[str, Any] = each[0] if isinstance(each, list) else each
        for period_number, group_number, counts in aggregation.counts(each):
            yield row, period_number, group_number, counts


def _rows_by_customer(rows: Iterable[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    customers: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        customers[row["id"]].append(row)
    return customers.values()
