"""The days that a definition counts, where they are not those of the period."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from custmetrics_cli.core.metric import Definition
from custmetrics_cli.core.time.calendar import floor, month_after
from custmetrics_cli.core.time.period import Period

ROLLING, DAYS = "rolling-30d", "daily-sum"
LENGTH = 30  # days


def _days(period: Period) -> tuple[Period, ...]:
    return period.split("day")


def _months_before(count: int, last: int) -> Callable[[Period], tuple[Period, ...]]:
    """Return whole months, the last of them so many months after the one in which the period ends."""

    def months(period: Period) -> tuple[Period, ...]:
        end = month_after(floor(period.last, "month", 1), last + 1)
        return period.between(month_after(end, -count), end).calendar_months()

    return months


PERIODS: Mapping[str, Callable[[Period], tuple[Period, ...]]] = {
    "": lambda period: (period,),
    "period": lambda period: (period,),
    ROLLING: lambda period: (period.between(period.end - timedelta(LENGTH), period.end),),
    DAYS: _days,
    "mean-6m": _months_before(6, -1),
    "mean-3m": _months_before(3, 0),
}


def window_of(definition: Definition, period: Period) -> Period | None:
    """Return the days that a definition counts; None = the days of the period."""
    window = definition.window or (definition.over.periods if definition.over else "")
    periods = periods_of(window, period)
    span = period.between(periods[0].start, periods[-1].end)
    return None if (span.start, span.end) == (period.start, period.end) else span


def periods_of(window: str, period: Period) -> tuple[Period, ...]:
    """Return the contiguous periods that a window counts.

    >>> [str(each) for each in periods_of("rolling-30d", Period.parse("2022-Q1"))]
    ['2022-03-02..2022-03-31']
    >>> [str(each) for each in periods_of("mean-3m", Period.parse("2022-Q2"))]
    ['2022-04', '2022-05', '2022-06']
    >>> [str(each) for each in periods_of("mean-6m", Period.parse("2022-06"))][-1]
    '2022-05'
    """
    return PERIODS[window](period)
