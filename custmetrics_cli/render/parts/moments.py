"""The values of a result over time: those of its trend, or of several results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.time.period import Period

if TYPE_CHECKING:
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.result import Result
    from custmetrics_cli.stats.intervals import Interval


class Moment(NamedTuple):
    """The value of one period."""

    period: Period
    value: Number | None
    interval: Interval | None
    totals: Mapping[str, Number]
    complete: bool = True


def moments(results: Sequence[Result]) -> list[Moment]:
    """Return a moment for each of several results, or for each point of the trend of one."""
    if len(results) > 1 or not results[0].trend:
        return [Moment(each.period, each.value, each.interval, each.totals, each.complete) for each in results]
    result = results[0]
    points = [(point.at, point) for point in result.trend.points if isinstance(point.at, Period)] if result.trend else []
    return [Moment(at, point.value, point.interval, point.totals, result.complete or at.end < result.period.end) for at, point in points]
