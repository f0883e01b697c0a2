"""A metric beside its value in another period, and the judgement of the difference."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from custmetrics_cli.core.time.period import Period
from custmetrics_cli.stats.intervals import Interval


class PerDays(NamedTuple):
    """The difference of two rates per so many days, for periods of unequal length."""

    days: int
    difference: Fraction
    interval: Interval


class Comparison(NamedTuple):
    """The same metric for another period of the same length."""

    period: Period
    value: Fraction | None
    difference: Fraction | None  # the compared value of this period minus the value of the other
    interval: Interval | None = None
    is_significant: bool | None = None  # None: no interval to judge by
    value_of_span: Fraction | None = None  # the value of the compared days, if only a part of this period is known
    span: Period | None = None  # that part of this period; None: all of it is compared
    complete: bool = True  # the data covers the other period
    interval_reason: str | None = None  # why there is no interval
    per_days: PerDays | None = None  # decides instead of the difference

    @property
    def verdict(self) -> str:
        """The judgement in words; "": nothing to judge."""
        if self.is_significant is None:
            return "not enough data to tell" if self.interval_reason else ""
        if self.is_significant:
            return "significant change"
        return "no change" if self.interval_reason else "no significant change"
