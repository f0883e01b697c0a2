"""The border between frames and totals: one query per rows and periods, then numbers only, or cells of them.

Here groups get their names: the values of --by, so that totals of different tables can stand in one formula.
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
from custmetrics_cli.engines.query.run import arrays, collect

Counts = dict[Any, Number]
Group = tuple[str | None, ...] | int  # the values of --by, or OUTSIDE or WHOLE


def sort_key(group: Group) -> tuple[object, ...]:
    """For sorting: by name, a missing one last; what is no group first."""
    return (0, group) if isinstance(group, int) else (1, *((value is None, value or "") for value in group))


@dataclass(eq=False, repr=False)
class CountTable:
    """Counts per period number and group; levels are running sums over period numbers."""

    counts: dict[tuple[int, Group], Counts]
    _levels: dict[tuple[int, Group], Counts] = field(default_factory=dict)

    @cached_property
    def all_groups(self) -> list[Group]:
        """All groups in which there was anything, WHOLE and OUTSIDE too."""
        return sorted({group for (_, group), counts in self.counts.items() if any(counts.values())}, key=sort_key)

    @property
    def groups(self) -> list[tuple[str | None, ...]]:
        return [group for group in self.all_groups if not isinstance(group, int)]

    def before(self, k: int, group: Group) -> Counts:
        """The sums over all periods before k."""
        if k <= 0:
            return defaultdict(int)
        if (k, group) not in self._levels:
            for step in range(1, k + 1):
                self._levels.setdefault((step, group), add(self.before(step - 1, group), self.counts.get((step - 1, group), {})))
        return self._levels[k, group]

    def value(self, total: Total, k: int, group: Group) -> Number:
        flow = self.counts.get((k, group), {}).get(total.flow, 0)
        return flow + self.before(k, group).get(total.stock, 0)

    def over(self, total: Total, ks: Iterable[int], groups: Sequence[Group]) -> Number:
        return sum(self.value(total, k, group) for k in ks for group in groups)


def add(one: Counts, other: Counts) -> Counts:
    return {name: one.get(name, 0) + other.get(name, 0) for name in {**one, **other}}


def count(aggregations: Iterable[Aggregation], last: int, values: Callable[[int], tuple[str | None, ...]]) -> CountTable:
    """Runs the queries: what they count, per period up to the last and group. values: of a group's number."""
    found: dict[tuple[int, Group], Counts] = defaultdict(lambda: defaultdict(int))
    names: dict[int, Group] = {OUTSIDE: OUTSIDE, WHOLE: WHOLE}
    for harvest in aggregations:
        for _, k, g, counts in expand(harvest):
            if k <= last:
                group = names[g] if g in names else names.setdefault(g, values(g))
                for name, number in counts.items():
                    found[k, group][name] += number
    return CountTable(found)


def expand(aggregation: Aggregation) -> Iterator[tuple[Any, int, int, Mapping[Any, Number]]]:
    """Runs the query. Each count with the row it comes from; of rows of a customer with the first of them, of columns with none: {}."""
    if aggregation.by == "columns":
        yield from (({}, *counted) for counted in aggregation.counts(arrays(aggregation.frame)))
        return
    rows: Iterable[Any] = collect(aggregation.frame)
    for each in _together(rows) if aggregation.by == "customer" else rows:
        for k, g, counts in aggregation.counts(each):
            yield each[0] if aggregation.by == "customer" else each, k, g, counts


def _together(rows: Iterable[Any]) -> Iterable[list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[row["id"]].append(row)
    return found.values()


class GroupCounts(NamedTuple):
    """What was counted in some groups together, as a Reduced reads it. skipped: periods before the one that it calls the first."""

    sums: CountTable
    groups: Sequence[Group]
    skipped: int = 0

    def during(self, k: int) -> Counts:
        return reduce(add, (self.sums.counts.get((self.skipped + k, group), {}) for group in self.groups), {})

    def before(self, k: int) -> Counts:
        return reduce(add, (self.sums.before(self.skipped + k, group) for group in self.groups), {})
