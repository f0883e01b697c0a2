"""The results of one metric in two exports, and the customers behind their difference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.compute.contributions import EXHIBIT

if TYPE_CHECKING:
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.result import Result

Parts = Mapping[str, Mapping[str, "Number"]]  # total -> customer -> part of the difference


class MetricPair(NamedTuple):
    """The results of one metric in the old and the new export."""

    old: Result
    new: Result

    @property
    def metric(self) -> Metric:
        return self.old.metric

    @property
    def totals(self) -> dict[str, tuple[Number, Number]]:
        """The totals that differ, old and new. A total of one side only (the length of the period) is left out."""
        both = {name: (number, self.new.totals[name]) for name, number in self.old.totals.items() if name in self.new.totals}
        return {name: pair for name, pair in both.items() if pair[0] != pair[1]}

    @property
    def differs(self) -> bool:
        return bool(self.totals) or _other_facts(self.old) != _other_facts(self.new)

    def explained(self, parts: Parts) -> Parts:
        """Return the totals whose difference is the sum of its customers' parts."""
        differences = {name: new - old for name, (old, new) in self.totals.items()}
        return {name: by for name, by in parts.items() if not name.startswith(EXHIBIT) and sum(by.values()) == differences.get(name, 0)}

    def movers(self, parts: Parts) -> dict[str, None]:
        """Return the customers who move a total or, if exhibits differ, an exhibit."""
        exhibits = [by for name, by in parts.items() if name.startswith(EXHIBIT) and self.old.exhibits != self.new.exhibits]
        return dict.fromkeys(customer for by in (*self._relevant(parts).values(), *exhibits) for customer in by)

    def _relevant(self, parts: Parts) -> Parts:
        """Return the explained totals; all totals, if none of those that differ is explained."""
        explained, totals = self.explained(parts), self.totals
        return explained if not totals or any(name in totals for name in explained) else parts


def _other_facts(result: Result) -> tuple[object, ...]:
    return result.value, result.reason, result.exhibits, result.currency
