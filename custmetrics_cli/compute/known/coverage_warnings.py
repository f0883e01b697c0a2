"""The warnings about periods that the data does not cover."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from custmetrics_cli.compute.known.coverage import Coverage
from custmetrics_cli.compute.question import Question
from custmetrics_cli.core.result import Notice
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.core.words import plural


def coverage_warnings(
    coverage: Coverage, question: Question, periods: Iterable[Period], lookbacks: Iterable[tuple[Coverage, int]] = ()
) -> list[Notice]:
    """Return a warning for the first period that the data does not cover: at its end, at its start, and before it.

    lookbacks: the days before a period that count in it, with the days that their tables cover.
    """
    every, warnings = list(periods), []
    if late := [period for period in every if not coverage.is_complete(period)]:
        warnings.append(Notice("W101", _no_later_data(late[0], coverage, question), is_decisive=True))
    if coverage.oldest is None:
        return warnings
    if early := [period for period in every if period.start < coverage.oldest]:
        effect = f"earlier customers look new in {early[0].name}" if coverage.has_spans else f"{early[0].name} is a partial period"
        warnings.append(Notice("W102", f"{_starts_on(coverage)}, so {effect}", is_decisive=True))
    for read, days in lookbacks:
        short = [period for period in every if read.oldest and period.start - dt.timedelta(days) < read.oldest <= period.start]
        if short:
            warnings.append(Notice("W220", f"{_starts_on(read)}; {short[0].name} also needs the {plural(days, 'day')} before it"))
    return warnings


def _starts_on(coverage: Coverage) -> str:
    return f"{coverage.starts_last or 'the data'} starts on {coverage.oldest}"


def _no_later_data(period: Period, coverage: Coverage, question: Question) -> str:
    if coverage.newest is None and not question.as_of:
        return f"no row has a date up to today, so {period.name} has no data"
    if period.end > question.today and not question.as_of:
        return f"{period.name} is a partial period: it ends after today, {question.today}"
    gap = f"; the last {plural(coverage.gap, 'day')} are provisional (--gap {coverage.gap})" if coverage.gap else ""
    until = question.as_of or coverage.newest
    where = coverage.ends_first or "the data"
    return f"{where} ends on {until}, so {period.name} is a partial period{gap}{_advice(period, coverage, question)}"


def _advice(period: Period, coverage: Coverage, question: Question) -> str:
    """Return the --as-of by which the period is complete. Provisional days have to pass first."""
    last = period.last + dt.timedelta(coverage.gap)
    if question.as_of or last > question.today:
        return ""
    complete = f"reaches to {last}" if coverage.gap else "is complete"
    return f"; if the export {complete}, pass --as-of {last}"
