"""The same metric for another period of the same length, and whether the difference can be told from chance."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from custmetrics_cli.compute.counts import Group
from custmetrics_cli.compute.coverage import Coverage
from custmetrics_cli.compute.evaluate import Evaluation, evaluate
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.run import Periods, Run
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.metric import Definition
from custmetrics_cli.core.result import Comparison
from custmetrics_cli.core.time.period import Period


def other(period: Period, question: Question) -> Period:
    """The period to compare with. Raises CustmetricsError E127 for one of another length."""
    if question.compare == "previous":
        return period.previous()
    if question.compare == "year-ago":
        return period.year_ago()
    found = Period.parse(question.compare, question.today, question.fiscal_year_start)
    if found.months != period.months and found.days != period.days:
        hint = "compare with previous, year-ago or a period of the same length"
        raise CustmetricsError(Problem("E127", f"{found.name} is not as long as {period.name}", hint=hint))
    return found


@dataclass(eq=False, repr=False)
class Comparer:
    """The periods to compare with, together where they are contiguous as those asked for are: one query answers them all."""

    run: Run
    coverage: Coverage

    @cached_property
    def others(self) -> Periods:
        return tuple(other(period, self.run.question) for period in self.run.question.periods)

    @cached_property
    def contiguous(self) -> bool:
        return all(one.end == two.start for one, two in pairwise(self.others))

    def compared(self, definition: Definition, k: int, group: Group, now: Evaluation) -> Comparison:
        """Of an incomplete period only the days that are known are compared, with as many of the other; a grid has no such part."""
        k -= self.run.question.before
        period, than = self.run.question.periods[k - 1], self.others[k - 1]
        days = self.coverage.elapsed(period)
        if not days or (definition.exhibits and days < period.days):
            return Comparison(than, None, None, complete=self.coverage.complete(than))
        if days < period.days:
            part, than = period.first_days(days), than.first_days(days)
            now = evaluate(self.run, definition, (part,), 1, group)
            then = evaluate(self.run, definition, (than,), 1, group)
            return self._beside(definition, than, now, then)._replace(value_of_span=now.value, span=part)
        return self._beside(definition, than, now, evaluate(self.run, definition, *self._pass(than, k), group))

    def _pass(self, than: Period, k: int) -> tuple[Periods, int]:
        """The pass over the data that answers for the k-th other period."""
        span = self.run.question.span
        if than in span:
            return span, span.index(than) + 1
        return (self.others, k) if self.contiguous else ((than,), 1)

    def _beside(self, definition: Definition, than: Period, now: Evaluation, then: Evaluation) -> Comparison:
        plain = Comparison(than, then.value, None, complete=self.coverage.complete(than))
        if now.value is None or then.value is None:
            return plain
        apart = definition.interval.difference if definition.interval else None
        spread = apart(now.inputs, then.inputs) if apart else None
        told = None if spread is None else not spread.low <= 0 <= spread.high
        return plain._replace(difference=now.value - then.value, interval=spread, is_significant=told)
