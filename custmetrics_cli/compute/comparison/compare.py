"""Compare a metric with another period of the same length. A difference is significant if its interval excludes 0."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from custmetrics_cli.compute.comparison.judge import Slots, judged
from custmetrics_cli.compute.counts import Periods, Slot
from custmetrics_cli.compute.evaluate import Evaluation, evaluate
from custmetrics_cli.compute.known.coverage import Coverage
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.run import Run
from custmetrics_cli.core.data.comparison import Comparison
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.metric import Definition
from custmetrics_cli.core.time.period import Period


def other_period(period: Period, question: Question, compare: str) -> Period:
    """Return the period to compare with. Raises CustmetricsError E127 if its length differs."""
    if compare == "previous":
        return period.previous()
    if compare == "year-ago":
        return period.year_ago()
    other = Period.parse(compare, question.today, question.fiscal_year_start)
    if other.months != period.months and other.days != period.days:
        hint = "compare with previous, year-ago or a period of the same length"
        raise CustmetricsError(Problem("E127", f"{other.name} is not as long as {period.name}", hint=hint))
    return other


@dataclass(eq=False, repr=False)
class Comparer:
    """Compares each period of a question with its other period."""

    run: Run
    coverage: Coverage
    with_other: str  # previous, year-ago or a period

    @cached_property
    def other_periods(self) -> Periods:
        return tuple(other_period(period, self.run.question, self.with_other) for period in self.run.question.periods)

    def compare(self, definition: Definition, slot: Slot, now: Evaluation) -> Comparison:
        """Compare the value of a period with that of its other period.

        A partial period is compared in its known days, with as many days of the other period. An exhibit has no such part.
        """
        index = slot.period_number - self.run.question.periods_before - 1
        period, other = slot.period, self.other_periods[index]
        days = self.coverage.known_days(period)
        if not days or (definition.exhibits and days < period.days):
            return Comparison(other, None, None, complete=self.coverage.is_complete(other))
        if days < period.days:
            part, other = period.first_days(days), other.first_days(days)
            slots = Slots(Slot((part,), 1, slot.group), Slot((other,), 1, slot.group))
            now, then = (evaluate(self.run, definition, each) for each in slots)
            return self._comparison(definition, slots, now, then)._replace(value_of_span=now.value, span=part)
        slots = Slots(slot, self._other_slot(slot, index))
        return self._comparison(definition, slots, now, evaluate(self.run, definition, slots.then))

    def _other_slot(self, slot: Slot, index: int) -> Slot:
        """Return the slot of the other period, in a query that is needed anyway or that answers all other periods."""
        other = self.other_periods[index]
        if other in slot.periods:
            return slot._replace(period_number=slot.periods.index(other) + 1)
        if all(one.end == two.start for one, two in pairwise(self.other_periods)):
            return Slot(self.other_periods, index + 1, slot.group)
        return Slot((other,), 1, slot.group)

    def _comparison(self, definition: Definition, slots: Slots, now: Evaluation, then: Evaluation) -> Comparison:
        comparison = Comparison(slots.then.period, then.value, None, complete=self.coverage.is_complete(slots.then.period))
        if now.value is None or then.value is None:
            return comparison
        comparison = comparison._replace(difference=now.value - then.value)
        return judged(self.run, definition.interval, slots, now, then, comparison) if definition.interval else comparison
