"""Until when the data is known, and what that means for a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli.compute.question import Question
from custmetrics_cli.core.result import Notice
from custmetrics_cli.core.time.calendar import day_of
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded


class Coverage(NamedTuple):
    """newest, oldest: dates in the data, None: there are none. last: the last day that is known; allowed: with the quiet days.

    begins, ends: where several tables are read, the one that begins last, and the one that ends first. lasting: rows of the first last.
    """

    oldest: dt.date | None
    newest: dt.date | None
    last: dt.date | None
    allowed: dt.date | None
    begins: str = ""
    ends: str = ""
    lasting: bool = True

    def complete(self, period: Period) -> bool:
        return self.allowed is not None and period.last <= self.allowed

    def covers(self, period: Period) -> bool:
        """Complete, and not begun before the data does."""
        return self.complete(period) and self.oldest is not None and self.oldest <= period.start

    def elapsed(self, period: Period) -> int:
        """The days of the period that are known."""
        if self.complete(period):
            return period.days
        return 0 if self.last is None else min(max(0, (self.last - period.start).days + 1), period.days)


def coverage(loaded: Loaded, tables: Iterable[str], question: Question) -> Coverage:
    """The earliest, over the tables used, of each one's newest date; a few quiet days at the end are allowed for.

    The last --gap days are provisional: who is away may be back in time. Then no quiet days are allowed for.
    """
    named, gap = sorted(tables), dt.timedelta(question.gap)
    newest, ends = _extreme(min, loaded.newest, named)
    oldest, begins = _extreme(max, loaded.oldest, named)
    several, lasting = len(loaded.frames) > 1, not begins or TABLES[begins].has_spans
    state = Coverage(oldest, newest, None, None, begins if several else "", ends if several else "", lasting)
    if question.as_of:
        return state._replace(last=question.as_of - gap, allowed=question.as_of - gap)
    if newest is None:
        return state
    yesterday, quiet = question.today - dt.timedelta(1), dt.timedelta(0 if gap else question.quiet_days)
    return state._replace(last=min(newest, yesterday) - gap, allowed=min(newest + quiet, yesterday) - gap)


def _extreme(which: Any, days: Mapping[str, int | None], named: Sequence[str]) -> tuple[dt.date | None, str]:
    """A day, and the table whose it is."""
    there = [(number, name) for name in named if (number := days.get(name)) is not None]
    return (day_of(which(there)[0]), which(there)[1]) if there else (None, "")


def no_data_reason(loaded: Loaded, table: str, question: Question, period: Period, since: dt.date | None) -> str | None:
    """Why a table that holds what happened day by day can say nothing of a period; None: it can, or it holds what lasts.

    since: what happens before that day says nothing of the period; None: all that went before says something.
    """
    if TABLES[table].has_spans:
        return None
    state = coverage(loaded, [table], question._replace(gap=0))
    if state.oldest is None:
        return f"no row of {table} has a date that has happened"
    if state.oldest >= period.end:
        return f"the data of {table} begins on {state.oldest}: of what was before nothing is known"
    if since and state.allowed and state.allowed < since:
        return f"the data of {table} ends on {state.last}: of what came later nothing is known"
    return None


def coverage_warnings(state: Coverage, question: Question, periods: Iterable[Period], reach: int = 0) -> list[Notice]:
    """What the first of the periods that the data does not cover lacks, at its end and at its beginning.

    reach: so many days before a period count in it.
    """
    every = list(periods)
    late = [period for period in every if not state.complete(period)]
    said = [Notice("W101", _unknown(late[0], state, question))] if late else []
    early = [period for period in every if state.oldest and period.start < state.oldest]
    begins = f"{_data(state.begins)} begins on {state.oldest}"
    if early:
        lost = "new cannot be told from already there" if state.lasting else "what happened before is not in it"
        said.append(Notice("W102", f"{begins}, after {early[0].name} does: {lost}"))
    short = [period for period in every if state.oldest and period.start - dt.timedelta(reach) < state.oldest <= period.start]
    if short:
        words = f"{begins}: of the {reach} days before {short[0].name}, which count in it, not all are known"
        said.append(Notice("W220", words))
    return said


def _data(table: str) -> str:
    return f"the data of {table}" if table else "the data"


def _unknown(period: Period, state: Coverage, question: Question) -> str:
    if state.newest is None and not question.as_of:
        return f"no row has a date that has happened: nothing is known of {period.name}"
    if period.end > question.today and not question.as_of:
        return f"{period.name} is not over on {question.today}: what happens later is not in it"
    until = question.as_of or state.newest
    more = f"; the last {question.gap} days are provisional (--gap {question.gap})" if question.gap else ""
    return f"{_data(state.ends)} ends on {until}, {period.name} on {period.last}: what happened later is not in it{more}"
