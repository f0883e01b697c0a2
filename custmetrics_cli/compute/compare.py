"""The same metric for another period of the same length, and whether the difference can be told from chance."""

from __future__ import annotations

from collections.abc import Sequence

from custmetrics_cli.compute.completeness import Known
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.run import Figures, Run, figures
from custmetrics_cli.errors import CustmetricsError, Problem
from custmetrics_cli.intervals import newcombe
from custmetrics_cli.metric import Definition, Metric
from custmetrics_cli.period import Period
from custmetrics_cli.result import Comparison, Interval


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


def compared(run: Run, metric: Metric, definition: Definition, period: Period, state: Known, g: int) -> Comparison:
    """Of an incomplete period only the days that are known are compared, with as many of the other."""
    days = state.elapsed(period)
    than = other(period, run.question)
    if not days:
        return Comparison(than, None, None)
    cut = days < period.days
    one, two = (period.first_days(days), than.first_days(days)) if cut else (period, than)
    now, then = (_figures(run, metric, definition, part, g) for part in (one, two))
    if now.value is None or then.value is None:
        return Comparison(two, then.value, None)
    spread = _spread(definition, now, then)
    return Comparison(two, then.value, now.value - then.value, spread, None if spread is None else not spread.low <= 0 <= spread.high)


def _figures(run: Run, metric: Metric, definition: Definition, period: Period, g: int) -> Figures:
    return figures(run, metric, definition, (period,), 1, g)


def _spread(definition: Definition, now: Figures, then: Figures) -> Interval | None:
    if not definition.share:
        return None
    counts: Sequence[int] = [int(side.totals[name]) for side in (now, then) for name in definition.share]
    return newcombe(*counts)
