"""The border between frames and totals: one query per rows and periods, then whole numbers only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from custmetrics_cli.engine import collect
from custmetrics_cli.metric import Harvest, Total

Counts = dict[str, int]


@dataclass(eq=False, repr=False)
class Sums:
    """Counts per period number and group; levels are running sums over period numbers."""

    found: dict[tuple[int, int], Counts]
    last: int
    _levels: dict[tuple[int, int], Counts] = field(default_factory=dict)

    @cached_property
    def groups(self) -> list[int]:
        """The groups in which there was anything, WHOLE and OUTSIDE too."""
        return sorted({g for (_, g), counts in self.found.items() if any(counts.values())})

    def before(self, k: int, g: int) -> Counts:
        """The sums over all periods before k."""
        if k <= 0:
            return defaultdict(int)
        if (k, g) not in self._levels:
            for step in range(1, k + 1):
                self._levels.setdefault((step, g), added(self.before(step - 1, g), self.found.get((step - 1, g), {})))
        return self._levels[k, g]

    def value(self, total: Total, k: int, g: int) -> int:
        flow = self.found.get((k, g), {}).get(total.flow, 0)
        return flow + self.before(k, g).get(total.carried, 0)


def added(one: Counts, other: Counts) -> Counts:
    return {name: one.get(name, 0) + other.get(name, 0) for name in {**one, **other}}


def summed(harvests: Iterable[Harvest], last: int) -> Sums:
    """Runs the queries: what they count, per period up to the last and group."""
    found: dict[tuple[int, int], Counts] = defaultdict(lambda: defaultdict(int))
    for harvest in harvests:
        for row in collect(harvest.frame):
            for k, g, counts in harvest.unfold(row):
                if k <= last:
                    for name, number in counts.items():
                        found[k, g][name] += number
    return Sums(found, last)


def over(sums: Sums, total: Total, ks: Iterable[int], groups: Sequence[int]) -> int:
    return sum(sums.value(total, k, g) for k in ks for g in groups)
