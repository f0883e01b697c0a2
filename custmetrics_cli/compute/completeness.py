"""Until when the data is known, and what that means for a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli.compute.question import Question
from custmetrics_cli.period import Period
from custmetrics_cli.result import Warned

if TYPE_CHECKING:
    from custmetrics_cli.sources import Loaded

EPOCH = dt.date(1970, 1, 1).toordinal()


class Known(NamedTuple):
    """The data is known up to and including `last`; `newest` and `oldest` are dates in it. None: there are no rows."""

    oldest: dt.date | None
    newest: dt.date | None
    last: dt.date | None

    def complete(self, period: Period) -> bool:
        return self.last is None or period.end <= self.last + dt.timedelta(1)

    def elapsed(self, period: Period) -> int:
        """The days of the period that are known."""
        if self.complete(period) or self.last is None:
            return period.days
        return max(0, (self.last - period.start).days + 1)


def known(loaded: Loaded, tables: Iterable[str], question: Question) -> Known:
    """The earliest, over the tables used, of each one's newest date; a few quiet days at the end are allowed for."""
    named = list(tables)
    newest = _extreme(min, [loaded.newest.get(name) for name in named])
    oldest = _extreme(max, [loaded.oldest.get(name) for name in named])
    if newest is None and question.as_of is None:
        return Known(oldest, newest, None)
    quiet = None if newest is None else newest + dt.timedelta(question.quiet_days)
    last = question.as_of or min(quiet or question.today, question.today - dt.timedelta(1))
    return Known(oldest, newest, last - dt.timedelta(question.gap))


def _extreme(which: Any, numbers: Sequence[int | None]) -> dt.date | None:
    there = [number for number in numbers if number is not None]
    return dt.date.fromordinal(EPOCH + which(there)) if there else None


def warnings(state: Known, question: Question) -> list[Warned]:
    said = []
    period = question.period
    if not state.complete(period):
        until = question.as_of or state.newest
        more = f"; the last {question.gap} days are provisional (--gap {question.gap})" if question.gap else ""
        said.append(
            Warned(
                "W101", f"the data ends on {until}, {period.name} on {period.end - dt.timedelta(1)}: what happened later is not in it{more}"
            )
        )
    if state.oldest and period.start < state.oldest:
        said.append(Warned("W102", f"the data begins on {state.oldest}, after {period.name} does: new cannot be told from already there"))
    return said
