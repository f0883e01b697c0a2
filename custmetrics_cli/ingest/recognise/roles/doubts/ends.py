"""The warnings about ends that look like the last day of service."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from custmetrics_cli.core.errors import Choice, pass_one
from custmetrics_cli.core.time.calendar import day_of
from custmetrics_cli.core.words import plural
from custmetrics_cli.ingest.model import Remark
from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate
from custmetrics_cli.ingest.recognise.roles.doubts.days import read_days
from custmetrics_cli.ingest.recognise.roles.last_day import ends_inclusively
from custmetrics_cli.ingest.recognise.roles.sample import Sample
from custmetrics_cli.ingest.settings import Settings

FEWEST = 2  # ends on the last day of a month, or renewals on the day after an end
MANY = 5  # renewals of customers that the metric itself warns about (W204)
HARDLY_ANY = 10  # renewals on the day of the end are less than one in so many

Span = tuple[int, int]  # the first day of a row, and its end


def end_remarks(candidate: HeaderCandidate, sample: Sample, needs: Callable[[str], bool], settings: Settings) -> Iterator[Remark]:
    """Yield W274 or W287 if the ends look like the last day of service.

    needs: whether the answer reads a column. A preset knows what its ends mean, and so does a user who passes --ends.
    """
    match = candidate.match
    start, end = match.columns.get("started_at", -1), match.columns.get("ended_at", -1)
    is_settled = match.preset or settings.ends != Settings().ends or "ends" in settings.explicit or ends_inclusively(candidate, settings)
    if is_settled or min(start, end) < 0 or not needs("ended_at"):
        return
    starts, ends = (read_days([cell for cell in sample.column(at) if cell]) for at in (start, end))
    last = sum(map(_ends_a_month, ends))
    if last >= FEWEST and 2 * last > len(ends) and 2 * sum(map(_ends_a_month, starts)) <= len(starts):
        yield _remark("W274", f"{last} of {len(ends)} ends are the last day of a month")
    elif (renewals := _renewals_the_day_after(candidate, sample)) and (match.table.name != "customers" or renewals < MANY):
        yield _remark("W287", f"{plural(renewals, 'row begins', 'rows begin')} one day after the end of the customer's earlier row")


def _remark(code: str, seen: str) -> Remark:
    return Remark(code, f"{seen}; if ended_at is the last day of service, {pass_one([Choice('ends', 'inclusive')])}", "ended_at")


def _ends_a_month(day: int | None) -> bool:
    return day is not None and (day_of(day) + dt.timedelta(1)).day == 1


def _renewals_the_day_after(candidate: HeaderCandidate, sample: Sample) -> int:
    """Return the number of rows that begin one day after another row of the customer ended; 0 unless that is usual."""
    gaps = [then - end for spans in _spans(candidate, sample) for (_, end), (then, _) in pairwise(spans)]
    after, at_once = gaps.count(1), gaps.count(0)
    return after if after >= FEWEST and 2 * after > len(gaps) and HARDLY_ANY * at_once < after else 0


def _spans(candidate: HeaderCandidate, sample: Sample) -> Iterator[Sequence[Span]]:
    """Yield the rows of each customer by their first days. Rows that do not end, or overlap with the next one, prove nothing."""
    customer, start, end = (candidate.match.columns.get(name, -1) for name in ("customer_id", "started_at", "ended_at"))
    rows = [row for row in sample.rows if customer >= 0 and row[customer] and row[start]]
    days = zip(*(read_days([row[at] for row in rows]) for at in (start, end)), strict=True)
    by_customer: dict[str, list[Span]] = defaultdict(list)
    for row, (first, last) in zip(rows, days, strict=True):
        if first is not None:
            by_customer[row[customer]].append((first, -1 if last is None else last))
    yield from (sorted(spans) for spans in by_customer.values())
