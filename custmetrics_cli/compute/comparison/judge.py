"""Judge the difference of two values: its interval, and whether 0 lies outside it.

Rates of periods of unequal length are judged per 30 days.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from custmetrics_cli.compute.counts import Periods, Slot
from custmetrics_cli.compute.evaluate import Evaluation
from custmetrics_cli.compute.run import Run
from custmetrics_cli.core.data.comparison import Comparison, PerDays
from custmetrics_cli.core.interval_method import Both, Compared, FormulaInputs, IntervalMethod, PerTime
from custmetrics_cli.stats.intervals import Estimated, Interval, NoInterval
from custmetrics_cli.stats.means import NO_CHANGE

DAYS = 30
NO_METHOD = NoInterval("there is no method for the difference")
OVERLAP = NoInterval("the periods overlap")


class Slots(NamedTuple):
    """The places of two values."""

    now: Slot
    then: Slot

    @property
    def is_later(self) -> bool:
        return self.now.period.start > self.then.period.start

    @property
    def in_order(self) -> tuple[Slot, Slot]:
        return (self.then, self.now) if self.is_later else (self.now, self.then)

    @property
    def overlap(self) -> bool:
        earlier, later = self.in_order
        return later.period.start < earlier.period.end

    def periods(self, from_end_to_end: bool) -> Periods:
        """Return contiguous periods from the earlier to the later one, or the one between their ends."""
        earlier, later = (slot.period for slot in self.in_order)
        if from_end_to_end:
            return (earlier.between(earlier.end, later.end),)
        between = (earlier.between(earlier.end, later.start),) if earlier.end < later.start else ()
        return (earlier, *between, later)


def judged(run: Run, method: IntervalMethod, slots: Slots, now: Evaluation, then: Evaluation, comparison: Comparison) -> Comparison:
    """Return the comparison with its interval and its verdict."""
    if method.judged_by:
        return _judged_by_another(method, slots, now, then, comparison)
    compared = _compared(run, method, slots, now, then)
    found = compared if isinstance(compared, NoInterval) else _difference(method, compared)
    if isinstance(found, NoInterval):
        is_significant = False if found.reason == NO_CHANGE else None
        return comparison._replace(interval_reason=found.reason, is_significant=is_significant)
    comparison = comparison._replace(interval=found, is_significant=_is_significant(found))
    if method.per_time is None or isinstance(compared, NoInterval) or slots.now.period.days == slots.then.period.days:
        return comparison
    per_days = _per_days(method, method.per_time, slots, compared, (now, then))
    return comparison._replace(per_days=per_days, is_significant=_is_significant(per_days.interval))


def _judged_by_another(method: IntervalMethod, slots: Slots, now: Evaluation, then: Evaluation, comparison: Comparison) -> Comparison:
    """Return the comparison with the verdict of another rate, per 30 days if the periods differ in length."""
    assert method.judged_by
    value, judge = method.judged_by
    values = [value(each.inputs) for each in (now, then)]
    found = [judge.interval(each.inputs) for each in (now, then)]
    if any(isinstance(each, NoInterval) for each in found) or None in values or judge.per_time is None:
        return comparison._replace(interval_reason=next(each.reason for each in found if isinstance(each, NoInterval)))
    scaled = [
        _scaled(float(one or 0), interval, judge.per_time, slot.period.days, each.inputs)
        for one, interval, slot, each in zip(values, found, slots, (now, then), strict=True)
        if isinstance(interval, Interval)
    ]
    difference = _difference(judge, Compared(now.inputs, then.inputs, scaled[0][0], scaled[1][0], scaled[0][1], scaled[1][1]))
    return comparison._replace(is_significant=None if isinstance(difference, NoInterval) else _is_significant(difference))


def _compared(run: Run, method: IntervalMethod, slots: Slots, now: Evaluation, then: Evaluation) -> Compared | NoInterval:
    found = [method.interval(each.inputs) for each in (now, then)]
    reason = next((each for each in found if isinstance(each, NoInterval)), None)
    if method.difference is None:
        return NO_METHOD
    if reason and method.needs_intervals:
        return reason
    if method.both and slots.overlap:
        return OVERLAP
    both = run.from_counts(method.both.data, _slot_of_both(method.both, slots)) if method.both else None
    ends = [each if isinstance(each, Interval) else Interval(0, 0, "") for each in found]
    values = [float(each.value or 0) for each in (now, then)]
    return Compared(now.inputs, then.inputs, values[0], values[1], ends[0], ends[1], both, slots.is_later)


def _slot_of_both(both: Both, slots: Slots) -> Slot:
    periods = slots.periods(both.from_end_to_end)
    return Slot(periods, len(periods), slots.now.group)


def _difference(method: IntervalMethod, compared: Compared) -> Estimated:
    return method.difference(compared) if method.difference else NO_METHOD


def _is_significant(interval: Interval) -> bool:
    return not interval.low <= 0 <= interval.high


def _per_days(
    method: IntervalMethod, per_time: PerTime, slots: Slots, compared: Compared, evaluations: tuple[Evaluation, Evaluation]
) -> PerDays:
    """Return the difference of the rates per 30 days, and its interval."""
    now, at = _scaled(compared.value, compared.interval, per_time, slots.now.period.days, compared.now)
    then, was = _scaled(compared.value_then, compared.interval_then, per_time, slots.then.period.days, compared.then)
    scaled = compared._replace(value=now, interval=at, value_then=then, interval_then=was)
    exact = [
        (Fraction(each.value or 0) - per_time.neutral) * DAYS / slot.period.days for each, slot in zip(evaluations, slots, strict=True)
    ]
    interval = _difference(method, scaled)
    return PerDays(DAYS, exact[0] - exact[1], interval if isinstance(interval, Interval) else Interval(0, 0, ""))


def _scaled(value: float, interval: Interval, per_time: PerTime, days: int, inputs: FormulaInputs) -> tuple[float, Interval]:
    """Return a rate per 30 days, less its neutral value."""
    scale = DAYS / days * (float(inputs[per_time.mean_of]) if per_time.mean_of else 1.0)
    return (value - per_time.neutral) * scale, interval.map(scale, -per_time.neutral * scale)
