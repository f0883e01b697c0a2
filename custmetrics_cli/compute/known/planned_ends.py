"""Ends that are planned: they lie after the last known day, so their customers still count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.compute.question import Question
from custmetrics_cli.core.time.calendar import day_number
from custmetrics_cli.tables import TABLES
from custmetrics_cli.tables.readings.other_ends import OTHER_ENDS
from custmetrics_cli.tables.shared.end_dates import CHURN_DATE, PAST_DUE

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded
    from custmetrics_cli.tables.shared.planned_ends import LastEnds

ENDS = ("ended_at", *(derived.name for derived in OTHER_ENDS if derived.name != "unpaid_from"))


def last_end_day(loaded: Loaded, table: str, question: Question, is_moved: bool = False) -> int | None:
    """Return the last day on which an end is a fact; None if no end of the table lies after it.

    is_moved: ends are other days than those of the file, such as the last paid one. They may fall into the quiet days.
    """
    ends = loaded.last_ends.get(table)
    if ends is None or not TABLES[table].has_spans:
        return None
    day = _last_day(loaded.newest[table], ends, question, is_moved or _is_moved(loaded))
    return day if is_moved or ends.latest > day else None


def _last_day(newest: int | None, ends: LastEnds, question: Question, is_moved: bool) -> int:
    """Return the last day on which an end is a fact. A row that runs on the day of the export has not ended, whatever --as-of is."""
    limit = day_number(question.as_of or question.today)
    if newest is None or (question.as_of and newest >= ends.of_running):
        return limit
    return min(limit, newest + question.quiet_days * is_moved)


def _is_moved(loaded: Loaded) -> bool:
    """Return whether a policy replaces the ends of the file."""
    return any(loaded.policies.get(policy.name, policy.default) != policy.default for policy in (CHURN_DATE, PAST_DUE))


def with_open_ends(rows: nw.LazyFrame[Any], day: int | None) -> nw.LazyFrame[Any]:
    """Return rows with open ends where an end lies after a day. None: no end does."""
    if day is None:
        return rows
    ends = [name for name in rows.collect_schema().names() if name in ENDS]
    return rows.with_columns(**{name: nw.when(nw.col(name) > day).then(FAR).otherwise(nw.col(name)).cast(nw.Int32) for name in ends})
