"""The calendar of cohorts: the months (or quarters, or years) in which cohorts begin, and the later ones that the data covers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.time.calendar import after, day_number, stepped
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.core.time.steps import not_divisible


class CohortCalendar(NamedTuple):
    """Contiguous spans of time, numbered from 1. Cohorts begin in the first of them."""

    spans: tuple[Period, ...]
    cohorts: int  # the number of spans in which cohorts begin
    periods: tuple[int, ...]  # the number of the period asked for, of each of these

    def covered(self, scope: Scope) -> int:
        """Return how many spans, from the first on, the data covers."""
        return sum(scope.complete_until is not None and span.end_number - 1 <= scope.complete_until for span in self.spans)


def cohort_calendar(scope: Scope) -> CohortCalendar:
    """Return the calendar of the periods. Raise CustmetricsError E102 if --each does not divide them."""
    each = str(scope.options["each"])
    cohorts = [(span, number) for number, period in enumerate(scope.periods, 1) for span in period.split(each)]
    spans = [span for span, _ in cohorts]
    while scope.complete_until is not None and day_number(end := _end_after(spans, each)) - 1 <= scope.complete_until:
        spans.append(spans[-1].between(spans[-1].end, end))
    return CohortCalendar(tuple(spans), len(cohorts), tuple(number for _, number in cohorts))


def _end_after(spans: Sequence[Period], each: str) -> date:
    """Return the end of the next span, counted from the first: spans need not begin with the calendar. Raises E102."""
    first, last = spans[0], spans[-1]
    end = stepped(first.start, each, len(spans) + 1)
    if end is None:
        raise not_divisible(str(first), first.start, after(last.end, each, 2), each, first.fiscal_year_start)
    return end
