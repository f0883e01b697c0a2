"""The days that the data covers, and the consequences for a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.compute.question import Question
from custmetrics_cli.core.errors import Choice, CustmetricsError, Place, Problem, pass_one
from custmetrics_cli.core.time.calendar import day_number, day_of, month_after
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded

DayOfTable = tuple[int, str]  # a day number and the table that has it


class Coverage(NamedTuple):
    """The days that the tables of a metric cover together. Every field of days is None if no row has a date."""

    oldest: dt.date | None  # the latest of the tables' oldest dates
    newest: dt.date | None  # the newest date of the table that is known least far
    known_until: dt.date | None  # the last day that is known
    complete_until: dt.date | None  # the last day on which a complete period may end: --quiet-days are added
    starts_last: str = ""  # the table with `oldest`; "" if only one table was read
    ends_first: str = ""  # the table with `newest`; "" if only one table was read
    has_spans: bool = True  # rows of `starts_last` last some time, so the data holds customers from before its oldest date
    gap: int = 0  # the days before `newest` that are provisional

    @classmethod
    def of(cls, loaded: Loaded, tables: Iterable[str], question: Question) -> Coverage:
        """Read the dates of the tables.

        Where rows end, the last --gap days are provisional, since customers may come back in time. --quiet-days are then not added.
        Events are never provisional: an order after a silence begins a new stint, and does not undo the end of the last one.
        """
        names = sorted(tables)
        oldest, starts_last = _extreme_day(max, loaded.oldest, names)
        has_spans = not starts_last or TABLES[starts_last].has_spans
        gaps = {table: question.gap if TABLES[table].has_spans else 0 for table in names}
        newest, ends_first = _extreme_day(min, _without_gap(loaded.newest, gaps), names)
        gap = gaps.get(ends_first, 0) if not question.as_of else max(gaps.values(), default=0)
        newest = newest + dt.timedelta(gaps[ends_first]) if newest else None
        if len(loaded.frames) == 1:
            starts_last = ends_first = ""
        known_until, complete_until = _last_days(newest, gap, question)
        return cls(oldest, newest, known_until, complete_until, starts_last, ends_first, has_spans, gap)

    def is_complete(self, period: Period) -> bool:
        """Return True if the data reaches the end of a period."""
        return self.complete_until is not None and period.last <= self.complete_until

    def covers(self, period: Period) -> bool:
        """Return True if the data covers a period from its start to its end."""
        return self.is_complete(period) and self.oldest is not None and self.oldest <= period.start

    def known_days(self, period: Period) -> int:
        """Return the number of days from the start of a period that are known."""
        if self.is_complete(period):
            return period.days
        return 0 if self.known_until is None else min(max(0, (self.known_until - period.start).days + 1), period.days)


def _without_gap(newest: Mapping[str, int | None], gaps: Mapping[str, int]) -> dict[str, int | None]:
    """Return the last day of each table that is not provisional."""
    return {table: None if (day := newest[table]) is None else day - gap for table, gap in gaps.items()}


def _last_days(newest: dt.date | None, gap_days: int, question: Question) -> tuple[dt.date | None, dt.date | None]:
    """Return the last known day, and the last day on which a complete period may end."""
    gap = dt.timedelta(gap_days)
    if question.as_of:
        return question.as_of - gap, question.as_of - gap
    if newest is None:
        return None, None
    yesterday, quiet = question.today - dt.timedelta(1), dt.timedelta(0 if gap else question.quiet_days)
    return min(newest, yesterday) - gap, min(newest + quiet, yesterday) - gap


def _extreme_day(
    choose: Callable[[list[DayOfTable]], DayOfTable], days: Mapping[str, int | None], tables: Iterable[str]
) -> tuple[dt.date | None, str]:
    """Return the smallest or largest day of the tables, and the table that has it."""
    dated = [(day, table) for table in tables if (day := days.get(table)) is not None]
    if not dated:
        return None, ""
    day, table = choose(dated)
    return day_of(day), table


def stale_reason(loaded: Loaded, table: str, question: Question, period: Period) -> str | None:
    """Return the reason why a period begins after the last known day of a table; None if it does not, or if it is over in --quiet-days."""
    coverage = Coverage.of(loaded, [table], question._replace(gap=0))
    if coverage.known_until is None or coverage.known_until >= period.start or coverage.is_complete(period):
        return None
    return _ended(table, coverage, question)


def no_data_reason(loaded: Loaded, table: str, question: Question, period: Period, needed_from: dt.date | None) -> str | None:
    """Return the reason why a table of events has no data for a period; None if it has, or if its rows last some time.

    needed_from: earlier events do not count in the period; None: all do.
    """
    if TABLES[table].has_spans:
        return None
    coverage = Coverage.of(loaded, [table], question._replace(gap=0))
    if coverage.oldest is None:
        return f"no row of {table} has a date up to today"
    if coverage.oldest >= period.end:
        return f"{table} has no data before {coverage.oldest}"
    if needed_from and coverage.complete_until and coverage.complete_until < needed_from:
        return _ended(table, coverage, question)
    return None


def _ended(table: str, coverage: Coverage, question: Question) -> str:
    if not question.as_of and coverage.known_until == question.today - dt.timedelta(1):
        return f"it begins after {coverage.known_until}, the last complete day"
    return f"{table} has no data after {coverage.known_until}"


def check_whole_months(months: Mapping[str, Collection[int]], tables: Iterable[str], periods: Iterable[Period]) -> None:
    """Raise CustmetricsError E418 if a period begins or ends inside a month that a row of these tables names."""
    periods = tuple(periods)
    for table in tables:
        for month in sorted(months.get(table, ())):
            end = day_number(month_after(day_of(month), 1))
            cut = next((each for each in periods if month < each.start_number < end or month < each.end_number < end), None)
            if cut:
                raise CustmetricsError(_cut(table, month, cut))


def _cut(table: str, month: int, period: Period) -> Problem:
    choice = Choice("period", period.between(period.start.replace(day=1), _rounded_up(period)).name)
    name = f"{day_of(month):%Y-%m}"
    message = f"some rows have the month {name} without a day, so their part in {period.name} is unknown"
    return Problem("E418", message, Place(table), pass_one([choice]), choices=(choice,))


def _rounded_up(period: Period) -> dt.date:
    return period.end if period.end.day == 1 else month_after(period.end.replace(day=1), 1)


def check_dates(loaded: Loaded, question: Question, tables: Iterable[str]) -> None:
    """Raise CustmetricsError E346 if a table without dates is asked for a period."""
    undated = [table for table in tables if table in loaded.undated]
    if undated and not question.period.is_wave:
        message = f"{undated[0]} has no dates, so its rows belong to no period"
        raise CustmetricsError(Problem("E346", message, hint="leave out --period to use all rows"))
