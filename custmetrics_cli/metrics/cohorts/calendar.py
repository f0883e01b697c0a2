"""The calendar of cohorts: months (quarters, years) of first presence, and as many after them as the data knows whole."""

from __future__ import annotations

from typing import NamedTuple

from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.time.calendar import after, day_number
from custmetrics_cli.core.time.period import Period


class Ages(NamedTuple):
    """spans: contiguous, numbered from 1; begun: of these, those in which cohorts begin; of: the period asked for of each of these."""

    spans: tuple[Period, ...]
    begun: int
    of: tuple[int, ...]

    def known(self, scope: Scope) -> int:
        """How many spans, from the first, are complete."""
        return sum(scope.complete_until is not None and span.end_number - 1 <= scope.complete_until for span in self.spans)


def ages(scope: Scope) -> Ages:
    """Raises CustmetricsError E102 where a period is no whole number of such spans."""
    each = str(scope.options["each"])
    begun = [(span, k) for k, period in enumerate(scope.periods, 1) for span in period.split(each)]
    spans = [span for span, _ in begun]
    while scope.complete_until is not None and day_number(after(spans[-1].end, each)) - 1 <= scope.complete_until:
        spans.append(spans[-1].between(spans[-1].end, after(spans[-1].end, each)))
    return Ages(tuple(spans), len(begun), tuple(k for _, k in begun))
