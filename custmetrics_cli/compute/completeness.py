"""Until when the data is known, and what that means for a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli._calendar import day_of
from custmetrics_cli.compute.question import Question
from custmetrics_cli.period import Period
from custmetrics_cli.result import Warned

if TYPE_CHECKING:
    from custmetrics_cli.sources import Loaded


class Known(NamedTuple):
    """newest, oldest: dates in the data, None: there are none. last: the last day that is known; allowed: with the quiet days."""

    oldest: dt.date | None
    newest: dt.date | None
    last: dt.date | None
    allowed: dt.date | None

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


def known(loaded: Loaded, tables: Iterable[str], question: Question) -> Known:
    """The earliest, over the tables used, of each one's newest date; a few quiet days at the end are allowed for.

    The last --gap days are provisional: who is away may be back in time. Then no quiet days are allowed for.
    """
    named, gap = list(tables), dt.timedelta(question.gap)
    newest = _extreme(min, [loaded.newest.get(name) for name in named])
    oldest = _extreme(max, [loaded.oldest.get(name) for name in named])
    if question.as_of:
        return Known(oldest, newest, question.as_of - gap, question.as_of - gap)
    if newest is None:
        return Known(oldest, newest, None, None)
    yesterday, quiet = question.today - dt.timedelta(1), dt.timedelta(0 if gap else question.quiet_days)
    return Known(oldest, newest, min(newest, yesterday) - gap, min(newest + quiet, yesterday) - gap)


def _extreme(which: Any, numbers: Sequence[int | None]) -> dt.date | None:
    there = [number for number in numbers if number is not None]
    return day_of(which(there)) if there else None


def warnings(state: Known, question: Question, periods: Iterable[Period], reach: int = 0) -> list[Warned]:
    """What the first of the periods that the data does not cover lacks, at its end and at its beginning.

    reach: so many days before a period count in it.
    """
    every = list(periods)
    late = [_unknown(period, state, question) for period in every if not state.complete(period)]
    early = [period for period in every if state.oldest and period.start < state.oldest]
    said = [Warned("W101", late[0])] if late else []
    if early:
        words = f"the data begins on {state.oldest}, after {early[0].name} does: new cannot be told from already there"
        said.append(Warned("W102", words))
    short = [period for period in every if state.oldest and period.start - dt.timedelta(reach) < state.oldest <= period.start]
    if short:
        words = f"the data begins on {state.oldest}: of the {reach} days before {short[0].name}, which count in it, not all are known"
        said.append(Warned("W220", words))
    return said


def _unknown(period: Period, state: Known, question: Question) -> str:
    if state.newest is None and not question.as_of:
        return f"no row has a date that has happened: nothing is known of {period.name}"
    if period.end > question.today and not question.as_of:
        return f"{period.name} is not over on {question.today}: what happens later is not in it"
    until = question.as_of or state.newest
    more = f"; the last {question.gap} days are provisional (--gap {question.gap})" if question.gap else ""
    return f"the data ends on {until}, {period.name} on {period.last}: what happened later is not in it{more}"
