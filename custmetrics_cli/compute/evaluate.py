"""Evaluate a definition for one period and group: its totals, and the value of its formula."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from custmetrics_cli.compute.counts import Group, Periods, Slot
from custmetrics_cli.compute.identities import two_values
from custmetrics_cli.compute.known.coverage import no_data_reason, stale_reason
from custmetrics_cli.compute.known.silence import gap_needed
from custmetrics_cli.compute.run import Run
from custmetrics_cli.compute.split.columns import ColumnRef
from custmetrics_cli.compute.windows import periods_of
from custmetrics_cli.core.data.fitted import Fitted
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.interval_method import FormulaInputs
from custmetrics_cli.core.metric import Definition, Over
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.tables import TABLES

AS_OF = "if the export is newer than its last row, pass its day, such as --as-of 2022-06-30"
NO_MODEL = Fitted()
NOT_MONTHS = "the period is not made of whole calendar months"


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
    if stale := _stale_reason(run, definition, slot.period):
        return Evaluation(None, stale, {}, FormulaInputs())
    totals = {total.name: _number(run, total, slot) for total in available_totals(run, definition)}
    length: dict[str, Number] = {"months": slot.period.months, "days": slot.period.days}
    inputs = FormulaInputs({**run.numbers, **totals, **length})
    inputs.options = run.question.options
    if definition.interval and definition.interval.data:
        inputs.read = partial(run.from_counts, definition.interval.data, slot)
    if reason := _no_answer_reason(run, definition, slot.period) or _zero_reason(definition, slot.group, totals):
        return Evaluation(None, reason, totals, inputs)
    for used in definition.uses:
        result = evaluate(run, used.standard, slot, check)
        if result.value is None:
            return Evaluation(None, result.reason, totals, inputs)
        inputs[used.symbol] = result.value
    if definition.over:
        together = over_periods(run, definition.over, asked)
        if together is None:
            return Evaluation(None, definition.over.definition.formula.empty, totals, inputs)
        inputs[definition.over.name] = together
        totals |= {definition.over.name: together}
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


def _zero_reason(definition: Definition, group: Group, totals: Mapping[str, Number]) -> str | None:
    """Return why the rows without a word of --by have no value: a total is 0 in them."""
    name, reason = definition.not_zero
    return reason if name and not isinstance(group, int) and None in group and totals.get(name) == 0 else None


def _check_value(definition: Definition, period: Period, value: Fraction, inputs: FormulaInputs) -> None:
    """Raise CustmetricsError E603 if the customers give another value."""
    if definition.interval and definition.interval.value:
        from_customers = definition.interval.value(inputs)
        if from_customers != value:
            raise CustmetricsError(two_values(period, definition.formula, value, from_customers))


def available_totals(run: Run, definition: Definition) -> Iterator[Total]:
    """Yield the totals that the tables can answer. Raises CustmetricsError E320 if a needed total is not among them."""
    for total in definition.totals:
        view, missing = run.view(total.dataset), _missing_columns(run, total)
        if missing and total in definition.needed_totals and not total.missing_reason:
            raise CustmetricsError(_missing_column(run, view.tables[0], missing[0], total))
        has_moves = view.is_grouped and not any(view.groups.by_leave_reason)  # nobody moves between reasons
        if not missing and (has_moves or not total.between_groups) and (not total.fx_only or view.money.converts):
            yield total


def _no_answer_reason(run: Run, definition: Definition, period: Period) -> str | None:
    """Return why a needed total has no answer: a missing column, or no data for the period."""
    for total in definition.needed_totals:
        if total.missing_reason and _missing_columns(run, total):
            return total.missing_reason
    reasons = (_no_match_reason(run, total) or _no_data_reason(run, total, period) for total in definition.needed_totals)
    return next(filter(None, reasons), None)


def _no_match_reason(run: Run, total: Total) -> str | None:
    """Return why the tables of a total have no customer in common."""
    found = run.match(total.dataset)
    return found.reason if found else None


def _stale_reason(run: Run, definition: Definition, period: Period) -> str | None:
    """Return why the period begins after the last known day of a table; None if it does not."""
    checked = [total for total in definition.needed_totals if not _missing_columns(run, total)]
    tables = dict.fromkeys(table for total in checked for table in run.view(total.dataset).tables)
    return next(filter(None, (stale_reason(run.loaded, table, run.question, period) for table in tables)), None)


def check_listed(run: Run, total: Total) -> None:
    """Refuse to list a total that has no answer. Raises CustmetricsError E320, or E361 with the reason."""
    view, missing = run.view(total.dataset), _missing_columns(run, total)
    if missing and not total.missing_reason:
        raise CustmetricsError(_missing_column(run, view.tables[0], missing[0], total))
    stale = next(filter(None, (stale_reason(run.loaded, table, run.question, run.question.period) for table in view.tables)), None)
    reason = total.missing_reason if missing else stale or _no_match_reason(run, total)
    if reason:
        raise CustmetricsError(Problem("E361", f"there is no {total.name} to list: {reason}", hint=AS_OF if stale else ""))


def _no_data_reason(run: Run, total: Total, period: Period) -> str | None:
    """Return why the tables of a total have no data for a period."""
    days = int(run.question.options[total.window_option]) if total.window_option else period.days + total.lookback_days
    needed_from = None if total.stock and not total.window_option else period.end - dt.timedelta(days)
    tables = run.view(total.dataset).tables
    return next(filter(None, (no_data_reason(run.loaded, table, run.question, period, needed_from) for table in tables)), None)


def _missing_columns(run: Run, total: Total) -> list[str]:
    """Return the columns that a total needs and the tables do not have."""
    view = run.view(total.dataset)
    return [column for column in total.needs if not view.can_answer(column)]


def _missing_column(run: Run, table: str, column: str, total: Total) -> Problem:
    named, column = ColumnRef.parse(column)
    table = named or table
    if column == TABLES[table].silent_end:
        return gap_needed(run.loaded, table, total.name)
    paths = [report.path for report in run.loaded.inputs if report.table == table]
    column = next((derived.needs[0][0] for derived in TABLES[table].derived if derived.name == column), column)
    message = f"{total.name} needs the column {column}, which {table} does not have"
    hint = run.loaded.column_help[table].get(column) or f'export it with {column}, or map its header: --column {column}="HEADER"'
    return Problem("E320", message, Place(paths[0] if paths else table), hint)


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
