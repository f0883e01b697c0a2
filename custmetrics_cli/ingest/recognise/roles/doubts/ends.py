"""The warning about ends that look like the last day of service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from custmetrics_cli.core.time.calendar import day_of
from custmetrics_cli.ingest.model import Remark
from custmetrics_cli.ingest.recognise.match_table import TableMatch
from custmetrics_cli.ingest.recognise.roles.doubts.days import read_days
from custmetrics_cli.ingest.recognise.roles.sample import Sample

FEWEST = 2  # ends on the last day of a month


def end_remarks(match: TableMatch, sample: Sample, needs: Callable[[str], bool]) -> Iterator[Remark]:
    """Yield W274 if most ends are the last day of a month, and most starts are not: a paid month ends with its last day.

    needs: whether the answer reads a column. A preset knows what its ends mean.
    """
    start, end = match.columns.get("started_at", -1), match.columns.get("ended_at", -1)
    if match.preset or min(start, end) < 0 or not needs("ended_at"):
        return
    starts, ends = (read_days([cell for cell in sample.column(at) if cell]) for at in (start, end))
    last = sum(map(_ends_a_month, ends))
    if last >= FEWEST and 2 * last > len(ends) and 2 * sum(map(_ends_a_month, starts)) <= len(starts):
        text = f"{last} of {len(ends)} ends are the last day of a month; if ended_at is the last day of service, pass --ends inclusive"
        yield Remark("W274", text, "ended_at")


def _ends_a_month(day: int | None) -> bool:
    return day is not None and (day_of(day) + dt.timedelta(1)).day == 1
