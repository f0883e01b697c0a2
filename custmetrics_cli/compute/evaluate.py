"""The totals of a definition for one period and group, and what its formula gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from custmetrics_cli.compute.counts import Group
from custmetrics_cli.compute.coverage import no_data_reason
from custmetrics_cli.compute.identities import unlike
from custmetrics_cli.compute.run import Periods, Run
from custmetrics_cli.compute.split.columns import ColumnRef
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.interval_method import FormulaInputs
from custmetrics_cli.core.metric import Definition
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.tables import TABLES

NOT_MONTHS = "the period is not made of whole calendar months"


class Evaluation(NamedTuple):
    """The totals of one definition for one period and group, and what its formula gives."""

    value: Fraction | None
    reason: str | None
    totals: Mapping[str, Number]
    inputs: FormulaInputs
    is_pending: bool = False  # something that counts may still change


def evaluate(run: Run, definition: Definition, periods: Periods, k: int, group: Group, proven: bool = True) -> Evaluation:
    """k counts from 1: the period asked for among the contiguous ones of the run. proven: the value is held against its customers.

    Raises CustmetricsError E320, and E603 for one that its customers do not give.
    """
    period = periods[k - 1]
    if definition.whole_months and not period.whole_months:
        return Evaluation(None, NOT_MONTHS, {}, FormulaInputs())
    totals: dict[str, Number] = {total.name: _number(run, total, periods, k, group) for total in available_totals(run, definition)}
    length: dict[str, Number] = {"months": period.months, "days": period.days}
    state = FormulaInputs({**run.numbers, **totals, **length})
    unknown = next((total.missing_reason for total in definition.needed_totals if total.missing_reason and _missing(run, total)), None)
    unknown = unknown or next(filter(None, (_unseen(run, total, period) for total in definition.needed_totals)), None)
    if unknown:
        return Evaluation(None, unknown, totals, state)
    for used in definition.uses:
        got = evaluate(run, used.standard, periods, k, group, proven)
        if got.value is None:
            return Evaluation(None, got.reason, totals, state)
        state[used.symbol] = got.value
    totals |= {name: number for name, number in length.items() if name in definition.names}
    if definition.interval and definition.interval.data:
        state.read = partial(run.from_counts, definition.interval.data, periods, k, group)
    value = definition.formula(state)
    if proven and definition.interval and definition.interval.value and value is not None and definition.interval.value(state) != value:
        raise CustmetricsError(unlike(period, definition.formula, value, definition.interval.value(state)))
    settling = any(_number(run, total, periods, k, group) for total in definition.pending_totals)
    return Evaluation(value, None if value is not None else definition.formula.empty, totals, state, settling)


def available_totals(run: Run, definition: Definition) -> Iterator[Total]:
    """The totals that the tables can answer; one that there is no answer without, and they cannot, is an error."""
    for total in definition.totals:
        source, missing = run.view(total.dataset), _missing(run, total)
        if missing and total in definition.needed_totals and not total.missing_reason:
            raise CustmetricsError(_without(run, source.tables[0], missing[0], total))
        if not missing and (source.is_grouped or not total.between_groups) and (not total.fx_only or source.money.converts):
            yield total


def _unseen(run: Run, total: Total, period: Period) -> str | None:
    """Why its tables say nothing of a period."""
    days = int(run.question.options[total.window_option]) if total.window_option else period.days + total.lookback_days
    since = None if total.stock and not total.window_option else period.end - dt.timedelta(days)
    tables = run.view(total.dataset).tables
    return next(filter(None, (no_data_reason(run.loaded, table, run.question, period, since) for table in tables)), None)


def _missing(run: Run, total: Total) -> list[str]:
    """The columns that it needs and the table cannot answer for."""
    source = run.view(total.dataset)
    return [column for column in total.needs if not source.can_answer(column)]


def _without(run: Run, table: str, column: str, total: Total) -> Problem:
    named, column = ColumnRef.parse(column)
    table = named or table
    paths = [report.path for report in run.loaded.inputs if report.table == table]
    column = next((derived.needs[0][0] for derived in TABLES[table].derived if derived.name == column), column)
    return Problem(
        "E320",
        f"{table} has no column {column}, and without it {total.name} cannot be known",
        Place(paths[0] if paths else table),
        hint=run.loaded.column_help[table].get(column) or f'export it with {column}, or say which column it is: --column {column}="…"',
    )


def _number(run: Run, total: Total, periods: Periods, k: int, group: Group) -> Number:
    groups = _alike(run, total, periods, group)
    cut, ks = (_months(periods, k)) if total.monthly else (periods, range(k, k + 1))
    number = run.counts(total.dataset, cut).over(total, ks, groups)
    return number if total.parts == 1 else Fraction(number) / total.parts


def _months(periods: Periods, k: int) -> tuple[Periods, range]:
    """The calendar months of all periods, and the numbers of those of the k-th."""
    each = [period.calendar_months() for period in periods]
    before = sum(len(months) for months in each[: k - 1])
    return tuple(month for months in each for month in months), range(before + 1, before + 1 + len(each[k - 1]))


def _alike(run: Run, total: Total, periods: Periods, group: Group) -> list[Group]:
    """The groups to sum. A column that only lost customers have (reason) splits what ended; all else stays whole."""
    ended = run.view(total.dataset).groups.ended
    if isinstance(group, int) or total.by_leave_reason or not any(ended):
        return [group]
    whole = [at for at, is_ended in enumerate(ended) if not is_ended]
    return [other for other in run.counts(total.dataset, periods).groups if all(other[at] == group[at] for at in whole)]
