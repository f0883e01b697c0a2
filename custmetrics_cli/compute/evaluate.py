"""Evaluate a definition for one period and group: its totals, and the value of its formula."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from custmetrics_cli.compute.counts import Group, Periods, Slot
from custmetrics_cli.compute.identities import two_values
from custmetrics_cli.compute.known.no_answer import available_totals, no_answer_reason, stale_definition_reason, zero_reason
from custmetrics_cli.compute.run import Run
from custmetrics_cli.compute.windows import periods_of
from custmetrics_cli.core.data.fitted import Fitted
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.interval_method import FormulaInputs
from custmetrics_cli.core.metric import Definition, Over
from custmetrics_cli.core.time.period import Period

NO_MODEL = Fitted()
NEEDS_NO_PERIOD = "without --period, all days of the data count"  # a forecast of 2023 learns from the days before
NOT_MONTHS = "the period is not a number of whole calendar months"


class Evaluation(NamedTuple):
    """A definition for one period and group."""

    value: Fraction | None
    reason: str | None  # why there is no value
    totals: Mapping[str, Number]
    inputs: FormulaInputs
    fitted: Fitted = NO_MODEL
    is_pending: bool = False  # a pending total is not 0, so the value may still change


def evaluate(run: Run, definition: Definition, asked: Slot, check: bool = True) -> Evaluation:
    """Evaluate a definition over its window. check: compare the value with the one from its customers.

    Raises CustmetricsError E320 for a missing column and E603 for a value that its customers do not confirm.
    """
    slot = in_window(definition.window, asked)
    if definition.whole_months and not slot.period.whole_months:
        return Evaluation(None, NOT_MONTHS, {}, FormulaInputs())
    if stale := stale_definition_reason(run, definition, slot.period):
        return Evaluation(None, f"{stale}; {NEEDS_NO_PERIOD}" if definition.model else stale, {}, FormulaInputs())
    totals = {total.name: _number(run, total, slot) for total in available_totals(run, definition)}
    length: dict[str, Number] = {"months": slot.period.months, "days": slot.period.days}
    inputs = FormulaInputs({**run.numbers, **totals, **length})
    inputs.options = run.question.options
    if definition.interval and definition.interval.data:
        inputs.read = partial(run.from_counts, definition.interval.data, slot)
    if reason := no_answer_reason(run, definition, slot.period) or zero_reason(definition, slot.group, totals):
        return Evaluation(None, reason, totals, inputs)
    if reason := _add_values(run, definition, asked, inputs, check):
        return Evaluation(None, reason, totals, inputs)
    if definition.over:
        totals |= {definition.over.name: inputs[definition.over.name]}
    fitted: Fitted = run.from_counts(definition.model, slot) if definition.model else NO_MODEL
    inputs.fitted = fitted
    if fitted.reason:
        return Evaluation(None, fitted.reason, totals, inputs, fitted)
    inputs.update(fitted.numbers)
    totals |= fitted.numbers
    totals |= {name: number for name, number in length.items() if name in definition.names}
    value = definition.formula(inputs)
    if check and value is not None:
        _check_value(definition, slot.period, value, inputs)
    is_pending = any(_number(run, total, slot) for total in definition.pending_totals)
    return Evaluation(value, None if value is not None else definition.formula.empty, totals, inputs, fitted, is_pending)


def _add_values(run: Run, definition: Definition, asked: Slot, inputs: FormulaInputs, check: bool) -> str | None:
    """Add the values of other definitions that a formula names. Return why one of them has no answer."""
    slot = in_window(definition.window, asked)
    for used in definition.uses:
        result = evaluate(run, used.standard, slot, check)
        if result.value is None:
            return result.reason
        inputs[used.symbol] = result.value
    if definition.over:
        together = over_periods(run, definition.over, asked)
        if together is None:
            return definition.over.definition.formula.empty
        inputs[definition.over.name] = together
    return None


def in_window(window: str, slot: Slot) -> Slot:
    """Return the place of the number in a window of one piece; the same place if the window is the period."""
    return slot if not window else Slot(periods_of(window, slot.period), 1, slot.group)


def over_periods(run: Run, over: Over, slot: Slot) -> Fraction | None:
    """Return the sum or the mean of the values of several periods. A period without a value adds nothing; None if none has one."""
    periods = periods_of(over.periods, slot.period)
    places = [Slot(periods, number, slot.group) for number in range(1, len(periods) + 1)]
    values = [value for place in places if (value := evaluate(run, over.definition, place, check=False).value) is not None]
    if not values:
        return None
    return sum(values, Fraction(0)) / (len(values) if over.is_mean else 1)


def _check_value(definition: Definition, period: Period, value: Fraction, inputs: FormulaInputs) -> None:
    """Raise CustmetricsError E603 if the customers give another value."""
    if definition.interval and definition.interval.value:
        from_customers = definition.interval.value(inputs)
        if from_customers != value:
            raise CustmetricsError(two_values(period, definition.formula, value, from_customers))


def _number(run: Run, total: Total, slot: Slot) -> Number:
    """Return a total in its unit."""
    groups = _groups_to_sum(run, total, slot.periods, slot.group)
    periods, numbers = _months(slot) if total.monthly else (slot.periods, range(slot.period_number, slot.period_number + 1))
    number = run.counts(total.dataset, periods).add_up(total, numbers, groups)
    return number if total.parts == 1 else Fraction(number) / total.parts


def _months(slot: Slot) -> tuple[Periods, range]:
    """Return the calendar months of all periods, and the numbers of those in the slot's period."""
    months = [period.calendar_months() for period in slot.periods]
    before = sum(map(len, months[: slot.period_number - 1]))
    return tuple(month for each in months for month in each), range(before + 1, before + 1 + len(months[slot.period_number - 1]))


def _groups_to_sum(run: Run, total: Total, periods: Periods, group: Group) -> list[Group]:
    """Return the groups whose counts make up a total of one group.

    A column of lost customers only, such as the reason why they left, splits the totals of lost customers and no others.
    """
    by_leave_reason = run.view(total.dataset).groups.by_leave_reason
    if isinstance(group, int) or total.by_leave_reason or not any(by_leave_reason):
        return [group]
    fixed = [at for at, is_reason in enumerate(by_leave_reason) if not is_reason]
    return [other for other in run.counts(total.dataset, periods).groups if all(other[at] == group[at] for at in fixed)]
